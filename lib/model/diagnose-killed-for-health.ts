import { describeExitCode } from './describe-exit-code.ts';
import type { Diagnosis } from './diagnosis.ts';
import { selectRunProbes } from './select-run-probes.ts';
import type { TaskEnd } from './task-end.ts';
import { toErrorEvidence } from './to-error-evidence.ts';
import { toProbeEvidence } from './to-probe-evidence.ts';
import { wasKilledForHealth } from './was-killed-for-health.ts';
import { wasNeverHealthy } from './was-never-healthy.ts';

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
