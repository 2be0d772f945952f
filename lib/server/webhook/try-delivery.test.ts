import { expect, it } from 'vitest';
import { judgeAnswer } from './try-delivery.ts';

it.each([
  { statusCode: 200, isTaken: true },
  { statusCode: 204, isTaken: true },
  { statusCode: 302, isTaken: false, isFinal: true },
  { statusCode: 400, isTaken: false, isFinal: true },
  { statusCode: 401, isTaken: false, isFinal: true },
  { statusCode: 408, isTaken: false, isFinal: false },
  { statusCode: 429, isTaken: false, isFinal: false },
  { statusCode: 500, isTaken: false, isFinal: false },
  { statusCode: 503, isTaken: false, isFinal: false },
])('an answer of $statusCode: taken $isTaken, final $isFinal', ({ statusCode, isTaken, isFinal }) => {
  const problem = judgeAnswer({ statusCode, retryAfter: null }, 120_000);
  expect(problem === null).toBe(isTaken);
  if (!isTaken) expect(problem).toEqual({ reason: `it answers ${statusCode}`, isFinal, retryAfterMs: 0 });
});

it.each([
  ['30', 30_000],
  ['100000', 120_000],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 0],
])('a receiver that asks to wait for "%s" is left alone for %d ms', (retryAfter, waitMs) => {
  expect(judgeAnswer({ statusCode: 503, retryAfter }, 120_000)?.retryAfterMs).toBe(waitMs);
});
