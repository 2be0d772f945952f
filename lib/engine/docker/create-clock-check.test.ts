import { expect, test } from 'vitest';
import { createClockCheck } from './create-clock-check.ts';

const MINUTE_MS = 60_000;

/** An engine whose clock is `aheadMs` from ours, asked now and then; each answer takes `tripMs`. */
function createRig() {
  const startMs = Date.parse('2026-11-28T12:00:00.400Z');
  let wallMs = startMs;
  let steadyMs = 0;
  let aheadMs = 0;
  const check = createClockCheck({ nowMs: () => wallMs, steadyMs: () => steadyMs });
  const pass = (ms: number) => {
    wallMs += ms;
    steadyMs += ms;
  };
  const answer = (tripMs = 20, date: string | null = null) => {
    const askedAtMs = wallMs;
    const theirs = new Date(startMs + steadyMs + aheadMs).toUTCString();
    pass(tripMs);
    check.onAnswer(date ?? theirs, askedAtMs);
  };
  answer();
  check.settle(0);
  pass(2 * MINUTE_MS);
  return {
    check,
    answer,
    pass,
    set: (ms: number) => {
      aheadMs = ms;
    },
    setOurs: (ms: number) => {
      wallMs += ms;
    },
  };
}

test.each([
  ['an hour forward', 3_600_000],
  ['an hour back', -3_600_000],
  ['four seconds', 4_000],
])('an engine whose clock was set %s has stepped, once until it is measured', (_how, aheadMs) => {
  const { check, answer, set, pass } = createRig();
  answer();
  expect(check.hasStepped()).toBe(false);
  set(aheadMs);
  answer();
  expect([check.hasStepped(), check.hasStepped()]).toEqual([true, false]);
  check.settle(aheadMs);
  pass(2 * MINUTE_MS);
  answer();
  expect(check.hasStepped()).toBe(false);
});

test('our own clock that was set is as good as theirs', () => {
  const { check, answer, setOurs } = createRig();
  setOurs(-600_000);
  answer();
  expect(check.hasStepped()).toBe(true);
});

test('an answer that took 30 s, and a header that is no time, show nothing', () => {
  const { check, answer } = createRig();
  answer(30_000);
  expect(check.hasStepped()).toBe(false);
  for (const date of ['yesterday', '', '2026-11-28T00:00:00Z']) {
    answer(20, date);
    expect(check.hasStepped()).toBe(false);
  }
});

test('a proxy that gives the time of several hosts is believed once an hour', () => {
  const { check, answer, set, pass } = createRig();
  set(60_000);
  answer();
  expect(check.hasStepped()).toBe(true);
  // The engine itself says that nothing was set.
  check.settle(0);
  set(0);
  pass(2 * MINUTE_MS);
  answer();
  expect(check.hasStepped()).toBe(false);
  pass(60 * MINUTE_MS);
  answer();
  expect(check.hasStepped()).toBe(true);
});
