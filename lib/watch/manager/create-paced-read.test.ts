import { expect, it } from 'vitest';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createPacedRead } from './create-paced-read.ts';

function setUp() {
  const clock = createFakeClock(0);
  const readAtMs: number[] = [];
  let isCurrent = () => true;
  const paced = createPacedRead(clock, async (current) => {
    isCurrent = current;
    readAtMs.push(clock.steadyMs());
  });
  return { clock, paced, readAtMs, isCurrent: () => isCurrent() };
}

it('reads at the earliest of what was planned, once', async () => {
  const { clock, paced, readAtMs } = setUp();
  paced.keepPace();
  paced.plan(5_000);
  paced.plan(1_000);
  paced.plan(9_000);
  const startMs = clock.steadyMs();
  await clock.advance(20_000);
  expect(readAtMs).toEqual([startMs + 1_000]);
  expect(paced.sinceMs()).toBe(19_000);
});

it('plans nothing while no pace is kept', async () => {
  const { clock, paced, readAtMs } = setUp();
  paced.plan(0);
  await clock.advance(1_000);
  expect(readAtMs).toEqual([]);
  expect(paced.sinceMs()).toBe(Number.POSITIVE_INFINITY);
});

it('after a pause what was planned is not read, and what was under way counts no more', async () => {
  const { clock, paced, readAtMs, isCurrent } = setUp();
  paced.keepPace();
  paced.plan(0);
  await clock.advance(10);
  expect(isCurrent()).toBe(true);
  paced.plan(1_000);
  paced.pause();
  await clock.advance(5_000);
  expect(readAtMs).toHaveLength(1);
  expect(isCurrent()).toBe(false);
});
