import { run } from './run.ts';

/** The major version of a dockerd: `28`. Null when it does not say. */
export async function readMajor(command: string, ...args: string[]): Promise<string | null> {
  return /version (\d+)\./.exec(await run(command, [...args, '--version']))?.[1] ?? null;
}
