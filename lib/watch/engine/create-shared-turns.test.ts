import { expect, it } from 'vitest';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { createSharedTurns } from './create-shared-turns.ts';

it('reads what is due at about the same time at one moment, none before its time', async () => {
  const clock = createFakeClock();
  const turns = createSharedTurns(clock);
  const done: [name: string, atMs: number][] = [];
  const startMs = clock.steadyMs();
  for (const delayMs of [10, 200, LIMITS.turnMs, LIMITS.turnMs + 1])
    turns.plan(delayMs, () => done.push([`${delayMs}`, clock.steadyMs() - startMs]));
  expect(clock.pendingTimers()).toBe(2);
  await clock.advance(5_000);
  expect(done.map(([name]) => name)).toEqual(['10', '200', '500', '501']);
  for (const [name, atMs] of done) {
    expect(atMs).toBeGreaterThanOrEqual(Number(name));
    expect(atMs).toBeLessThanOrEqual(Number(name) + LIMITS.turnMs);
  }
});

it('asks for nothing that was given up meanwhile', async () => {
  const clock = createFakeClock();
  const turns = createSharedTurns(clock);
  let reads = 0;
  const [first, second] = [1, 2].map(() => turns.plan(100, () => (reads += 1)));
  first?.cancel();
  expect(clock.pendingTimers()).toBe(1);
  second?.cancel();
  expect(clock.pendingTimers()).toBe(0);
  turns.plan(100, () => (reads += 1));
  await clock.advance(2_000);
  expect(reads).toBe(1);
});
