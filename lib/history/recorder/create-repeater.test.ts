import { expect, test } from 'vitest';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createRepeater } from './create-repeater.ts';

function setUp(things: number) {
  const clock = createFakeClock(1_800_000_000_000);
  let waiting = 0;
  let recorded = 0;
  const repeater = createRepeater(clock, {
    hasRoom: () => waiting < 5_000,
    *repeat() {
      for (let thing = 0; thing < things; thing += 1) {
        waiting += 1;
        recorded += 1;
        yield;
      }
    },
  });
  return {
    clock,
    repeater,
    recorded: () => recorded,
    waiting: () => waiting,
    write() {
      waiting = 0;
    },
  };
}

test('a small swarm is recorded again at once', async () => {
  const { repeater, recorded } = setUp(300);
  repeater.start();
  expect(recorded()).toBe(300);
});

test('of a large one no more than there is room for, until the disk has taken it', async () => {
  const { clock, repeater, recorded, waiting, write } = setUp(300_000);
  repeater.start();
  await clock.advance(60_000);
  expect(waiting()).toBe(5_000);
  for (let second = 0; second < 100; second += 1) {
    write();
    await clock.advance(1_000);
    expect(waiting()).toBeLessThanOrEqual(5_000);
  }
  expect(recorded()).toBe(300_000);
  await clock.advance(60_000);
  expect(recorded()).toBe(300_000);
});

test('what was lost in the middle of it is recorded from the beginning', async () => {
  const { clock, repeater, recorded } = setUp(3_000);
  repeater.start();
  expect(recorded()).toBe(2_000);
  repeater.start();
  await clock.advance(1_000);
  expect(recorded()).toBe(5_000);
});

test('once closed, nothing more is recorded', async () => {
  const { clock, repeater, recorded } = setUp(3_000);
  repeater.start();
  repeater.close();
  await clock.advance(60_000);
  expect(recorded()).toBe(2_000);
});
