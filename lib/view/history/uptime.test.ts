import { expect, test } from 'vitest';
import type { Cause } from '#lib/model/contract/diagnosis.ts';
import { describeRestarts, describeUptime } from './uptime.ts';

const HOUR = 3_600_000;

test.each([
  [100, HOUR, HOUR, '100 %', null],
  [99.9999, HOUR, HOUR, '99.99 %', null],
  [99.5, HOUR, HOUR, '99.5 %', null],
  [87.349, HOUR, HOUR, '87.3 %', null],
  [0, HOUR, HOUR, '0 %', null],
  [0.004, HOUR, HOUR, 'under 0.01 %', null],
  [0.5, HOUR, HOUR, '0.5 %', null],
  [100, 0.995 * HOUR, HOUR, '100 %', null],
  [100, 12 * 60_000, HOUR, '100 %', 'of 12 min that is known'],
  [95, 3 * HOUR, 24 * HOUR, '95 %', 'of 3 h that is known'],
  [null, 0, HOUR, 'not known', null],
])('%s percent, %d of %d ms known: %s', (percent, knownMs, windowMs, value, note) => {
  expect(describeUptime({ percent, knownMs, windowMs })).toEqual({ value, note });
});

test.each<[[Cause, number][], string | null]>([
  [[], null],
  [[['killed-for-health', 4]], '4 × killed for its health'],
  [
    [
      ['killed-for-health', 4],
      ['out-of-memory', 1],
    ],
    '4 × killed for its health, 1 × out of memory',
  ],
  [[['exit-code', 1200]], '1,200 × exited by itself'],
])('%j: %s', (causes, words) => {
  expect(describeRestarts(causes.map(([cause, count]) => ({ cause, count, sentence: '' })))).toBe(words);
});
