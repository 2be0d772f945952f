import { expect, it } from 'vitest';
import type { UsagePoint } from '#lib/model/contract/usage.ts';
import { decodeUsage, encodeUsage } from './encode-usage.ts';

const point = (atMs: number, more: Partial<UsagePoint> = {}): UsagePoint => ({
  atMs,
  memoryBytes: 100 * 2 ** 20,
  memoryMaxBytes: 512 * 2 ** 20,
  cpuCores: 0.25,
  cpuMaxCores: 1,
  throttled: 0.4,
  pids: 12,
  pidsMax: null,
  ...more,
});

it('gives back what was kept, also what is not known', () => {
  const points = [
    point(1_795_400_000_000),
    point(1_795_400_010_000, { memoryBytes: null, cpuCores: null, throttled: 0 }),
    point(1_795_400_009_000, { memoryBytes: 3 * 2 ** 40, pids: 1, pidsMax: 50 }),
  ];
  expect(decodeUsage(encodeUsage(points))).toEqual(points);
  expect(encodeUsage([])).toHaveLength(0);
});

it('takes a few bytes for each reading of a day', () => {
  const points = Array.from({ length: 960 }, (_, i) =>
    point(1_795_400_000_000 + i * 90_000 + (i % 7), {
      memoryBytes: 2 ** 27 + (i % 50) * 40_960,
      cpuCores: 0.2 + (i % 9) / 100,
    }),
  );
  expect(encodeUsage(points).length / points.length).toBeLessThan(14);
});

it.each([0, 1, 5, 9, 13, 30])('reads the whole readings before a cut at %i bytes', (length) => {
  const points = [point(1_795_400_000_000), point(1_795_400_010_000), point(1_795_400_020_000)];
  const read = decodeUsage(encodeUsage(points).subarray(0, length));
  expect(points.slice(0, read.length)).toEqual(read);
  expect(read.length).toBeLessThan(3);
});

it('makes no reading of bytes that are something else', () => {
  const noise = Uint8Array.from({ length: 400 }, (_, i) => (i * 97 + 255) % 256);
  for (const { atMs, memoryBytes } of decodeUsage(noise)) {
    expect(Number.isSafeInteger(atMs)).toBe(true);
    expect(memoryBytes ?? 0).toBeGreaterThanOrEqual(0);
  }
});
