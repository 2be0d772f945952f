/**
 * `now` with what was there before at its place, and what is new, in its order, at the places that became free. Where there are
 * fewer than before, those behind move up.
 */
export function fillPlaces<T>(before: readonly T[], now: readonly T[], toId: (item: T) => string): T[] {
  const byId = new Map(now.map((item) => [toId(item), item]));
  const known = new Set(before.map(toId));
  const fresh = now.filter((item) => !known.has(toId(item)));
  const places = before.flatMap((item) => byId.get(toId(item)) ?? fresh.shift() ?? []);
  return [...places, ...fresh];
}
