import type { LifeMoment, TaskDetail } from '#lib/model/contract/detail.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { toMaxPauseMs } from '#lib/model/docker/health-check.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';

const FIRST_HEALTHY = 'First healthy probe';

/** The moments of a task's life that are known, oldest first. */
export function deriveLife(task: TaskDetail, replica: Replica): LifeMoment[] {
  const moments: LifeMoment[] = [];
  const add = (atMs: number | null | undefined, kind: LifeMoment['kind'], text: string) => {
    if (atMs !== null && atMs !== undefined) moments.push({ atMs, kind, text });
  };
  const { container, probes } = task;
  const place = task.hostname === null ? '' : ` on ${task.hostname}`;
  add(task.createdAtMs, 'created', 'Task created');
  add(container?.startedAtMs, 'started', `Started${place}`);
  addHealth(task, add);
  if (replica.status === 'stopping') add(replica.sinceMs, 'stopping', 'Told to stop');
  if (container?.finishedAtMs != null) {
    const { exitCode, oomKilled } = container;
    const how = exitCode === null ? 'Ended' : `Ended with ${describeExitCode(exitCode)}`;
    add(container.finishedAtMs, 'exited', oomKilled ? `${how}, out of memory` : how);
  }
  if (isEnd(task.state)) add(task.stateAtMs, 'ended', `Task ${task.state}`);
  else if (task.state === 'assigned' && probes.length === 0)
    add(task.stateAtMs, 'assigned', `Assigned${place}`);
  return moments.sort((a, b) => a.atMs - b.atMs);
}

type Add = (atMs: number | null | undefined, kind: LifeMoment['kind'], text: string) => void;

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
  if (!isWhole && state === 'running') add(stateAtMs, 'healthy', FIRST_HEALTHY);
  let failed = 0;
  let streak = 0;
  for (const probe of probes) {
    if (probe.exitCode === 0) {
      if (!isHealthy) add(probe.endedAtMs, 'healthy', FIRST_HEALTHY);
      else if (failed > 0) add(probe.endedAtMs, 'healthy', 'Probe passed again');
      isHealthy = true;
      failed = 0;
      streak = 0;
      continue;
    }
    failed++;
    if (isHealthy || probe.startedAtMs - startedAtMs >= startPeriodMs) streak++;
    if (failed === 1) {
      add(
        probe.startedAtMs,
        'failing',
        `First failed probe: ${describeExitCode(probe.exitCode, probe.output)}`,
      );
    }
    if (streak === retries) {
      add(
        probe.endedAtMs,
        'unhealthy',
        `Unhealthy after ${retries} failed ${retries === 1 ? 'probe' : 'probes'}`,
      );
    }
  }
}

function isEnd(state: TaskDetail['state']): boolean {
  return ['complete', 'shutdown', 'failed', 'rejected', 'orphaned'].includes(state);
}
