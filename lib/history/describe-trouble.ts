/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const WORDS: Readonly<Record<number, string>> = {
  5: 'is used by another Swarm Vitals: each needs a folder of its own',
  6: 'is used by another Swarm Vitals: each needs a folder of its own',
  8: 'cannot be written: the folder is read-only',
  10: 'cannot be read or written: the disk reports errors',
  11: 'is damaged',
  13: 'cannot grow: the disk is full',
  14: 'cannot be opened: the folder must exist and be writable for us',
  26: 'is damaged',
};

/** Why the history cannot be kept now, and that the rest goes on. */
export function describeTrouble(error: unknown, path: string): string {
  const { errcode, code } = error as { errcode?: number; code?: string };
  const text = error instanceof Error ? error.message : String(error);
  const why =
    code === 'ENOSPC'
      ? WORDS[13]
      : code === 'EROFS' || code === 'EACCES' || code === 'EPERM' || code === 'ENOTDIR'
        ? WORDS[14]
        : WORDS[(errcode ?? 0) & 0xff];
  return `The history is not kept now: ${path} ${why ?? `cannot be used (${text})`}. The live view goes on; this is tried again every few seconds.`;
}
