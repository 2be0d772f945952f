import { expect, it } from 'vitest';
import { createFailures, MAX_ACCOUNTS } from './create-failures.ts';

function setUp() {
  let nowMs = 0;
  const failures = createFailures(() => nowMs);
  return {
    failures,
    pass(ms: number) {
      nowMs += ms;
    },
    fail(kind: 'browser' | 'address', key: string, times: number) {
      for (let left = times; left > 0; left--) failures.add(kind, key);
    },
  };
}

it.each([
  { kind: 'browser', times: 4, waitMs: 0 },
  { kind: 'browser', times: 5, waitMs: 2_000 },
  { kind: 'browser', times: 6, waitMs: 4_000 },
  { kind: 'browser', times: 50, waitMs: 300_000 },
  { kind: 'address', times: 4, waitMs: 0 },
  { kind: 'address', times: 5, waitMs: 3_000 },
  { kind: 'address', times: 50, waitMs: 3_000 },
] as const)(
  'after $times wrong ones of one $kind the next waits for $waitMs ms',
  ({ kind, times, waitMs }) => {
    const { failures, fail } = setUp();
    fail(kind, 'one', times);
    expect(failures.waitMs(kind, 'one')).toBe(waitMs);
    expect(failures.waitMs(kind, 'another')).toBe(0);
  },
);

it('what has passed of the wait counts, and after a quarter of an hour the free tries are back', () => {
  const { failures, fail, pass } = setUp();
  fail('address', 'one', 5);
  pass(1_000);
  expect(failures.waitMs('address', 'one')).toBe(2_000);
  pass(900_000);
  fail('address', 'one', 4);
  expect(failures.waitMs('address', 'one')).toBe(0);
});

it('the right password of a browser lets it begin anew', () => {
  const { failures, fail } = setUp();
  fail('browser', 'one', 7);
  failures.forget('browser', 'one');
  expect(failures.waitMs('browser', 'one')).toBe(0);
});

it('of more accounts than are kept it is the one that failed longest ago that is forgotten', () => {
  const { failures, fail } = setUp();
  fail('address', 'first', 5);
  fail('address', 'second', 5);
  fail('address', 'first', 1);
  for (let n = 2; n < MAX_ACCOUNTS + 1; n++) failures.add('address', String(n));
  expect(failures.waitMs('address', 'second')).toBe(0);
  expect(failures.waitMs('address', 'first')).toBe(3_000);
});
