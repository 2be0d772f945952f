import { lstat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAX_KEPT, MAX_LINES, NOTHING, readList } from './sign-out-list.ts';
import { appendToList, BusyError, replaceList } from './write-sign-outs.ts';

/** The sessions that were signed out, kept over restarts, and shared by all who have this file open. */
export interface SignOutFile {
  /** Their names (`toSignOutName`), each with when it may be forgotten; epoch milliseconds. */
  readonly kept: ReadonlyMap<string, number>;
  /**
   * Sessions that were given before are over, epoch milliseconds: which of them were signed out is not known. `null`: it is.
   */
  readonly closedBeforeMs: number | null;
  /** Done when it is on the disk, or when the log says that it cannot be. Never rejects. */
  add(name: string, endsAtMs: number): Promise<void>;
  /**
   * Looks for what another process wrote, such as the server that this one takes over from, and writes what could not be
   * written. @returns what is new. Never rejects.
   */
  refresh(): Promise<ReadonlyMap<string, number>>;
}

/** While another process replaces it, which takes some ms. */
const BUSY_MS = 50;
const MAX_TRIES = 40;

/**
 * Opens the list in `path`, which is made when it is not there. What cannot be read or written is logged, and
 * closes: nobody can tell then who was signed out, so the sessions from before are over, and all have to sign in again.
 *
 * @param wallMs the clock of the machine, epoch milliseconds
 */
export function openSignOutFile(
  path: string,
  { wallMs, log }: { wallMs(): number; log(text: string): void },
): SignOutFile {
  const opened = openList(path, wallMs());
  const { kept, problem } = opened;
  let { closedBeforeMs, isSpent } = opened;
  if (problem !== '')
    log(
      `VITALS_DATA: the list of signed-out sessions in ${path} cannot be used: ${problem}. Nobody can tell who was signed out before, so everybody has to sign in again.`,
    );

  let lines = kept.size;
  let unwritten = new Map<string, number>();
  let lastProblem = '';
  let last: Promise<unknown> = Promise.resolve();
  let seen = '';

  async function write(): Promise<void> {
    if (unwritten.size === 0 && !isSpent) return;
    const writing = unwritten;
    unwritten = new Map();
    try {
      await writeThese(writing);
      lastProblem = '';
    } catch (error) {
      // A part of it may be there: what comes behind that would be no line of ours.
      isSpent = true;
      unwritten = new Map([...writing, ...unwritten]);
      const why = error instanceof Error && 'code' in error ? String(error.code) : toText(error);
      if (why !== lastProblem)
        log(
          `VITALS_DATA: who signs out now may be let in again after a restart, since it cannot be written to ${path}: ${toText(error)}`,
        );
      lastProblem = why;
    }
  }

  async function writeThese(writing: ReadonlyMap<string, number>): Promise<void> {
    for (let left = MAX_TRIES; ; left -= 1) {
      try {
        if (!isSpent && lines + writing.size <= MAX_LINES && (await appendToList(path, writing)))
          lines += writing.size;
        else {
          replaceList(path, kept, closedBeforeMs);
          lines = kept.size;
        }
        isSpent = false;
        return;
      } catch (error) {
        if (!(error instanceof BusyError) || left === 0) throw error;
        await sleep(BUSY_MS);
      }
    }
  }

  async function readNew(): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    try {
      const { ino, size, mtimeMs } = await lstat(path);
      const stamp = `${ino} ${size} ${mtimeMs}`;
      if (stamp === seen) return found;
      const other = readList(path) ?? NOTHING;
      seen = stamp;
      lines = Math.max(lines, other.kept.size);
      for (const [name, endsAtMs] of other.kept) if (!kept.has(name)) found.set(name, endsAtMs);
      for (const [name, endsAtMs] of found) kept.set(name, endsAtMs);
      const closedMs = atMost(other.closedBeforeMs, wallMs());
      if (closedMs !== null) closedBeforeMs = Math.max(closedMs, closedBeforeMs ?? 0);
    } catch {
      // It is said when something cannot be written.
    }
    return found;
  }

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = last.then(work);
    last = done;
    return done;
  };

  return {
    kept,
    get closedBeforeMs() {
      return closedBeforeMs;
    },
    add(name, endsAtMs) {
      kept.set(name, endsAtMs);
      unwritten.set(name, endsAtMs);
      return inTurn(write);
    },
    refresh: () =>
      inTurn(async () => {
        const found = await readNew();
        await write();
        return found;
      }),
  };
}

/** What is there at the start, made ready to be added to. Where it cannot be used, all from before `nowMs` is over. */
function openList(path: string, nowMs: number) {
  let problem = '';
  let read = NOTHING;
  try {
    read = readList(path) ?? NOTHING;
  } catch (error) {
    problem = toText(error);
  }
  // One that is still to come is of a time when the clock was wrong: nobody could sign in until then.
  let closedBeforeMs = problem === '' ? atMost(read.closedBeforeMs, nowMs) : nowMs;
  const kept = new Map(read.kept);
  /** What is there cannot be added to: it is not ours, too long, or ends in the middle of a line. */
  let isSpent =
    problem !== '' || !read.isWhole || read.closedBeforeMs !== closedBeforeMs || kept.size > MAX_KEPT;
  try {
    if (isSpent) replaceList(path, kept, closedBeforeMs);
    isSpent = false;
  } catch (error) {
    if (!(error instanceof BusyError)) {
      problem = toText(error);
      closedBeforeMs = nowMs;
    }
  }
  return { kept, closedBeforeMs, isSpent, problem };
}

const atMost = (atMs: number | null, maxMs: number) => (atMs === null ? null : Math.min(atMs, maxMs));

const toText = (error: unknown) => (error instanceof Error ? error.message : String(error));
