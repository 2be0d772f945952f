export type ToKey<T> = (item: T) => string | number;

/**
 * What is shown of a list while somebody reads: what was there when they began, at its place, and of the others how many wait.
 * Not by when something happened: a clock may be ahead.
 */
export function holdItems<T>(
  held: readonly T[],
  items: readonly T[],
  toKey: ToKey<T>,
): { shown: readonly T[]; waiting: number } {
  // Where nothing was there, nothing moves.
  if (held === items || held.length === 0) return { shown: items, waiting: 0 };
  const known = new Set(held.map(toKey));
  return { shown: held, waiting: items.filter((item) => !known.has(toKey(item))).length };
}
