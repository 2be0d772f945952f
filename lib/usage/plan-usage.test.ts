import { describe, expect, it } from 'vitest';
import {
  chooseDue,
  findPaceMs,
  growsFast,
  isNearLimit,
  toRoutineMs,
  type UsageCandidate,
} from './plan-usage.ts';

const candidate = (more: Partial<UsageCandidate> = {}): UsageCandidate => ({
  readAtMs: 0,
  look: null,
  hasLimit: false,
  hasProblem: false,
  isNear: false,
  youngUntilMs: 0,
  retryAtMs: null,
  ...more,
});

it.each([
  ['nobody looks, no limit, no problem', {}, Number.POSITIVE_INFINITY],
  ['a limit', { hasLimit: true }, 90_000],
  ['a limit, and started a minute ago', { hasLimit: true, youngUntilMs: 60_000 }, 10_000],
  ['no limit, and started a minute ago', { youngUntilMs: 60_000 }, Number.POSITIVE_INFINITY],
  ['near its limit', { hasLimit: true, isNear: true }, 10_000],
  ['its probes fail', { hasProblem: true }, 10_000],
  ['in a list that is open', { look: 'list' }, 5_000],
  ['its own page is open', { look: 'page' }, 2_000],
  ['its own page is open, and it is near its limit', { look: 'page', isNear: true }, 2_000],
] as const)('pace: %s', (_, more, paceMs) => {
  expect(findPaceMs(candidate(more), 90_000)).toBe(paceMs);
});

it.each([
  [30, 90_000],
  [300, 90_000],
  [600, 180_000],
  [1_000, 300_000],
  [6_000, 300_000],
  [10_000, 500_000],
  [100_000, 5_000_000],
])('routine among %i containers', (containers, routineMs) => {
  expect(toRoutineMs(containers)).toBe(routineMs);
});

describe('which is next', () => {
  const page = candidate({ look: 'page', readAtMs: 95_000 });
  const routine = candidate({ hasLimit: true, readAtMs: 9_000 });
  const near = candidate({ isNear: true, readAtMs: 60_000 });
  const silent = { ...near, retryAtMs: 62_000 };
  const never = candidate();
  it.each([
    ['nobody is due', [never], 100_000, null, Number.POSITIVE_INFINITY],
    ['nobody is due yet', [routine, never], 50_000, null, 99_000],
    ['who is late by most of its own pace', [routine, page, near], 100_000, near, 97_000],
    ['a page that waits goes before a routine one', [routine, page], 500_000, page, 99_000],
    [
      'what its engine did not answer for is asked again soon',
      [silent],
      63_000,
      silent,
      Number.POSITIVE_INFINITY,
    ],
    ['… or late', [{ ...near, retryAtMs: 300_000 }], 100_000, null, 300_000],
    ['and is not forgotten', [routine, { ...page, readAtMs: 499_000 }], 500_000, routine, 501_000],
  ])('%s', (_, candidates, nowMs, chosen, dueAtMs) => {
    expect(chooseDue(candidates, nowMs, 90_000)).toEqual({ chosen, dueAtMs });
  });
});

it('what its engine did not answer for waits for all that is due where it answers for none', () => {
  const silent = candidate({ look: 'page', retryAtMs: 10_000 });
  const routine = candidate({ hasLimit: true, readAtMs: 9_000 });
  for (const both of [
    [silent, routine],
    [routine, silent],
  ]) {
    expect(chooseDue(both, 100_000, 90_000).chosen).toBe(silent);
    const { chosen, dueAtMs } = chooseDue(both, 100_000, 90_000, { answeredFirst: true });
    expect({ chosen, dueAtMs }).toEqual({ chosen: routine, dueAtMs: 10_000 });
  }
  expect(chooseDue([silent], 100_000, 90_000, { answeredFirst: true }).chosen).toBe(silent);
});

it.each([
  [{ memoryBytes: 70, memoryMaxBytes: 100 }, true],
  [{ memoryBytes: 69, memoryMaxBytes: 100 }, false],
  [{ memoryBytes: 99, memoryMaxBytes: null }, false],
  [{ throttled: 0.1 }, true],
  [{ pids: 7, pidsMax: 10 }, true],
  [{}, false],
])('near a limit: %j', (more, expected) => {
  const nothing = { memoryBytes: null, memoryMaxBytes: null, throttled: null, pids: null, pidsMax: null };
  expect(isNearLimit({ ...nothing, ...more })).toBe(expected);
});

it.each([
  [
    'full in five minutes',
    { atMs: 0, memoryBytes: 10 },
    { atMs: 60_000, memoryBytes: 25, memoryMaxBytes: 100 },
    true,
  ],
  [
    'full in an hour',
    { atMs: 0, memoryBytes: 10 },
    { atMs: 60_000, memoryBytes: 11, memoryMaxBytes: 100 },
    false,
  ],
  ['shrinks', { atMs: 0, memoryBytes: 30 }, { atMs: 60_000, memoryBytes: 11, memoryMaxBytes: 100 }, false],
  ['the first reading', null, { atMs: 60_000, memoryBytes: 25, memoryMaxBytes: 100 }, false],
])('grows fast: %s', (_, before, now, expected) => {
  expect(growsFast(before, now)).toBe(expected);
});

it.each([
  ['what is due soon is read where another one is', 91_000, true],
  ['not by more than a tenth of its pace', 89_000, false],
])('%s', (_, nowMs, isChosen) => {
  const routine = candidate({ hasLimit: true, readAtMs: 9_000 });
  const near = candidate({ isNear: true, readAtMs: 85_000 });
  expect(chooseDue([routine, near], nowMs, 90_000, { earlyMs: 10_000 }).chosen === routine).toBe(isChosen);
  expect(chooseDue([routine, near], nowMs, 90_000).chosen).toBeNull();
});
