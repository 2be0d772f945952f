import { expect, it } from 'vitest';
import { toBackstopMs } from './create-backstop.ts';

it.each([
  ['a small swarm', 10, 30, 33],
  ['an engine with many, dead ones too', 300, 900, 120],
  ['one of the engines of a swarm of a thousand', 50, 1_000, 120],
  ['of a large one', 50, 10_000, 180],
  ['of a very large one', 100, 100_000, 180],
])('%s: with %i containers of %i it is listed every %i s', (_, own, total, seconds) => {
  expect(toBackstopMs(own, total)).toBe(seconds * 1_000);
});
