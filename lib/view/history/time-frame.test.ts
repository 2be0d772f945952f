import { describe, expect, test } from 'vitest';
import {
  formatTimeFrame,
  panWindow,
  parseTimeFrame,
  type TimeFrame,
  toTimeWindow,
  zoomWindow,
} from './time-frame.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 10 * DAY;
const hour: TimeFrame = { kind: 'newest', lengthMs: HOUR };
const read = (query: string) => {
  const params = new URLSearchParams(query);
  return parseTimeFrame((name) => params.get(name), hour, NOW);
};

describe('parseTimeFrame', () => {
  test.each<[string, TimeFrame]>([
    ['', hour],
    ['range=5m', { kind: 'newest', lengthMs: 300_000 }],
    ['range=7d', { kind: 'newest', lengthMs: 7 * DAY }],
    ['range=9y', hour],
    ['from=1000000&until=2000000', { kind: 'fixed', fromMs: 1_000_000, untilMs: 2_000_000 }],
    ['from=2000000&until=1000000', hour],
    // The clock of whoever asks may be ahead, but not by years.
    [`from=${NOW}&until=${NOW + HOUR}`, { kind: 'fixed', fromMs: NOW, untilMs: NOW + HOUR }],
    [`from=${NOW + DAY}&until=${NOW + DAY + HOUR}`, hour],
    ['from=9999999000000&until=9999999999999', hour],
    ['from=1000&until=2000', hour],
    ['from=0&until=999999999999', hour],
    ['from=x&until=2000000', hour],
    ['from=1000000', hour],
  ])('%s', (query, frame) => expect(read(query)).toEqual(frame));

  test.each<TimeFrame>([
    { kind: 'newest', lengthMs: 900_000 },
    { kind: 'fixed', fromMs: 0, untilMs: HOUR },
  ])('comes back from the address: %j', (frame) =>
    expect(read(String(new URLSearchParams(formatTimeFrame(frame))))).toEqual(frame),
  );
});

test('toTimeWindow: the newest stretch ends now, a fixed one stays', () => {
  expect(toTimeWindow(hour, 2 * HOUR)).toEqual({ fromMs: HOUR, untilMs: 2 * HOUR });
  expect(toTimeWindow({ kind: 'fixed', fromMs: 1, untilMs: 2 }, 99)).toEqual({ fromMs: 1, untilMs: 2 });
});

describe('zoomWindow and panWindow', () => {
  const now = 10 * DAY;
  const last = { fromMs: now - HOUR, untilMs: now };
  test.each([
    ['in about the middle', 0.5, now - HOUR / 2, now - 0.75 * HOUR, now - 0.25 * HOUR],
    ['in about the end', 0.5, now, now - HOUR / 2, now],
    ['out never reaches the future', 2, now - HOUR / 2, now - 2 * HOUR, now],
    ['in stops at a minute', 0.001, now, now - 60_000, now],
    ['out stops at 7 days', 1000, now, now - 7 * DAY, now],
  ])('%s', (_, factor, aboutMs, fromMs, untilMs) => {
    expect(zoomWindow(last, factor, aboutMs, now)).toEqual({ fromMs, untilMs });
  });
  test.each([
    ['half a window back', -0.5, now - 1.5 * HOUR, now - 0.5 * HOUR],
    ['not into the future', 0.5, now - HOUR, now],
    ['not before 7 days', -10_000, now - 7 * DAY, now - 7 * DAY + HOUR],
  ])('%s', (_, share, fromMs, untilMs) => {
    expect(panWindow(last, share, now)).toEqual({ fromMs, untilMs });
  });
});
