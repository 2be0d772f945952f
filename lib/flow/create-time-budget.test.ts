import { expect, it } from 'vitest';
import { createTimeBudget } from './create-time-budget.ts';

it('lets a burst pass, then no more than its share of the time', () => {
  let nowMs = 0;
  const budget = createTimeBudget({ share: 0.01, burstMs: 100, nowMs: () => nowMs });
  let spentMs = 0;
  for (; nowMs < 600_000; nowMs += 50)
    if (budget.waitMs() === 0) {
      budget.spend(4);
      spentMs += 4;
    }
  expect(spentMs).toBeGreaterThan(6_000);
  expect(spentMs).toBeLessThan(6_000 + 100 + 10);
});

it('says how long to wait, and is not shut for ever by one that took long', () => {
  let nowMs = 0;
  const budget = createTimeBudget({ share: 0.01, burstMs: 100, nowMs: () => nowMs });
  expect(budget.waitMs()).toBe(0);
  budget.spend(3_600_000);
  expect(budget.waitMs()).toBeLessThanOrEqual(10_001);
  nowMs += budget.waitMs();
  expect(budget.waitMs()).toBe(0);
});
