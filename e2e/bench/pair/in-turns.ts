import type { Measured } from '#e2e/bench/measured.ts';
import type { RowName } from '#e2e/bench/rows.ts';
import { summarize } from '#e2e/bench/summarize.ts';

/**
 * One after the other, in turns (A, B, B, A, A, B …), so that what else the machine does falls on all alike.
 *
 * @param measure one turn of one; what a warm-up gives may be left out
 * @returns of each, the values of all its turns
 */
export async function inTurns<T>(
  all: readonly T[],
  rounds: number,
  measure: (one: T, round: number) => Promise<Measured>,
): Promise<Measured[]> {
  const found = all.map(() => new Map<RowName, { values: number[]; missed: number }>());
  for (let round = 0; round < rounds; round += 1) {
    const order = [...all.entries()];
    for (const [at, one] of round % 2 === 0 ? order : order.reverse())
      for (const [name, { values, missed }] of Object.entries(await measure(one, round))) {
        const before = found[at]?.get(name as RowName);
        found[at]?.set(name as RowName, {
          values: [...(before?.values ?? []), ...values],
          missed: (before?.missed ?? 0) + missed,
        });
      }
  }
  return found.map(
    (rows): Measured =>
      Object.fromEntries([...rows].map(([name, { values, missed }]) => [name, summarize(values, missed)])),
  );
}
