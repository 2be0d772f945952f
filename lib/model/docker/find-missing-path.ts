/** The folder in `bind source path does not exist: /data` (moby volume/mounts); `null` when the error is another one. */
export function findMissingPath(error: string): string | null {
  return /bind source path does not exist: (\S+)/.exec(error)?.[1] ?? null;
}
