import { expect, test } from 'vitest';
import { createRetry } from './create-retry.ts';

function start() {
  let now = 100_000;
  const retry = createRetry(() => now);
  return { ...retry, pass: (ms: number) => (now += ms) };
}

test('a database that is away is tried again after five seconds, for less long', () => {
  const retry = start();
  expect([retry.isDue(), retry.connectWithinMs()]).toEqual([true, 5_000]);
  retry.begin();
  retry.fail(false);
  expect([retry.isDue(), retry.connectWithinMs()]).toEqual([false, 2_000]);
  retry.pass(5_000);
  expect(retry.isDue()).toBe(true);
  retry.succeed();
  expect(retry.connectWithinMs()).toBe(5_000);
});

test('a clock that was set back puts nothing off', () => {
  const retry = start();
  retry.begin();
  retry.pass(-3_600_000);
  expect(retry.isDue()).toBe(true);
});

test('what was refused is tried again at once, one by one; refused again, it waits', () => {
  const retry = start();
  retry.begin();
  retry.fail(true);
  expect([retry.isDue(), retry.isCareful(), retry.connectWithinMs()]).toEqual([true, true, 5_000]);
  retry.begin();
  retry.fail(true);
  expect([retry.isDue(), retry.isCareful()]).toEqual([false, false]);
});
