import { expect, it } from 'vitest';
import { createKeptFrames } from './create-kept-frames.ts';

const frame = (byte: number, size = 1) => new Uint8Array(size).fill(byte);

it('has what came after a revision, in its order', () => {
  const kept = createKeptFrames();
  for (const from of [4, 5, 6]) kept.add(from, frame(from));
  expect(kept.since(5)).toEqual([frame(5), frame(6)]);
});

it('says so where some of it is not here any more, or never was', () => {
  const kept = createKeptFrames(2);
  for (const from of [4, 5, 6]) kept.add(from, frame(from));
  expect(kept.since(4)).toBeNull();
  expect(kept.since(9)).toBeNull();
  expect(kept.since(5)).toHaveLength(2);
  kept.clear();
  expect(kept.since(5)).toBeNull();
});

it('keeps so many bytes, and the newest frame whatever its size', () => {
  const kept = createKeptFrames(100, () => 10);
  kept.add(1, frame(1, 6));
  kept.add(2, frame(2, 6));
  expect([kept.since(1), kept.since(2)?.length]).toEqual([null, 1]);
  kept.add(3, frame(3, 50));
  expect([kept.since(2), kept.since(3)?.length]).toEqual([null, 1]);
});
