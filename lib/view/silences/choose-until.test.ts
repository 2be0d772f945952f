import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toUntilMs } from './choose-until.ts';

beforeEach(() => vi.stubEnv('TZ', 'America/New_York'));
afterEach(() => vi.unstubAllEnvs());

test.each([
  ['at three in the night it is this morning', '2026-12-01T03:00:00Z', 'utc', '2026-12-01T08:00:00Z'],
  ['in the afternoon the next one', '2026-12-01T15:00:00Z', 'utc', '2026-12-02T08:00:00Z'],
  ['where that is over at once the next one', '2026-12-31T07:59:30Z', 'utc', '2027-01-01T08:00:00Z'],
  ['by their own clock, at three there', '2026-12-01T08:00:00Z', 'local', '2026-12-01T13:00:00Z'],
  ['by their own clock, over the change of it', '2026-10-31T20:00:00Z', 'local', '2026-11-01T13:00:00Z'],
] as const)('until eight in the morning: %s', (_, now, zone, until) => {
  expect(toUntilMs('morning', '', Date.parse(now), zone)).toBe(Date.parse(until));
});

test('what is typed is meant in the zone in which times are shown', () => {
  const nowMs = Date.parse('2026-12-01T00:00:00Z');
  expect(toUntilMs('own', '2026-12-01T08:00', nowMs, 'utc')).toBe(Date.parse('2026-12-01T08:00:00Z'));
  expect(toUntilMs('own', '2026-12-01T08:00', nowMs, 'local')).toBe(Date.parse('2026-12-01T13:00:00Z'));
});

test.each(['', '2026-11-30T23:59', '2027-01-01T00:01'])(
  'no silence ends at "%s": it is no time, over, or beyond 30 days',
  (own) => {
    expect(toUntilMs('own', own, Date.parse('2026-12-01T00:00:00Z'), 'utc')).toBeNull();
  },
);
