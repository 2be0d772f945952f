import { describe, expect, test } from 'vitest';
import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import { describeGivingUp, describeStartPeriod, formatCommand } from './health-check.ts';
import { formatRhythm } from './rhythm.ts';

const check = (change: Partial<HealthCheck> = {}): HealthCheck => ({
  test: ['CMD-SHELL', '/healthcheck.sh'],
  intervalMs: 5000,
  timeoutMs: 3000,
  startPeriodMs: 0,
  startIntervalMs: 5000,
  retries: 3,
  source: 'image',
  ...change,
});

describe('formatCommand', () => {
  test.each([
    [['CMD-SHELL', 'curl -f localhost || exit 1'], 'curl -f localhost || exit 1'],
    [['CMD', 'curl', '-f', 'localhost'], 'curl -f localhost'],
    [['CMD', 'sh', '-c', 'test -e "/a b"', ''], 'sh -c "test -e \\"/a b\\"" ""'],
    [['NONE'], 'NONE'],
    [[], ''],
  ])('%j', (given, text) => expect(formatCommand(given)).toBe(text));
});

test.each([
  [check(), 'every 5 s, 3 retries'],
  [check({ intervalMs: 90_000, retries: 1 }), 'every 1 min 30 s, 1 retry'],
])('formatRhythm %#', (given, text) => expect(formatRhythm(given)).toBe(text));

test.each([
  [check(), 'none'],
  [check({ startPeriodMs: 60_000 }), '1 min'],
  [check({ startPeriodMs: 60_000, intervalMs: 30_000 }), '1 min, until healthy a probe every 5 s'],
])('describeStartPeriod %#', (given, text) => expect(describeStartPeriod(given)).toBe(text));

test.each([
  [check(), '3 failures in a row, 10 s to 19 s after the first'],
  [check({ retries: 1 }), '1 failure, at once or within 3 s'],
])('describeGivingUp %#', (given, text) => expect(describeGivingUp(given)).toBe(text));
