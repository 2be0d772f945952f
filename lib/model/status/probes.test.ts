import { describe, expect, test } from 'vitest';
import type { Container } from '#lib/model/docker/container.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { findDecidesAt, findSlowProbes } from './probes.ts';

/** Every 5 s, 3 retries; the last probe ended at 20 s and took 1 s. */
const last = buildProbe({ startedAtMs: 19_000, endedAtMs: 20_000, durationMs: 1_000, exitCode: 1 });
const check = { intervalMs: 5_000, retries: 3 };

test.each<[situation: string, decidesAtMs: number | null, container: Container]>([
  [
    'the next probe decides',
    26_000,
    buildCheckedContainer({ failingStreak: 2, probes: [last] }, { startedAtMs: 1_000 }, check),
  ],
  [
    'the one after the next decides',
    32_000,
    buildCheckedContainer({ failingStreak: 1, probes: [last] }, { startedAtMs: 1_000 }, check),
  ],
  [
    'it starts, and failures count already',
    26_000,
    buildCheckedContainer(
      { status: 'starting', failingStreak: 2, probes: [last] },
      { startedAtMs: 1_000 },
      check,
    ),
  ],
  ['no streak', null, buildCheckedContainer({ failingStreak: 0, probes: [last] }, {}, check)],
  [
    'decided already',
    null,
    buildCheckedContainer({ status: 'unhealthy', failingStreak: 3, probes: [last] }, {}, check),
  ],
  ['no probe of this run was read', null, buildCheckedContainer({ failingStreak: 2 }, {}, check)],
])('%s', (_situation, decidesAtMs, container) => {
  expect(findDecidesAt(container)).toBe(decidesAtMs);
});

const passed = (durationMs: number) => ({ durationMs, exitCode: 0 });
const failed = (durationMs: number) => ({ durationMs, exitCode: 1 });

describe('findSlowProbes, timeout 3 s', () => {
  test.each([
    ['no probe yet', [], null],
    ['all quick', [passed(40), passed(52), passed(41)], null],
    ['the newest takes 2.8 s', [passed(40), passed(2800)], { durationMs: 2800, slow: 1, of: 2 }],
    ['exactly two thirds', [passed(2000)], { durationMs: 2000, slow: 1, of: 1 }],
    ['a little under', [passed(1999)], null],
    ['one slow one that is over', [passed(2900), passed(40)], null],
    [
      'it comes and goes',
      [passed(2700), passed(40), passed(2900), passed(40)],
      { durationMs: 2900, slow: 2, of: 4 },
    ],
    ['slow ones before the newest five', [passed(2900), passed(2900), ...Array(5).fill(passed(40))], null],
    ['the newest failed: that is said elsewhere', [passed(2900), failed(3001)], null],
    ['quick failures are not slow', [failed(2900), failed(2900), passed(40)], null],
  ])('%s', (_, probes, expected) => {
    expect(findSlowProbes(probes, 3000)).toEqual(expected && { timeoutMs: 3000, ...expected });
  });

  test.each([[null], [0]])('without a timeout (%s) nothing can be close to it', (timeoutMs) => {
    expect(findSlowProbes([passed(2900)], timeoutMs)).toBeNull();
  });
});
