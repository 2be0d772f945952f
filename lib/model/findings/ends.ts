import type { Cause, Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { selectRunProbes } from '#lib/model/docker/container.ts';
import { findExitCode, type TaskEnd, wasKilledForHealth } from '#lib/model/docker/task-end.ts';
import { findMissingPath, findTakenPort } from '#lib/model/docker/task-error.ts';
import { wasNeverHealthy } from '#lib/model/status/bad-ends.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';
import {
  diagnoseCommand,
  diagnoseImage,
  diagnoseMount,
  diagnoseNetwork,
  diagnosePort,
} from './cannot-start.ts';
import { toErrorEvidence, toProbeEvidence } from './evidence.ts';
import { adviseProbe } from './probes-failing.ts';

/** From the most telling to the least: a port in use is also a container that failed to start. */
const RULES: readonly ((end: TaskEnd) => Diagnosis | null)[] = [
  diagnoseKilledForHealth,
  diagnoseOutOfMemory,
  diagnosePort,
  diagnoseMount,
  diagnoseNetwork,
  diagnoseContainerGone,
  diagnoseCommand,
  diagnoseImage,
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
    sentence: isRejected ? 'Its node could not prepare it.' : 'Failed, and its exit code is not known.',
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
      return `Let it use less, or raise its limit: docker service update --limit-memory SIZE ${service.name}.`;
    case 'port-in-use': {
      const port = findTakenPort(task.error ?? '');
      return port === null ? null : `See what holds it, on ${host}: ss -ltnp 'sport = :${port}'.`;
    }
    case 'mount-missing': {
      const path = findMissingPath(task.error ?? '');
      return path === null
        ? null
        : `Make it on ${host}, or keep the service to nodes that have it with a placement constraint.`;
    }
    case 'image-missing':
      return `Try it on ${host}: docker pull ${task.image === '' ? service.image : task.image}.`;
    case 'exit-code':
    case 'ended': {
      const hasRun = findExitCode(end) !== null;
      return hasRun ? `Read its last words: docker service logs --tail 50 ${task.id}.` : null;
    }
    default:
      return null;
  }
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
    sentence: `Ended with ${describeExitCode(exitCode)}${describeExitCause(exitCode)}.`,
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

/** The kernel killed a process of the container for using more memory than it may. */
function diagnoseOutOfMemory(end: TaskEnd): Diagnosis | null {
  const isStated = /\boom[- ]?kill|out of memory|OOMKilled/i.test(end.task.error ?? '');
  if (end.container?.oomKilled !== true && !isStated) return null;
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

/**
 * Its container was no longer there: someone removed it, or the engine restarted, which destroys the containers of
 * tasks (error of the task afterwards: `No such container: web.1.<task>`).
 */
function diagnoseContainerGone(end: TaskEnd): Diagnosis | null {
  if (!/No such container|container destroyed/i.test(end.task.error ?? '')) return null;
  return {
    cause: 'container-gone',
    sentence: 'Its container disappeared: the engine was restarted, or someone removed it.',
    evidence: toErrorEvidence(end),
    calm: false,
  };
}
