import type { WallProblem } from './to-wall-problems.ts';

/** A problem that came or went. */
export interface WallNotice {
  id: string;
  kind: 'appeared' | 'cleared';
  name: string;
  atMs: number;
}

/** What a wall remembers of its problems. */
export interface WallNotices {
  /** Names of the problems that are there, by id; `null` until the first look: what was there before is not new. */
  present: ReadonlyMap<string, string> | null;
  /** Newest first, a few. */
  recent: readonly WallNotice[];
}

export const NO_NOTICES: WallNotices = { present: null, recent: [] };

const MAX_KEPT = 6;
const NONE: ReadonlySet<string> = new Set();
/** So long is what is new set off. */
export const EMPHASIS_MS = 8000;

/** Looks at the problems as they are now; the same object when none came and none went. */
export function trackNotices(
  before: WallNotices,
  problems: readonly Pick<WallProblem, 'id' | 'name'>[],
  nowMs: number,
  /** Ids of those that are silenced: they went, and are not well. */
  silenced: ReadonlySet<string> = NONE,
): WallNotices {
  const present = new Map(problems.map(({ id, name }) => [id, name]));
  const known = before.present;
  if (known === null) return { present, recent: [] };
  const appeared = problems.filter(({ id }) => !known.has(id));
  const gone = [...known].filter(([id]) => !present.has(id));
  if (appeared.length + gone.length === 0) return before;
  const cleared = gone.filter(([id]) => !silenced.has(id));
  const fresh: WallNotice[] = [
    ...appeared.map(({ id, name }) => ({ id, kind: 'appeared' as const, name, atMs: nowMs })),
    ...cleared.map(([id, name]) => ({ id, kind: 'cleared' as const, name, atMs: nowMs })),
  ];
  return { present, recent: [...fresh, ...before.recent].slice(0, MAX_KEPT) };
}
