import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeProbes } from './decode-probes.ts';
import { encodeProbes } from './encode-probes.ts';

const probe = fc.record({
  startMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  skewMs: fc.integer({ min: -100_000_000, max: 100_000_000 }),
  durationMs: fc.integer({ min: 0, max: 90_000_000 }),
  exitCode: fc.integer({ min: -1, max: 255 }),
  output: fc.integer({ min: 1, max: 2 ** 40 }),
});

test('probes come back as they were, in any order', () => {
  fc.assert(
    fc.property(fc.array(probe), fc.nat(), (rows, fromMs) => {
      expect(decodeProbes(encodeProbes(rows, fromMs), fromMs)).toEqual(rows);
    }),
  );
});

test('a block that was cut gives the whole probes before the cut', () => {
  const rows = [1, 2, 3].map((n) => ({
    startMs: n * 5_000,
    skewMs: 0,
    durationMs: 52,
    exitCode: 0,
    output: 7,
  }));
  const bytes = encodeProbes(rows, 5_000);
  expect(decodeProbes(bytes.subarray(0, bytes.length - 1), 5_000)).toEqual(rows.slice(0, 2));
});

test('a day of a regular check takes less than 8 bytes a probe', () => {
  const rows = Array.from({ length: 17_280 }, (_, n) => ({
    startMs: n * 5_060 + (n % 7),
    skewMs: 0,
    durationMs: 48 + (n % 23),
    exitCode: n % 900 === 0 ? 1 : 0,
    output: 40 + (n % 900 === 0 ? n : 0),
  }));
  expect(encodeProbes(rows, 0).length / rows.length).toBeLessThan(8);
});
