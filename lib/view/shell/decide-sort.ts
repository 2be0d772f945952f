/** A list is sorted anew once nothing came for so long, times how often something came just before; at most so often. */
const QUIET_MS = 1_000;
const APART_MS = 10_000;
const JUST_MS = 15_000;
/** So long it waits at most: in a rush without end, or under a pointer that somebody left there. */
const MAX_HELD_MS = 120_000;

/** When a list was sorted, what came lately, and since when it is not in its order; `null`: never, and it is. */
export interface ListTimes {
  sortedAtMs: number | null;
  oldSinceMs: number | null;
  cameAtMs: readonly number[];
}

export const NO_TIMES: ListTimes = { sortedAtMs: null, oldSinceMs: null, cameAtMs: [] };

/** The same with one more change. What came long ago is forgotten. */
export function addChange({ sortedAtMs, oldSinceMs, cameAtMs }: ListTimes, nowMs: number): ListTimes {
  const lately = cameAtMs.filter((atMs) => nowMs - atMs < JUST_MS);
  return { sortedAtMs, oldSinceMs: oldSinceMs ?? nowMs, cameAtMs: [...lately, nowMs] };
}

/** How long from its last change on nothing more may come before the list is sorted, ms; 0: it has waited long enough. */
export function decideSortWait({ sortedAtMs, oldSinceMs, cameAtMs }: ListTimes, nowMs: number): number {
  if (oldSinceMs !== null && nowMs - oldSinceMs >= MAX_HELD_MS) return 0;
  const quietMs = Math.min(APART_MS, QUIET_MS * cameAtMs.length);
  return sortedAtMs === null ? quietMs : Math.max(quietMs, sortedAtMs + APART_MS - nowMs);
}

/** A short list, at once: what is worse than all that stands in it comes first, anything else that came below it. */
export function addToFew(shown: readonly string[], wanted: readonly string[]): readonly string[] {
  const known = new Set(shown);
  const first = wanted.findIndex((id) => known.has(id));
  const fresh = wanted.filter((id) => !known.has(id));
  const worse = first < 0 ? fresh : wanted.slice(0, first);
  return [...worse, ...shown, ...fresh.slice(worse.length)];
}

/** A short list once it is quiet: the worst is first, what left is gone, all others keep their places. */
export function settleFew(shown: readonly string[], wanted: readonly string[]): readonly string[] {
  const rest = new Set(wanted.slice(1));
  return [...wanted.slice(0, 1), ...shown.filter((id) => rest.has(id))];
}
