/** Pairs of beginning and end in their order, those that meet as one. */
export function mergeSpans(spans: readonly number[]): number[] {
  const pairs: [number, number][] = [];
  for (let index = 0; index + 1 < spans.length; index += 2)
    pairs.push([spans[index] ?? 0, spans[index + 1] ?? 0]);
  pairs.sort(([one], [other]) => one - other);
  const merged: number[] = [];
  for (const [from, end] of pairs) {
    const last = merged.length - 1;
    if (last > 0 && from <= (merged[last] ?? 0)) merged[last] = Math.max(merged[last] ?? 0, end);
    else merged.push(from, end);
  }
  return merged;
}
