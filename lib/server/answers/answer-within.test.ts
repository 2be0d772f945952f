import { expect, test } from 'vitest';
import { answerWithin, toLateHistory } from './answer-within.ts';

test.each<[string, () => Promise<number>, number | null]>([
  ['in time', () => Promise.resolve(7), 7],
  ['too late', () => new Promise(() => {}), null],
  ['a failure is no answer', () => Promise.reject(new Error('full')), null],
])('%s', async (_, ask, expected) => {
  expect(await answerWithin(ask(), 10)).toBe(expected);
});

test('beside an empty list, whose answer did not come in time, a history is late and not well', () => {
  expect(toLateHistory({ kind: 'disk', sentence: 'It is kept.' })).toMatchObject({ kind: 'late' });
  const broken = { kind: 'broken', sentence: 'The disk is full.' } as const;
  expect(toLateHistory(broken)).toBe(broken);
});
