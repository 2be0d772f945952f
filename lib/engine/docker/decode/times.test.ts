import { describe, expect, it } from 'vitest';
import { toSkewMs, toTimeMs } from './times.ts';

describe('toTimeMs', () => {
  it.each([
    ['2026-11-23T06:43:33.394803686Z', Date.UTC(2026, 10, 23, 6, 43, 33, 394)],
    ['2026-11-23T03:13:33.394803686-03:30', Date.UTC(2026, 10, 23, 6, 43, 33, 394)],
    ['2026-11-23T06:43:33.3Z', Date.UTC(2026, 10, 23, 6, 43, 33, 300)],
    ['2026-11-23T06:43:33Z', Date.UTC(2026, 10, 23, 6, 43, 33)],
    ['0001-01-01T00:00:00Z', null],
    ['0001-01-01T00:00:00-03:30', null],
    ['2026-13-40T00:00:00Z', null],
    ['yesterday', null],
    ['', null],
    [1795415226, null],
    [null, null],
    [undefined, null],
  ])('%j', (value, expected) => {
    expect(toTimeMs(value)).toBe(expected);
  });

  it('takes the skew out', () => {
    expect(toTimeMs('1970-01-01T00:00:10Z', 4000)).toBe(6000);
    expect(toTimeMs('1970-01-01T00:00:10Z', -4000)).toBe(14000);
  });
});

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
