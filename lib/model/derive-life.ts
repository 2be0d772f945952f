import { describeExitCode } from './describe-exit-code.ts';
import type { LifeMoment, TaskDetail } from './detail.ts';
import type { Replica } from './picture.ts';

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

/** Turns of health as the probes show them: first passing, first failing of each streak, the one that reached `retries`. */
function addHealth({ container, probes }: TaskDetail, add: Add): void {
  const retries = container?.healthCheck?.retries ?? Number.POSITIVE_INFINITY;
  let streak = 0;
  let isHealthy = false;
  for (const probe of probes) {
    if (probe.exitCode === 0) {
      if (!isHealthy || streak > 0)
        add(probe.endedAtMs, 'healthy', streak > 0 ? 'Probe passed again' : 'First healthy probe');
      isHealthy = true;
      streak = 0;
      continue;
    }
    streak++;
    const result = describeExitCode(probe.exitCode, probe.output);
    if (streak === 1) add(probe.startedAtMs, 'failing', `First failed probe: ${result}`);
    if (streak === retries && isHealthy)
      add(probe.endedAtMs, 'unhealthy', `Unhealthy after ${streak} failed probes`);
  }
}

function isEnd(state: TaskDetail['state']): boolean {
  return ['complete', 'shutdown', 'failed', 'rejected', 'orphaned'].includes(state);
}
