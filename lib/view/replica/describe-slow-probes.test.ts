import { expect, test } from 'vitest';
import { describeSlowProbes } from './describe-slow-probes.ts';

test.each([
  [
    { durationMs: 2812, timeoutMs: 3000, slow: 1, of: 5 },
    '2.8 s of 3 s',
    'Its newest probe passed, but took 2.8 s of 3 s: a little more and they time out.',
  ],
  [
    { durationMs: 720, timeoutMs: 1000, slow: 3, of: 5 },
    '720 ms of 1 s',
    '3 of its newest 5 probes passed, but took up to 720 ms of 1 s: a little more and they time out.',
  ],
])('%j', (slow, brief, sentence) => {
  expect(describeSlowProbes(slow)).toEqual({ brief, sentence });
});
