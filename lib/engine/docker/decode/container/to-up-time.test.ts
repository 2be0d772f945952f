import { expect, it } from 'vitest';
import { toUpTime } from './to-up-time.ts';

const HOUR = 3_600_000;

it.each([
  ['Up Less than a second', 0, 1_000],
  ['Up 1 second (health: starting)', 1_000, 2_000],
  ['Up 59 seconds', 59_000, 60_000],
  ['Up About a minute (healthy)', 60_000, 120_000],
  ['Up 5 minutes (Paused)', 300_000, 360_000],
  ['Up About an hour', HOUR, 1.5 * HOUR],
  ['Up 2 hours', 1.5 * HOUR, 2.5 * HOUR],
  ['Up 47 hours (unhealthy)', 46.5 * HOUR, 47.5 * HOUR],
  ['Up 3 days', 71.5 * HOUR, 96 * HOUR],
  ['Up 2 weeks', 335.5 * HOUR, 504 * HOUR],
])('%s', (text, leastMs, mostMs) => {
  expect(toUpTime(text)).toEqual({ leastMs, mostMs });
});

it.each([
  null,
  '',
  'Up',
  'Exited (0) 5 minutes ago',
  'Restarting (1) 5 seconds ago',
  'Up 5 minutes ago',
  'Up x days',
])('nothing from %j', (text) => {
  expect(toUpTime(text)).toBeNull();
});
