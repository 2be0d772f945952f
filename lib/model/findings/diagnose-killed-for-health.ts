import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { selectRunProbes } from '#lib/model/docker/select-run-probes.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { wasKilledForHealth } from '#lib/model/docker/was-killed-for-health.ts';
import { wasNeverHealthy } from '#lib/model/status/was-never-healthy.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';
import { toErrorEvidence } from './to-error-evidence.ts';
import { toProbeEvidence } from './to-probe-evidence.ts';

/** Swarm stopped it because its health check failed. */
export function diagnoseKilledForHealth(end: TaskEnd): Diagnosis | null {
  const { task, container } = end;
  if (!wasKilledForHealth(task, container)) return null;
  const last =
    container === null ? undefined : selectRunProbes(container).findLast((probe) => probe.exitCode !== 0);
  const never = wasNeverHealthy(end) ? ' before it was ever healthy' : '';
  const streak = container?.health?.failingStreak ?? 0;
  const why =
    last === undefined
      ? 'its health check failed'
      : `${streak} ${streak === 1 ? 'probe' : 'probes in a row'} failed, the last: ${describeExitCode(last.exitCode, last.output)}`;
  return {
    cause: 'killed-for-health',
    sentence: `Killed for its health${never}: ${why}.`,
    evidence: last === undefined ? toErrorEvidence(end) : toProbeEvidence(last),
    calm: false,
  };
}
