import { describe, expect, it } from 'vitest';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { createReadBudget, toReadsPerMinute } from './create-read-budget.ts';

it.each([
  [0, LIMITS.routineMin],
  [200, LIMITS.routineMin],
  [2_000, 600],
  [100_000, LIMITS.routineMax],
])('gives a swarm of %i containers %i reads a minute', (containers, reads) => {
  expect(toReadsPerMinute(containers)).toBe(reads);
});

describe('turns', () => {
  it('come at once up to a small burst, then one after the other', () => {
    const budget = createReadBudget(createFakeClock(), () => 2_000);
    const delays = Array.from({ length: LIMITS.routineBurst + 100 }, () => budget.reserve());
    expect(delays.slice(0, LIMITS.routineBurst).every((delayMs) => delayMs === 0)).toBe(true);
    expect(delays.at(-1)).toBeCloseTo(100 * 100, 6);
  });

  it('are given again after a pause, and not saved up beyond the burst', async () => {
    const clock = createFakeClock();
    const budget = createReadBudget(clock, () => 1_000);
    for (let each = 0; each < 100; each += 1) budget.reserve();
    await clock.advance(3_600_000);
    const delays = Array.from({ length: LIMITS.routineBurst + 1 }, () => budget.reserve());
    expect(delays.filter((delayMs) => delayMs === 0)).toHaveLength(LIMITS.routineBurst);
  });
});
