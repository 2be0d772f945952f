import { expect, it } from 'vitest';
import { formatAge, formatTime, toNanos } from './format-time.ts';

it.each([
  [null, '0001-01-01T00:00:00Z'],
  [1_795_000_000_000, '2026-11-18T11:06:40Z'],
  [1_795_000_000_120, '2026-11-18T11:06:40.12Z'],
  [1_795_000_000_000.25, '2026-11-18T11:06:40.00025Z'],
  [1_795_000_000_999.5, '2026-11-18T11:06:40.9995Z'],
])('writes %s as Go does: %s', (ms, text) => expect(formatTime(ms)).toBe(text));

it('writes nanoseconds beyond what a number holds', () => {
  expect(toNanos(1_795_000_000_123.5)).toBe('1795000000123500000');
});

it.each([
  [400, 'Less than a second'],
  [1_000, '1 second'],
  [59_000, '59 seconds'],
  [60_000, 'About a minute'],
  [3_540_000, '59 minutes'],
  [3_600_000, 'About an hour'],
  [47 * 3_600_000, '47 hours'],
  [72 * 3_600_000, '3 days'],
  [20 * 86_400_000, '2 weeks'],
  [90 * 86_400_000, '3 months'],
])('says how long %i ms are: %s', (ms, text) => expect(formatAge(ms)).toBe(text));
