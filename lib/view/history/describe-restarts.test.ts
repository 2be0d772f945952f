import { expect, test } from 'vitest';
import type { Cause } from '#lib/model/contract/diagnosis.ts';
import { describeRestarts } from './describe-restarts.ts';

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
