/**
 * What the notifier remembers of each thing: `null` while it is in trouble, else when it was first seen well again,
 * epoch ms. All of it is `null` before the first look.
 */
export type Noticed = ReadonlyMap<string, number | null> | null;

/** A problem that comes back within this time is the same one: flapping is told once. */
const SAME_WITHIN_MS = 120_000;

/**
 * Which of the things in trouble `now` are new since the last look. At the first look none is: whoever opens a page sees
 * what is there.
 */
export function findNewTroubles(
  noticed: Noticed,
  now: readonly string[],
  nowMs: number,
): { fresh: string[]; noticed: Noticed } {
  const next = new Map<string, number | null>();
  for (const [id, wellAtMs] of noticed ?? []) {
    if (wellAtMs === null || nowMs - wellAtMs < SAME_WITHIN_MS) next.set(id, wellAtMs ?? nowMs);
  }
  const fresh = noticed === null ? [] : now.filter((id) => !next.has(id));
  for (const id of now) next.set(id, null);
  return { fresh, noticed: next };
}
