import { expect, it } from 'vitest';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createReadBudget } from '#lib/watch/engine/create-read-budget.ts';
import { createSharedTurns } from '#lib/watch/engine/create-shared-turns.ts';
import { createBackgroundReads } from './create-background-reads.ts';

it('lets nobody wait for turns of an engine that was lost again before they came', async () => {
  const clock = createFakeClock();
  const budget = createReadBudget(clock, () => 400);
  const shared = { budget, turns: createSharedTurns(clock) };
  const flapping = createBackgroundReads(clock, shared, () => {});
  for (let gap = 0; gap < 60; gap += 1) {
    for (let id = 0; id < 400; id += 1) flapping.add(`c${id}`, 0);
    await clock.advance(5_000);
    flapping.reset();
  }
  const read: string[] = [];
  createBackgroundReads(clock, shared, (id) => read.push(id)).add('other', 0);
  await clock.advance(5_000);
  expect(read).toEqual(['other']);
});
