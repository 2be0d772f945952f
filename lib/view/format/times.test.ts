import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  formatAge,
  formatAgeShort,
  formatClock,
  formatCountdown,
  formatDuration,
  formatMoment,
  formatSetting,
  formatSpan,
  formatZone,
} from './times.ts';

describe('formatSpan', () => {
  test.each([
    [-5000, '0 s'],
    [0, '0 s'],
    [999, '0 s'],
    [12_400, '12 s'],
    [60_000, '1 min'],
    [134_000, '2 min 14 s'],
    [11 * 60_000 + 30_000, '11 min'],
    [18_600_000, '5 h 10 min'],
    [86_400_000, '1 d'],
    [2 * 86_400_000 + 3 * 3_600_000, '2 d 3 h'],
    [12 * 86_400_000 + 5, '12 d'],
  ])('%d ms is %s', (ms, text) => expect(formatSpan(ms)).toBe(text));
});

describe('formatAge and formatAgeShort', () => {
  test.each([
    [-300, 'now', 'now'],
    [999, 'now', 'now'],
    [2000, '2 s ago', '2 s ago'],
    [134_000, '2 min 14 s ago', '2 min ago'],
    [18_600_000, '5 h 10 min ago', '5 h ago'],
    [6 * 86_400_000, '6 d ago', '6 d ago'],
  ])('%d ms: %s, %s', (ms, long, short) => {
    expect(formatAge(ms)).toBe(long);
    expect(formatAgeShort(ms)).toBe(short);
  });
});

describe('formatCountdown', () => {
  test.each([
    [4000, 'in 4 s'],
    [3001, 'in 4 s'],
    [1, 'in 1 s'],
    [0, 'due now'],
    [-2999, 'due now'],
    [-8000, 'overdue by 8 s'],
  ])('%d ms left: %s', (ms, text) => expect(formatCountdown(ms)).toBe(text));
});

describe('formatDuration', () => {
  test.each([
    [-3, '0 ms'],
    [0.4, '0 ms'],
    [52, '52 ms'],
    [999, '999 ms'],
    [999.6, '1.00 s'],
    [3000, '3.00 s'],
    [9994, '9.99 s'],
    [12_400, '12.4 s'],
    [59_960, '59 s'],
    [65_000, '1 min 5 s'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe('formatSetting', () => {
  test.each([
    [0, '0 ms'],
    [250, '250 ms'],
    [1500, '1.5 s'],
    [5000, '5 s'],
    [90_000, '1 min 30 s'],
    [3_600_000, '1 h'],
  ])('%d ms is %s', (ms, text) => expect(formatSetting(ms)).toBe(text));
});

test('clock and moment in UTC', () => {
  const ms = Date.UTC(2026, 6, 5, 4, 1, 56);
  expect(formatClock(ms, 'utc')).toBe('04:01:56');
  expect(formatMoment(ms, 'utc')).toBe('2026-07-05 04:01:56 UTC');
});

test('local moments have the local clock', () => {
  const ms = new Date(2026, 0, 2, 3, 4, 5).getTime();
  expect(formatClock(ms, 'local')).toBe('03:04:05');
  expect(formatMoment(ms, 'local')).toBe(`2026-01-02 03:04:05 ${formatZone(ms, 'local')}`);
});

describe('a moment in the zone of whoever looks', () => {
  afterEach(() => void vi.unstubAllEnvs());

  test.each([
    ['Europe/Berlin', 'UTC+2', '2026-07-05 06:01:56 UTC+2'],
    ['America/St_Johns', 'UTC-2:30', '2026-07-05 01:31:56 UTC-2:30'],
    ['Asia/Kathmandu', 'UTC+5:45', '2026-07-05 09:46:56 UTC+5:45'],
    ['UTC', 'UTC', '2026-07-05 04:01:56 UTC'],
  ])('%s', (place, zone, moment) => {
    vi.stubEnv('TZ', place);
    const ms = Date.UTC(2026, 6, 5, 4, 1, 56);
    expect(formatZone(ms, 'local')).toBe(zone);
    expect(formatMoment(ms, 'local')).toBe(moment);
  });
});
