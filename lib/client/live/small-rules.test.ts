import { describe, expect, test } from 'vitest';
import { retryDelay } from '#lib/wire/retry-delay.ts';
import { createServerClock } from './create-server-clock.ts';
import { toLiveness } from './live-status.ts';

test.each([
  [{ state: 'connecting' } as const, 0, 'stale'],
  [{ state: 'open' } as const, 0, 'live'],
  [{ state: 'open' } as const, 4999, 'live'],
  [{ state: 'open' } as const, 5000, 'stale'],
  [{ state: 'open' } as const, 20_000, 'lost'],
  [{ state: 'down', reason: '', retryInMs: 0 } as const, 0, 'stale'],
  [{ state: 'down', reason: '', retryInMs: 0 } as const, 20_000, 'lost'],
])('%j, silent for %d ms: %s', (connection, silentMs, liveness) => {
  expect(toLiveness(connection, silentMs)).toBe(liveness);
});

test.each([
  [0, 0, 250],
  [0, 1, 125],
  [3, 0, 2000],
  [5, 0, 8000],
  [5000, 0, 8000],
  [5000, 1, 4000],
])('after %d failures, random %d: %d ms', (failures, random, ms) =>
  expect(retryDelay(failures, random)).toBe(ms),
);

describe('createServerClock', () => {
  test('begins with the time of the render and then trusts the message that travelled fastest', () => {
    let now = 1000;
    const clock = createServerClock(() => now, 501_000);
    expect(clock.nowMs()).toBe(501_000);
    now = 2000;
    clock.observe(701_900);
    expect(clock.nowMs()).toBe(701_900);
    now = 4000;
    clock.observe(703_500);
    expect(clock.nowMs()).toBe(703_900);
    now = 6000;
    clock.observe(705_990);
    expect(clock.nowMs()).toBe(705_990);
  });

  test('forgets what is long ago, so that a corrected clock is believed', () => {
    let now = 0;
    const clock = createServerClock(() => now, 0);
    clock.observe(1_000_000);
    for (let beat = 1; beat <= 8; beat += 1) {
      now = beat * 2000;
      clock.observe(now);
    }
    expect(clock.nowMs()).toBe(now);
  });
});
