import { expect, it } from 'vitest';
import { setFairTimer, toExcusedMs, toMostExcusedMs } from './set-fair-timer.ts';

it.each<[string, { heldMs: number; lateMs?: number; forMs: number; leftMs: number }, number]>([
  ['somebody who does not answer a thread that waits', { heldMs: 0, forMs: 1_500, leftMs: 6_000 }, 0],
  ['the same, while it does what it always does', { heldMs: 150, forMs: 1_500, leftMs: 6_000 }, 0],
  ['half of the time we computed', { heldMs: 750, forMs: 1_500, leftMs: 6_000 }, 750],
  [
    'all of the time, and longer: the timer itself was late',
    { heldMs: 9_000, forMs: 1_500, leftMs: 6_000 },
    1_500,
  ],
  [
    'nobody woke us, and so nobody may have woken an engine on this machine',
    { heldMs: 0, lateMs: 900, forMs: 1_500, leftMs: 6_000 },
    900,
  ],
  [
    'we slept for hours: no longer than was waited',
    { heldMs: 0, lateMs: 9e6, forMs: 1_500, leftMs: 6_000 },
    1_500,
  ],
  ['our timer came as late as timers do', { heldMs: 0, lateMs: 20, forMs: 1_500, leftMs: 6_000 }, 0],
  [
    'we computed, and were woken late beside: the longer of both',
    { heldMs: 400, lateMs: 900, forMs: 1_500, leftMs: 6_000 },
    900,
  ],
  ['what may be added is nearly used up', { heldMs: 1_500, forMs: 1_500, leftMs: 200 }, 200],
  ['it is used up', { heldMs: 1_500, forMs: 1_500, leftMs: 0 }, 0],
])('%s', (_, { lateMs = 0, ...waited }, excusedMs) => {
  expect(toExcusedMs({ ...waited, lateMs })).toBe(excusedMs);
});

it('a thread that is always held gives up all the same', () => {
  let [leftMs, forMs, waitedMs] = [toMostExcusedMs(1_500), 1_500, 0];
  while (forMs > 0) {
    waitedMs += forMs;
    forMs = toExcusedMs({ heldMs: forMs, lateMs: forMs, forMs, leftMs });
    leftMs -= forMs;
  }
  expect(waitedMs).toBe(7_500);
});

it('an answer that came while we computed is read before anybody is called late', async () => {
  const order: string[] = [];
  const late = new Promise<void>((resolve) => {
    setFairTimer(20, () => {
      order.push('late');
      resolve();
    });
  });
  setImmediate(() => {
    setTimeout(() => order.push('answer'), 5);
    const untilMs = performance.now() + 60;
    while (performance.now() < untilMs);
  });
  await late;
  expect(order).toEqual(['answer', 'late']);
});

it('one that is cancelled does nothing', async () => {
  let isLate = false;
  setFairTimer(5, () => {
    isLate = true;
  }).cancel();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(isLate).toBe(false);
});
