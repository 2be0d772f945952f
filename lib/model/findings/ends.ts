import type { EndCause, Ended, EndReason } from '#lib/model/contract/finding-facts.ts';
import type { EvidenceFacts } from '#lib/model/contract/reason.ts';
import { type Container, selectRunProbes } from '#lib/model/docker/container.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { findProbeClue } from '#lib/model/docker/probe-clue.ts';
import { toProbeResult } from '#lib/model/docker/probe-result.ts';
import {
  findExitCode,
  type TaskEnd,
  wasKilledForHealth,
  wasOutOfMemory,
} from '#lib/model/docker/task-end.ts';
import { wasNeverHealthy } from '#lib/model/status/bad-ends.ts';
import { findDockerError } from './docker-errors.ts';
import { toErrorEvidenceFacts, toProbeEvidenceFacts } from './evidence.ts';
import { findImageFault } from './image-fault.ts';

type Rule = (end: TaskEnd, ended: Ended) => EndReason | null;

/** From the most telling to the least. */
const RULES: readonly Rule[] = [
  findKill,
  findDockerError,
  (end, ended) => {
    const fault = findImageFault(end);
    return fault && { cause: 'image-missing', facts: { ...ended, ...fault } };
  },
  findOutOfMemory,
  findNotStarted,
  findExit,
];

export type DiagnosedEnd = EndReason & { evidence: EvidenceFacts | null; expected: false };

/**
 * Why a task ended badly, by the first rule that applies.
 *
 * @param nextAfterMs Swarm starts a new one after this delay; `null` where that goes without saying
 */
export function diagnoseEnd(end: TaskEnd, nextAfterMs: number | null = null): DiagnosedEnd {
  const ended: Ended = { service: end.service.name, task: end.task.id, host: end.hostname, nextAfterMs };
  for (const rule of RULES) {
    const reason = rule(end, ended);
    if (reason !== null) return { ...reason, evidence: findEvidence(end, reason.cause), expected: false };
  }
  const how = end.task.state === 'rejected' ? 'rejected' : 'unknown';
  return {
    cause: 'ended',
    facts: { ...ended, how, hasRun: findExitCode(end) !== null },
    evidence: toErrorEvidenceFacts(end),
    expected: false,
  };
}

function findEvidence(end: TaskEnd, cause: EndCause): EvidenceFacts | null {
  const last = cause === 'killed-for-health' ? findLastFailed(end) : null;
  return last === null ? toErrorEvidenceFacts(end) : toProbeEvidenceFacts(last);
}

/** The last that failed by itself; what was killed with its container tells no more than that. */
function findLastFailed({ container }: TaskEnd): Probe | null {
  if (container === null) return null;
  const failed = selectRunProbes(container).filter(({ exitCode }) => exitCode !== 0);
  return failed.findLast((probe) => !wasKilledWith(probe, container)) ?? failed.at(-1) ?? null;
}

const SIGKILL = 137;

function wasKilledWith({ exitCode, endedAtMs }: Probe, { finishedAtMs }: Container): boolean {
  return exitCode === SIGKILL && finishedAtMs !== null && endedAtMs >= finishedAtMs - 1_000;
}

/** Swarm stopped it because its health check failed. */
function findKill(end: TaskEnd, ended: Ended): EndReason | null {
  const { task, container } = end;
  if (!wasKilledForHealth(task, container)) return null;
  const last = findLastFailed(end);
  const facts = {
    ...ended,
    never: wasNeverHealthy(end),
    streak: container?.health?.failingStreak ?? 0,
    last: last === null ? null : toProbeResult(last),
    clue: last === null ? null : findProbeClue(container?.healthCheck?.test ?? [], last),
  };
  return { cause: 'killed-for-health', facts };
}

/** The kernel killed it for using more memory than it may. */
function findOutOfMemory(end: TaskEnd, ended: Ended): EndReason | null {
  if (end.container === null || !wasOutOfMemory(end.container)) return null;
  return { cause: 'out-of-memory', facts: { ...ended, when: 'running', exitCode: findExitCode(end) } };
}

/** The executor's own words for it (moby executor/container/controller.go, Start); why is in a text that no rule knows. */
function findNotStarted(end: TaskEnd, ended: Ended): EndReason | null {
  if (!/^starting container failed/.test(end.task.error ?? '')) return null;
  return { cause: 'ended', facts: { ...ended, how: 'not-started', hasRun: findExitCode(end) !== null } };
}

/** It ended by itself or by a signal, and nothing says more than its exit code. */
function findExit(end: TaskEnd, ended: Ended): EndReason | null {
  const exitCode = findExitCode(end);
  if (exitCode === null) return null;
  if (exitCode === 0) return { cause: 'ended', facts: { ...ended, how: 'exit-0', hasRun: true } };
  const { container, service } = end;
  const facts = {
    ...ended,
    exitCode,
    oomBeforeMs: findEarlierOom(end),
    lastWords: container?.lastWords ?? null,
    maxPids: service.limits.pids,
  };
  return { cause: 'exit-code', facts };
}

/** A process of it that was killed for memory at another time explains nothing, and is worth knowing. */
function findEarlierOom({ container }: TaskEnd): number | null {
  if (container === null || !container.oomKilled || wasOutOfMemory(container)) return null;
  const { oomAtMs, finishedAtMs } = container;
  return oomAtMs === null || finishedAtMs === null ? 0 : Math.max(0, finishedAtMs - oomAtMs);
}
