import { expect, it } from 'vitest';
import type { SimHealth } from '#lib/demo/world.ts';
import { applyProbe } from './apply-probe.ts';

const RULES = { retries: 3, startPeriodMs: 1_000, containerStartedAtMs: 0 };
const at = (startMs: number, exitCode: number) => ({ startMs, endMs: startMs + 5, exitCode, output: '' });
const health = (status: SimHealth['status'], streak: number): SimHealth => ({ status, streak, log: [] });

it.each([
  // status, streak, start, exit → status, streak, changed
  ['starting', 0, 500, 0, 'healthy', 0, true],
  ['starting', 0, 500, 1, 'starting', 0, false],
  ['starting', 0, 1_000, 1, 'starting', 1, false],
  ['starting', 2, 1_500, 1, 'unhealthy', 3, true],
  ['healthy', 0, 500, 1, 'healthy', 1, false],
  ['healthy', 2, 9_000, -1, 'unhealthy', 3, true],
  ['healthy', 2, 9_000, 0, 'healthy', 0, false],
  ['unhealthy', 3, 9_000, 1, 'unhealthy', 4, false],
  ['unhealthy', 7, 9_000, 0, 'healthy', 0, true],
] as const)('%s with a streak of %i, a probe at %i ending with %i: %s, %i', (...row) => {
  const [status, streak, startMs, exitCode, next, nextStreak, changed] = row;
  const state = health(status, streak);
  expect(applyProbe(state, at(startMs, exitCode), RULES)).toBe(changed);
  expect([state.status, state.streak]).toEqual([next, nextStreak]);
});

it('keeps the last five probes', () => {
  const state = health('healthy', 0);
  for (let probe = 0; probe < 8; probe += 1) applyProbe(state, at(probe * 10_000, 0), RULES);
  expect(state.log.map(({ startMs }) => startMs)).toEqual([30_000, 40_000, 50_000, 60_000, 70_000]);
});
