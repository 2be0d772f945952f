import type { Cause, Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { selectRunProbes } from '#lib/model/docker/container.ts';
import {
  findExitCode,
  type TaskEnd,
  wasKilledForHealth,
  wasOutOfMemory,
} from '#lib/model/docker/task-end.ts';
import { wasNeverHealthy } from '#lib/model/status/bad-ends.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';
import { diagnoseImage } from './cannot-start.ts';
import { adviseDockerError, diagnoseDockerError } from './docker-errors.ts';
import { toErrorEvidence, toProbeEvidence } from './evidence.ts';
import { adviseProbe } from './probes-failing.ts';

/** From the most telling to the least. */
const RULES: readonly ((end: TaskEnd) => Diagnosis | null)[] = [
  diagnoseKilledForHealth,
  diagnoseDockerError,
  diagnoseImage,
  diagnoseOutOfMemory,
  diagnoseNotStarted,
  diagnoseExitCode,
];

/** Why a task ended badly, by the first rule that applies. */
export function diagnoseEnd(end: TaskEnd): Diagnosis {
  for (const rule of RULES) {
    const diagnosis = rule(end);
    if (diagnosis !== null) return diagnosis;
  }
  const isRejected = end.task.state === 'rejected';
  return {
    cause: 'ended',
    sentence: isRejected
      ? `${end.hostname ?? 'Its node'} could not prepare it.`
      : 'Failed, and its exit code is not known.',
    evidence: toErrorEvidence(end),
    calm: false,
  };
}

/** What to do next about a task that ended for this cause on this host; `null` where nothing is plain. */
export function adviseEnd(end: TaskEnd, cause: Cause, host: string): string | null {
  const { service, task } = end;
  switch (cause) {
    case 'killed-for-health': {
      const last = end.container === null ? undefined : selectRunProbes(end.container).at(-1);
      const start = `If it only needs longer to start, give it a start period: docker service update --health-start-period TIME ${service.name}.`;
      return adviseProbe(last, service) ?? (wasNeverHealthy(end) ? start : null);
    }
    case 'out-of-memory':
      return (
        adviseDockerError(end, host) ??
        `Let it use less, or raise its limit: docker service update --limit-memory SIZE ${service.name}.`
      );
    case 'image-missing':
      return `Try it on ${host}: docker pull ${task.image === '' ? service.image : task.image}.`;
    case 'exit-code':
    case 'ended': {
      const hasRun = findExitCode(end) !== null;
      return hasRun ? `Read its last words: docker service logs --tail 50 ${task.id}.` : null;
    }
    default:
      return adviseDockerError(end, host);
  }
}

/** The executor's own words for it (moby executor/container/controller.go, Start); why is in a text that no rule knows. */
function diagnoseNotStarted(end: TaskEnd): Diagnosis | null {
  if (!end.task.error?.startsWith('starting container failed')) return null;
  const where = end.hostname === null ? '' : ` on ${end.hostname}`;
  return {
    cause: 'ended',
    sentence: `Its container could not be started${where}.`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}

/** It ended by itself or by a signal, and nothing says more than its exit code. */
function diagnoseExitCode(end: TaskEnd): Diagnosis | null {
  const exitCode = findExitCode(end);
  if (exitCode === null) return null;
  if (exitCode === 0) {
    return {
      cause: 'ended',
      sentence: 'Ended with exit 0, though it should keep running.',
      evidence: null,
      calm: false,
    };
  }
  return {
    cause: 'exit-code',
    sentence: `Ended with ${describeExitCode(exitCode)}${describeExitCause(exitCode)}.${describeEarlierOom(end)}`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}

function describeExitCause(exitCode: number): string {
  if (exitCode === 137) return ': killed from outside';
  if (exitCode === 143) return ': told to stop from outside';
  if (exitCode === 139) return ': it crashed';
  return '';
}

/** A process of it that was killed for memory at another time explains nothing, and is worth knowing. */
function describeEarlierOom({ container }: TaskEnd): string {
  if (container === null || !container.oomKilled || wasOutOfMemory(container)) return '';
  const { oomAtMs, finishedAtMs } = container;
  const beforeMs = oomAtMs === null || finishedAtMs === null ? 0 : finishedAtMs - oomAtMs;
  const when = beforeMs < 1_000 ? '' : `, ${describeDuration(beforeMs)} before`;
  return ` A process in it was killed for memory earlier${when}.`;
}

/** The kernel killed it for using more memory than it may. */
function diagnoseOutOfMemory(end: TaskEnd): Diagnosis | null {
  if (end.container === null || !wasOutOfMemory(end.container)) return null;
  const exitCode = findExitCode(end);
  const how = exitCode === null ? '' : `, ${describeExitCode(exitCode)}`;
  return {
    cause: 'out-of-memory',
    sentence: `Ran out of memory: the kernel killed it at its memory limit${how}.`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}

/** Swarm stopped it because its health check failed. */
function diagnoseKilledForHealth(end: TaskEnd): Diagnosis | null {
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
