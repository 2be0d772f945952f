import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The sessions that were signed out, kept over restarts. */
export interface SignOutFile {
  /** Their names (`toSignOutName`), each with when it may be forgotten; epoch milliseconds. */
  readonly kept: ReadonlyMap<string, number>;
  /**
   * Sessions that were given before are over, epoch milliseconds: which of them were signed out is not known. `null`: it is.
   */
  readonly closedBeforeMs: number | null;
  /** Done when it is on the disk, or when the log says that it cannot be. Never rejects. */
  add(name: string, endsAtMs: number): Promise<void>;
}

const HEAD = 'swarm-vitals signed-out 1';
const LINE = /^([\w-]{22}) (\d{1,15})$/;
const CLOSED = /^closed-before (\d{1,15})$/;
/** Of the latest sign-outs; those before it are forgotten first. */
const MAX_KEPT = 20_000;
/** More than these, and as many more that were added since the start. */
const MAX_BYTES = 4_000_000;
const MAX_LINES = 2 * MAX_KEPT;
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDONLY, O_TRUNC, O_WRONLY } = constants;

/**
 * Opens the list in `path`, which is made when it is not there. What cannot be read or written is logged, and
 * closes: nobody can tell then who was signed out, so the sessions from before are over, and all have to sign in again.
 *
 * @param lastsMs how long a session can last
 * @param wallMs the clock of the machine, epoch milliseconds
 */
export function openSignOutFile(
  path: string,
  { lastsMs, wallMs, log }: { lastsMs: number; wallMs(): number; log(text: string): void },
): SignOutFile {
  const nowMs = wallMs();
  let problem = '';
  let read: Read = { kept: new Map(), closedBeforeMs: null };
  try {
    read = parse(readText(path));
  } catch (error) {
    problem = toText(error);
  }
  let closedBeforeMs = problem === '' ? read.closedBeforeMs : nowMs;
  // By then all of them are over by themselves.
  if (closedBeforeMs !== null && closedBeforeMs + lastsMs < nowMs) closedBeforeMs = null;
  const kept = new Map([...read.kept].filter(([, endsAtMs]) => endsAtMs > nowMs).slice(-MAX_KEPT));
  let lines = kept.size;
  try {
    rewrite(path, kept, closedBeforeMs);
  } catch (error) {
    problem = toText(error);
    closedBeforeMs = nowMs;
  }
  if (problem !== '')
    log(
      `VITALS_DATA: the list of signed-out sessions in ${path} cannot be used: ${problem}. Nobody can tell who was signed out before, so everybody has to sign in again.`,
    );

  let unwritten = new Map<string, number>();
  let lastProblem = '';
  let last = Promise.resolve();

  async function write(): Promise<void> {
    if (unwritten.size === 0) return;
    const writing = unwritten;
    unwritten = new Map();
    try {
      if (lines + writing.size > MAX_LINES) rewrite(path, trim(kept, wallMs()), closedBeforeMs);
      else await append(path, writing);
      lines = lines + writing.size > MAX_LINES ? kept.size : lines + writing.size;
      lastProblem = '';
    } catch (error) {
      unwritten = new Map([...writing, ...unwritten]);
      const text = toText(error);
      if (text !== lastProblem)
        log(
          `VITALS_DATA: who signs out now may be let in again after a restart, since it cannot be written to ${path}: ${text}`,
        );
      lastProblem = text;
    }
  }

  return {
    kept,
    closedBeforeMs,
    add(name, endsAtMs) {
      kept.set(name, endsAtMs);
      unwritten.set(name, endsAtMs);
      last = last.then(write);
      return last;
    },
  };
}

interface Read {
  kept: Map<string, number>;
  closedBeforeMs: number | null;
}

/** @returns `null`: there is none yet */
function readText(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, O_RDONLY | O_NOFOLLOW);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const text = readFileSync(file, 'latin1');
    if (text.length > MAX_BYTES) throw new Error('it is larger than we write');
    return text;
  } finally {
    closeSync(file);
  }
}

/** A last line without its end was being written when the process was killed: nobody was told that it is done. */
function parse(text: string | null): Read {
  const read: Read = { kept: new Map(), closedBeforeMs: null };
  if (text === null) return read;
  const [head, ...lines] = text.split('\n').slice(0, -1);
  if (head !== HEAD) throw new Error('it does not begin as ours do');
  for (const line of lines) {
    const [, name, endsAtMs] = LINE.exec(line) ?? [];
    const closed = CLOSED.exec(line)?.[1];
    if (name !== undefined) read.kept.set(name, Number(endsAtMs));
    else if (closed !== undefined) read.closedBeforeMs = Number(closed);
    else throw new Error('it has lines that are not ours');
  }
  return read;
}

function trim(kept: Map<string, number>, nowMs: number): ReadonlyMap<string, number> {
  for (const [name, endsAtMs] of kept) if (endsAtMs <= nowMs || kept.size > MAX_KEPT) kept.delete(name);
  return kept;
}

const toLines = (entries: ReadonlyMap<string, number>) =>
  [...entries].map(([name, endsAtMs]) => `${name} ${Math.round(endsAtMs)}\n`).join('');

/** Whole or not at all: whoever is killed in the middle of it leaves the old one. */
function rewrite(path: string, kept: ReadonlyMap<string, number>, closedBeforeMs: number | null): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.next`;
  const file = openSync(next, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
  try {
    const closed = closedBeforeMs === null ? '' : `closed-before ${Math.round(closedBeforeMs)}\n`;
    writeSync(file, `${HEAD}\n${closed}${toLines(kept)}`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
}

async function append(path: string, entries: ReadonlyMap<string, number>): Promise<void> {
  // Not made anew: without its head it would not be ours.
  const file = await open(path, O_WRONLY | O_APPEND | O_NOFOLLOW);
  try {
    await file.writeFile(toLines(entries));
    await file.datasync();
  } finally {
    await file.close();
  }
}

const toText = (error: unknown) => (error instanceof Error ? error.message : String(error));
