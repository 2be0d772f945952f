import { describe, expect, test, vi } from 'vitest';
import { toDurationTicks, toHeightShare, toTimeTicks } from './scales.ts';

describe('toHeightShare', () => {
  test.each([
    [0, 3000, 0],
    [30, 3000, 0.1],
    [750, 3000, 0.5],
    [3000, 3000, 1],
    [3012, 3000, 1],
    [-5, 3000, 0],
    [40, 0, 1],
  ])('%d ms of %d ms: %d', (durationMs, timeoutMs, share) => {
    expect(toHeightShare(durationMs, timeoutMs)).toBeCloseTo(share, 5);
  });
});

describe('toDurationTicks', () => {
  test.each([
    [3000, [200, 1000, 3000]],
    [1000, [50, 200, 500, 1000]],
    [30_000, [2000, 10_000, 30_000]],
  ])('timeout %d', (timeoutMs, ticks) => expect(toDurationTicks(timeoutMs)).toEqual(ticks));
});

describe('toTimeTicks', () => {
  const at = (text: string) => Date.parse(`${text}Z`);
  test.each([
    [
      '5 minutes',
      '2026-07-05T14:20:30',
      '2026-07-05T14:25:30',
      6,
      ['14:21', '14:22', '14:23', '14:24', '14:25'],
    ],
    [
      '1 minute',
      '2026-07-05T14:20:50',
      '2026-07-05T14:21:50',
      4,
      ['14:21:00', '14:21:15', '14:21:30', '14:21:45'],
    ],
    [
      'over midnight',
      '2026-07-05T18:00:00',
      '2026-07-06T06:00:00',
      4,
      ['18:00', '21:00', '07-06', '03:00', '06:00'],
    ],
    [
      '7 days',
      '2026-07-05T14:00:00',
      '2026-07-12T14:00:00',
      7,
      ['07-06', '07-07', '07-08', '07-09', '07-10', '07-11', '07-12'],
    ],
  ])('%s', (_, from, until, max, labels) => {
    const ticks = toTimeTicks({ fromMs: at(from), untilMs: at(until) }, max, 'utc');
    expect(ticks.map(({ label }) => label)).toEqual(labels);
  });

  test('steps of hours begin at the local hour', () => {
    vi.stubEnv('TZ', 'Asia/Kolkata');
    const window = { fromMs: at('2026-07-05T00:10:00'), untilMs: at('2026-07-05T12:10:00') };
    const [first] = toTimeTicks(window, 4, 'local');
    vi.unstubAllEnvs();
    expect(first?.label).toBe('06:00');
    expect(new Date(first?.atMs ?? 0).toISOString()).toBe('2026-07-05T00:30:00.000Z');
  });
});
