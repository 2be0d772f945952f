import { describe, expect, test } from 'vitest';
import { findSlowProbes } from './find-slow-probes.ts';

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
