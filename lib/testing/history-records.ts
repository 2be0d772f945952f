import { expect } from 'vitest';
import type { Ask, IncidentPast } from '#lib/history/question.ts';
import type { HistoryRecord, ProbeRecord } from '#lib/history/record.ts';
import type { Store } from '#lib/history/store/create-store.ts';
import type { Ending } from '#lib/model/contract/ending.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { buildTask } from './build-task.ts';

/** When the tests of the history are. */
export const NOW = Date.UTC(2026, 5, 1);
export const DAY_MS = 86_400_000;

export const probe = (startMs: number, more: Partial<ProbeRecord> = {}): HistoryRecord => ({
  kind: 'probe',
  taskId: 'task-1',
  startMs,
  skewMs: 0,
  durationMs: 50,
  exitCode: 0,
  output: 'ok',
  truncated: false,
  ...more,
});
export const taskRecord = (
  untilMs: number | null = null,
  end: Ending | null = null,
  container: Container | null = null,
): HistoryRecord => ({
  kind: 'task',
  task: buildTask({ id: 'task-1', serviceId: 'service-1' }),
  key: '1',
  slot: 1,
  hostname: 'docker01',
  fromMs: NOW - DAY_MS,
  untilMs,
  end,
  container,
});
export const status = (fromMs: number, name: 'healthy' | 'failing'): HistoryRecord => ({
  kind: 'status',
  serviceId: 'service-1',
  key: '1',
  fromMs,
  status: name,
  taskId: 'task-1',
  reason: null,
});

export function readReplica(store: Store, fromMs = NOW - 3_600_000, nowMs = NOW) {
  return store.ask({ kind: 'replica', serviceId: 'service-1', key: '1', fromMs, untilMs: nowMs, nowMs });
}

export function readProbes(store: Store, fromMs?: number, nowMs?: number) {
  const { probes } = readReplica(store, fromMs, nowMs);
  return probes.kind === 'exact' ? probes.probes : expect.unreachable();
}

/** `null`: there is none. */
export function readIncident(store: Store, ask: Omit<Ask<'incident'>, 'kind'>): IncidentPast | null {
  const answer = store.ask({ kind: 'incident', ...ask });
  return answer === 'none' ? null : answer;
}
