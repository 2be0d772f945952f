import { describe, expect, it } from 'vitest';
import { toSkewMs } from './to-skew-ms.ts';

const at = (ms: number) => new Date(ms).toISOString();

describe('toSkewMs', () => {
  it.each([
    ['ahead', at(105_050), 100_000, 100_100, 5000],
    ['behind', at(40_050), 100_000, 100_100, -60_000],
    ['within a second', at(101_000), 100_000, 100_100, 0],
    ['within the round trip', at(118_000), 100_000, 120_000, 0],
    ['no time', undefined, 100_000, 100_100, 0],
    ['zero time', '0001-01-01T00:00:00Z', 100_000, 100_100, 0],
    ['our clock stepped back between', at(100_000), 100_000, 90_000, 0],
  ])('%s', (_, systemTime, asked, answered, expected) => {
    expect(toSkewMs(systemTime, asked, answered)).toBe(expected);
  });
});
