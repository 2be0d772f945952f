import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** What a file of sign-outs holds. */
export interface SignOutList {
  /** Names of sessions, each with when it may be forgotten; epoch milliseconds. The oldest are first. */
  kept: ReadonlyMap<string, number>;
  /** Sessions that were given before are over; `null`: it is known which of them. */
  closedBeforeMs: number | null;
  /** Whether its last line has its end: lines can be added. */
  isWhole: boolean;
}

const HEAD = 'swarm-vitals signed-out 1';
const LINE = /^([\w-]{22}) (\d{1,15})$/;
const CLOSED = /^closed-before (\d{1,15})$/;
/** Of the latest sign-outs; those before it are forgotten first, and only they: by the clock they could be forgotten too soon. */
export const MAX_KEPT = 20_000;
/** Lines of it: those, and as many more that were added since the start. */
export const MAX_LINES = 2 * MAX_KEPT;
const MAX_BYTES = 4_000_000;

export const NOTHING: SignOutList = { kept: new Map(), closedBeforeMs: null, isWhole: false };

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/** @returns `null`: there is none yet. @throws what is wrong with it */
export function readList(path: string): SignOutList | null {
  const file = openList(path);
  if (file === null) return null;
  try {
    return readOpen(file);
  } finally {
    closeSync(file);
  }
}

/** To be closed by the caller. @returns `null`: there is none yet */
export function openList(path: string): number | null {
  try {
    // What is no file could keep us waiting for ever.
    return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** From its beginning, however often. @throws what is wrong with it */
export function readOpen(file: number): SignOutList {
  const stats = fstatSync(file);
  if (!stats.isFile()) throw new Error('it is no file');
  if (stats.size > MAX_BYTES) throw new Error('it is larger than we write');
  const bytes = Buffer.alloc(stats.size);
  const length = readSync(file, bytes, 0, bytes.length, 0);
  return parse(bytes.toString('latin1', 0, length));
}

/** A last line without its end was being written when the process was killed: nobody was told that it is done. */
function parse(text: string): SignOutList {
  const kept = new Map<string, number>();
  let closedBeforeMs: number | null = null;
  const [head, ...lines] = text.split('\n').slice(0, -1);
  if (head !== HEAD) throw new Error('it does not begin as ours do');
  for (const line of lines) {
    const [, name, endsAtMs] = LINE.exec(line) ?? [];
    const closed = CLOSED.exec(line)?.[1];
    if (name !== undefined) kept.set(name, Number(endsAtMs));
    else if (closed !== undefined) closedBeforeMs = Number(closed);
    else throw new Error('it has lines that are not ours');
  }
  return { kept, closedBeforeMs, isWhole: text.endsWith('\n') };
}

/** Forgets those that are too many. */
export function trim(kept: Map<string, number>): void {
  for (const [name] of kept) {
    if (kept.size <= MAX_KEPT) break;
    kept.delete(name);
  }
}

/** As one text, to be written or added. */
export function toLines({ kept, closedBeforeMs }: Omit<SignOutList, 'isWhole'>): string {
  const closed = closedBeforeMs === null ? '' : `closed-before ${Math.round(closedBeforeMs)}\n`;
  return closed + [...kept].map(([name, endsAtMs]) => `${name} ${Math.round(endsAtMs)}\n`).join('');
}

export const toWhole = (list: Omit<SignOutList, 'isWhole'>) => `${HEAD}\n${toLines(list)}`;
