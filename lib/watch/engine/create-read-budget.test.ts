import { describe, expect, it } from 'vitest';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { createReadBudget, toReadsPerMinute } from './create-read-budget.ts';

it.each([
  ['of all that probe each 5 s, where they are few', 130, 12, 390],
  ['of all that probe each 30 s', 1_000, 2, 500],
  ['of each every 10 minutes, where the events alone are megabytes', 1_000, 8, 100],
  ['the same of ten thousand', 10_000, 8, 1_000],
])('leaves room for routine reads %s', (_, containers, perMinute, wanted) => {
  const reads = toReadsPerMinute(containers, containers * perMinute);
  expect(Math.min(reads, (containers * perMinute) / LIMITS.routineProbes)).toBe(wanted);
});

it('never reads more than a process can bear', () => {
  expect(toReadsPerMinute(100_000, 0)).toBe(LIMITS.routineMax);
  expect(toReadsPerMinute(0, 1_000_000)).toBe(LIMITS.routineMin);
});

describe('turns', () => {
  it('come at once up to a small burst, then one after the other', () => {
    const budget = createReadBudget(createFakeClock(), () => 2_000);
    const delays = Array.from({ length: LIMITS.routineBurst + 100 }, () => budget.reserve());
    expect(delays.slice(0, LIMITS.routineBurst).every((delayMs) => delayMs === 0)).toBe(true);
    expect(delays.at(-1)).toBeCloseTo((100 * 60_000) / toReadsPerMinute(2_000, 0), 6);
  });

  it('are given again after a pause, and not saved up beyond the burst', async () => {
    const clock = createFakeClock();
    const budget = createReadBudget(clock, () => 1_000);
    for (let each = 0; each < 100; each += 1) budget.reserve();
    await clock.advance(3_600_000);
    const delays = Array.from({ length: LIMITS.routineBurst + 1 }, () => budget.reserve());
    expect(delays.filter((delayMs) => delayMs === 0)).toHaveLength(LIMITS.routineBurst);
  });

  it('are as rare as they will be a few seconds after the start', async () => {
    const clock = createFakeClock();
    const budget = createReadBudget(clock, () => 1_000);
    budget.reserve();
    for (let second = 0; second < 3; second += 1) {
      for (let each = 0; each < 150; each += 1) budget.countEvent();
      await clock.advance(1_000);
      budget.reserve();
    }
    for (let each = 0; each < 2 * LIMITS.routineBurst; each += 1) budget.reserve();
    const [one, next] = [budget.reserve(), budget.reserve()];
    expect(next - one).toBeCloseTo(60_000 / toReadsPerMinute(1_000, 9_000), 3);
  });

  it('come rarer while more probes end than were reckoned with, and are back when they do no more', async () => {
    const clock = createFakeClock();
    const budget = createReadBudget(clock, () => 1_000);
    const pause = async (minutes: number, eventsPerSecond: number) => {
      for (let second = 0; second < minutes * 60; second += 1) {
        for (let each = 0; each < eventsPerSecond; each += 1) budget.countEvent();
        await clock.advance(1_000);
        budget.reserve();
      }
      for (let each = 0; each < LIMITS.routineBurst; each += 1) budget.reserve();
      return budget.reserve();
    };
    const calm = await pause(2, 0);
    const busy = await pause(3, 150);
    expect(busy).toBeGreaterThan(5 * calm);
    expect(await pause(5, 0)).toBeLessThan(1.5 * calm);
  });
});
