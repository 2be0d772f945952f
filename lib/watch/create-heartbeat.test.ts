import { expect, it } from 'vitest';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createHeartbeat } from './create-heartbeat.ts';

function setUp() {
  const fake = createFakeClock();
  let suspendedMs = 0;
  let busyMs = 0;
  const seen: string[] = [];
  const clock = { ...fake, nowMs: () => fake.nowMs() + suspendedMs, busyMs: () => busyMs };
  const heartbeat = createHeartbeat({
    clock,
    onQuiet: () => seen.push('quiet'),
    onGap: () => seen.push('gap'),
  });
  const shift = (byMs: number) => {
    suspendedMs += byMs;
  };
  /** The event loop is held by our own code. */
  const compute = (forMs: number) => {
    suspendedMs += forMs;
    busyMs += forMs;
  };
  return { fake, heartbeat, seen, shift, compute };
}

it('asks after two seconds of silence, counted from the last word', async () => {
  const { fake, heartbeat, seen } = setUp();
  heartbeat.start();
  await fake.advance(1_900);
  heartbeat.touch();
  await fake.advance(1_900);
  expect(seen).toEqual([]);
  await fake.advance(100);
  expect(seen).toEqual(['quiet']);
});

it('tells a gap when its own timer comes far too late', async () => {
  const { fake, heartbeat, seen, shift } = setUp();
  heartbeat.start();
  shift(60_000);
  await fake.advance(2_000);
  expect(seen).toEqual(['gap']);
});

it('takes its own business for none, however long: then it only asks', async () => {
  const { fake, heartbeat, seen, shift, compute } = setUp();
  heartbeat.start();
  compute(60_000);
  await fake.advance(2_000);
  expect(seen).toEqual(['quiet']);
  compute(10_000);
  shift(6_000);
  await fake.advance(2_000);
  expect(seen).toEqual(['quiet', 'gap']);
});

it('goes on when the wall clock is set back, and tells it as a gap', async () => {
  const { fake, heartbeat, seen, shift } = setUp();
  heartbeat.start();
  shift(-3_600_000);
  await fake.advance(4_000);
  expect(seen).toEqual(['gap', 'quiet']);
});

it('is silent once stopped, also from within', async () => {
  const { fake, heartbeat, seen } = setUp();
  heartbeat.start();
  heartbeat.stop();
  await fake.advance(10_000);
  expect(seen).toEqual([]);
  expect(fake.pendingTimers()).toBe(0);
});
