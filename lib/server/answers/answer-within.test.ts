import { expect, test } from 'vitest';
import { answerWithin } from './answer-within.ts';

test.each<[string, () => Promise<number>, number | null]>([
  ['in time', () => Promise.resolve(7), 7],
  ['too late', () => new Promise(() => {}), null],
  ['a failure is no answer', () => Promise.reject(new Error('full')), null],
])('%s', async (_, ask, expected) => {
  expect(await answerWithin(ask(), 10)).toBe(expected);
});
