import { expect, test } from 'vitest';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createLiveSchedule } from './create-live-schedule.ts';

function start() {
  const clock = createFakeClock();
  let decided = 0;
  const schedule = createLiveSchedule(clock, () => {
    schedule.begin();
    decided += 1;
  });
  return { clock, schedule, decided: () => decided };
}

test('all that is asked for in one turn is decided once, at its end', async () => {
  const { clock, schedule, decided } = start();
  schedule.plan();
  schedule.plan();
  expect([schedule.state(), decided()]).toEqual(['planned', 0]);
  await clock.settle();
  expect([schedule.state(), decided()]).toEqual(['idle', 1]);
});

test('after deciding for long the next waits, and is decided then', async () => {
  const { clock, schedule, decided } = start();
  schedule.spend(500);
  schedule.plan();
  expect(schedule.state()).toBe('waiting');
  await clock.settle();
  expect(decided()).toBe(0);
  await clock.advance(1_000);
  expect(decided()).toBe(1);
});

test('what somebody asked for meanwhile is not decided a second time', async () => {
  const { clock, schedule, decided } = start();
  schedule.plan();
  schedule.begin();
  await clock.settle();
  expect(decided()).toBe(0);
});

test('what is put off is done once, and can be put off again from then on', async () => {
  const { clock, schedule } = start();
  const done: string[] = [];
  schedule.defer(1_000, () => done.push('first'));
  schedule.defer(1_000, () => done.push('asked for while the first waits'));
  await clock.advance(1_000);
  schedule.defer(1_000, () => done.push('later'));
  await clock.advance(1_000);
  expect(done).toEqual(['first', 'later']);
});

test('a moment of the clock replaces the one before, and a past one does not spin', async () => {
  const { clock, schedule, decided } = start();
  schedule.planAt(clock.nowMs() - 5_000, clock.nowMs());
  await clock.advance(10);
  expect(schedule.state()).toBe('idle');
  schedule.planAt(Number.POSITIVE_INFINITY, clock.nowMs());
  await clock.advance(60_000);
  await clock.settle();
  expect(decided()).toBe(0);
  schedule.planAt(clock.nowMs() + 2_000, clock.nowMs());
  await clock.advance(2_100);
  await clock.settle();
  expect(decided()).toBe(1);
});

test('nothing is decided after the end', async () => {
  const { clock, schedule, decided } = start();
  schedule.plan();
  schedule.planAt(clock.nowMs() + 1_000, clock.nowMs());
  schedule.defer(1_000, () => expect.unreachable());
  schedule.close();
  await clock.advance(10_000);
  await clock.settle();
  expect(decided()).toBe(0);
});
