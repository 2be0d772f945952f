import { RefusedFileError } from './store/open-database.ts';

const USED =
  'is used by another Swarm Vitals: each needs a folder of its own. This one goes on with it when the other ends';
const FULL = 'cannot grow: the disk is full. Make room on it, or lower VITALS_HISTORY_MB';
const toClosed = (user: string) =>
  `cannot be opened: it and its folder must belong to ${user}, and be writable`;

/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
function toWords(code: number, user: string): string | null {
  switch (code) {
    case 5:
    case 6:
      return USED;
    case 8:
      return `cannot be written: it or its folder is read-only for ${user}`;
    case 10:
      return 'cannot be read or written: the disk reports errors';
    case 11:
    case 26:
      return 'is damaged';
    case 13:
      return FULL;
    case 14:
    case 23:
      return toClosed(user);
    default:
      return null;
  }
}

/** Why the history cannot be kept now, what to do, and that the rest goes on. */
export function describeStoreProblem(error: unknown, path: string): string {
  const why = error instanceof RefusedFileError ? error.message : explain(error);
  return `The history is not kept now: ${path} ${why}. The live view goes on; this is tried again every few seconds.`;
}

function explain(error: unknown): string {
  const { errcode, code } = error as { errcode?: number; code?: string };
  const text = error instanceof Error ? error.message : String(error);
  const user = process.getuid ? `user ${process.getuid()}` : 'us';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return FULL;
    case 'EROFS':
      return `cannot be written: it or its folder is read-only for ${user}`;
    case 'EISDIR':
      return 'is a folder where a file should be: move it away';
    case 'EACCES':
    case 'EPERM':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOENT':
      return toClosed(user);
    default:
      return toWords((errcode ?? 0) & 0xff, user) ?? `cannot be used (${text})`;
  }
}
