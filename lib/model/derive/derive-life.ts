import type { LifeMoment, TaskDetail } from '#lib/model/contract/detail.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { LifeStatement } from '#lib/model/contract/statement.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { toMaxPauseMs } from '#lib/model/docker/health-check.ts';
import { toProbeResult } from '#lib/model/docker/probe-result.ts';

/** The moments of a task's life that are known, oldest first. */
export function deriveLife(task: TaskDetail, replica: Replica, wording: Wording): LifeMoment[] {
  const moments: LifeMoment[] = [];
  const add: Add = (atMs, moment) => {
    if (atMs !== null && atMs !== undefined)
      moments.push({ atMs, kind: moment.kind, text: wording.moment(moment) });
  };
  const { container, probes, hostname: host } = task;
  add(task.createdAtMs, { kind: 'created' });
  add(container?.startedAtMs, { kind: 'started', host });
  addHealth(task, add);
  if (replica.status === 'stopping') add(replica.sinceMs, { kind: 'stopping' });
  if (container?.finishedAtMs != null) {
    const { exitCode, oomKilled } = container;
    add(container.finishedAtMs, { kind: 'exited', exitCode, oomKilled });
  }
  if (isEnd(task.state)) add(task.stateAtMs, { kind: 'ended', state: task.state });
  else if (task.state === 'assigned' && probes.length === 0) add(task.stateAtMs, { kind: 'assigned', host });
  return moments.sort((a, b) => a.atMs - b.atMs);
}

type Add = (atMs: number | null | undefined, moment: LifeStatement) => void;

/**
 * Turns of health as the probes show them: the first that passed, the first that failed of each streak, the one that
 * reached `retries`. Failures in the start period do not count (moby daemon/health.go, handleProbeResult). What is kept
 * may begin long after the start: then a running task's own time is that of its first healthy probe, which it waited for.
 */
function addHealth({ container, probes, state, stateAtMs }: TaskDetail, add: Add): void {
  if (container?.healthCheck == null) return;
  const { retries, startPeriodMs } = container.healthCheck;
  const startedAtMs = container.startedAtMs ?? probes[0]?.startedAtMs ?? 0;
  const isWhole = (probes[0]?.startedAtMs ?? 0) - startedAtMs <= 2 * toMaxPauseMs(container.healthCheck);
  let isHealthy = !isWhole;
  if (!isWhole && state === 'running') add(stateAtMs, { kind: 'healthy', again: false });
  let failed = 0;
  let streak = 0;
  for (const probe of probes) {
    if (probe.exitCode === 0) {
      if (!isHealthy) add(probe.endedAtMs, { kind: 'healthy', again: false });
      else if (failed > 0) add(probe.endedAtMs, { kind: 'healthy', again: true });
      isHealthy = true;
      failed = 0;
      streak = 0;
      continue;
    }
    failed++;
    if (isHealthy || probe.startedAtMs - startedAtMs >= startPeriodMs) streak++;
    if (failed === 1) add(probe.startedAtMs, { kind: 'failing', result: toProbeResult(probe) });
    if (streak === retries) add(probe.endedAtMs, { kind: 'unhealthy', retries });
  }
}

function isEnd(state: TaskDetail['state']): boolean {
  return ['complete', 'shutdown', 'failed', 'rejected', 'orphaned'].includes(state);
}
