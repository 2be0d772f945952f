import { expect, test } from 'vitest';
import type { HistoryRecord } from '#lib/history/record.ts';
import { buildEnding } from '#lib/testing/build-segment.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createTallies } from './create-tallies.ts';

const START_MS = 1_800_000_000_000;
const clockAt = () => createFakeClock(START_MS);
const taskOf = (id: string, end: Partial<ReturnType<typeof buildEnding>> | null): HistoryRecord => ({
  kind: 'task',
  task: buildTask({ id, serviceId: 's' }),
  key: '1',
  slot: 1,
  hostname: 'host-1',
  fromMs: START_MS,
  untilMs: end?.atMs ?? null,
  end: end === null ? null : buildEnding(end),
  container: null,
});
const probeOf = (taskId: string, exitCode: number, output = ''): HistoryRecord => ({
  kind: 'probe',
  taskId,
  startMs: START_MS,
  skewMs: 0,
  durationMs: 250,
  exitCode,
  output,
  truncated: false,
});
const ALL = new Set(['s']);

test('probes are counted by result, for the service of their task', () => {
  const seconds: number[] = [];
  const tallies = createTallies(clockAt().nowMs, (one) => seconds.push(one));
  tallies.observe(taskOf('t', null));
  tallies.observe(probeOf('t', 0));
  tallies.observe(probeOf('t', 1));
  tallies.observe(probeOf('t', -1, 'Health check exceeded timeout (3s)'));
  tallies.observe(probeOf('unheard-of', 0));
  expect(tallies.read(ALL).get('s')?.probes).toEqual({ passed: 1, failed: 1, timeout: 1 });
  expect(seconds).toEqual([0.25, 0.25, 0.25, 0.25]);
});

test('a bad end counts once, by the cause that was known when all had their say', async () => {
  const clock = clockAt();
  const tallies = createTallies(clock.nowMs, () => {});
  const endMs = START_MS + 1_000;
  await clock.advance(1_000);
  tallies.observe(taskOf('t', { atMs: endMs, cause: 'exit-code' }));
  tallies.observe(taskOf('t', { atMs: endMs, cause: 'out-of-memory' }));
  expect(tallies.read(ALL).get('s')?.restarts.size ?? 0).toBe(0);
  await clock.advance(3_000);
  expect([...(tallies.read(ALL).get('s')?.restarts ?? [])]).toEqual([['out-of-memory', 1]]);
  // The history asks for all of it again.
  tallies.observe(taskOf('t', { atMs: endMs, cause: 'out-of-memory' }));
  await clock.advance(3_000);
  expect(tallies.read(ALL).get('s')?.restarts.get('out-of-memory')).toBe(1);
});

test('what was expected, or happened before the start, is no restart', async () => {
  const clock = clockAt();
  const tallies = createTallies(clock.nowMs, () => {});
  await clock.advance(1_000);
  tallies.observe(taskOf('scaled-down', { atMs: START_MS + 500, cause: null }));
  tallies.observe(taskOf('of-before', { atMs: START_MS - 500, cause: 'exit-code' }));
  await clock.advance(5_000);
  expect(tallies.read(ALL).get('s')?.restarts.size ?? 0).toBe(0);
});

test('a service that is gone is forgotten', () => {
  const tallies = createTallies(clockAt().nowMs, () => {});
  tallies.observe(taskOf('t', null));
  tallies.observe(probeOf('t', 0));
  expect(tallies.read(new Set()).size).toBe(0);
});
