import type { Starting } from '#lib/model/contract/finding-facts.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import { findLastRunProbe } from '#lib/model/docker/container.ts';
import { toPauseMs } from '#lib/model/docker/health-check.ts';
import { findProbeClue } from '#lib/model/docker/probe-clue.ts';
import { toProbeResult } from '#lib/model/docker/probe-result.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { findOverdueAt, findSlowStartAt } from '#lib/model/status/slow-start.ts';
import { toProbeEvidenceFacts } from './evidence.ts';
import { findShell } from './probes-failing.ts';

/** Its container is up and waits for the first probe that passes: what is known of why it takes long. */
export function diagnoseStarting(facts: ReplicaFacts): Reason | null {
  const { container, node, nowMs, service } = facts;
  const check = container?.healthCheck ?? null;
  const start: Starting = {
    service: service.name,
    checked: container === null ? null : check !== null,
    streak: container?.health?.failingStreak ?? 0,
    retries: check?.retries ?? 0,
    startPeriodMs: check?.startPeriodMs ?? 0,
    firstProbeAfterMs: null,
    last: null,
    clue: null,
    host: node?.hostname ?? null,
  };
  if (container?.healthCheckInvalid === true)
    return { cause: 'health-check-invalid', facts: {}, evidence: null, expected: false };
  if (container === null || check === null)
    return { cause: 'starting', facts: start, evidence: null, expected: true };
  const newest = findLastRunProbe(container);
  const failed = newest === null || newest.exitCode === 0 ? null : newest;
  const evidence = failed === null ? null : toProbeEvidenceFacts(failed);
  const known: Starting = {
    ...start,
    firstProbeAfterMs: newest === null ? toPauseMs(check, true, 0) : null,
    last: failed === null ? null : toProbeResult(failed),
    clue: failed === null ? null : findProbeClue(check.test, failed),
  };
  const shell = findShell(facts);
  const overdueAtMs = findOverdueAt(facts);
  if (overdueAtMs !== null && nowMs >= overdueAtMs)
    return {
      cause: 'starting-overdue',
      facts: { ...known, intervalMs: check.intervalMs, shell },
      evidence,
      expected: false,
    };
  const slowAtMs = findSlowStartAt(facts);
  if (slowAtMs !== null && nowMs >= slowAtMs)
    return {
      cause: 'starting-slow',
      facts: { ...known, longestMs: facts.slowestStartMs ?? 0, shell },
      evidence,
      expected: false,
    };
  return { cause: 'starting', facts: known, evidence, expected: true };
}

/** A node has the task, and its container is not started yet. */
export function diagnosePreparing({ task, node }: ReplicaFacts): Reason | null {
  if (task === null) return null;
  // The task before it must stop first, or a delay must pass.
  const waits = task.desiredState === 'ready';
  return {
    cause: 'preparing',
    facts: { host: node?.hostname ?? null, waits },
    evidence: null,
    expected: true,
  };
}
