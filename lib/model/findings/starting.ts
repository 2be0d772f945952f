import type { Diagnosis, Evidence } from '#lib/model/contract/diagnosis.ts';
import { selectRunProbes } from '#lib/model/docker/container.ts';
import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { findOverdueAt, findSlowStartAt } from '#lib/model/status/slow-start.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';
import { toProbeEvidence } from './evidence.ts';

/** Its container is up and waits for the first probe that passes: what is known of why it takes long. */
export function diagnoseStarting(facts: ReplicaFacts): Diagnosis | null {
  const { container, nowMs } = facts;
  if (container === null) return waiting('Starting: waiting for its first healthy probe.', null);
  if (container.healthCheckInvalid) {
    const sentence =
      'Its health check is of a kind that Docker does not run, so it will never become healthy.';
    return { cause: 'health-check-invalid', sentence, evidence: null, calm: false };
  }
  const check = container.healthCheck;
  if (check === null) return waiting('Starting.', null);
  const last = selectRunProbes(container).at(-1) ?? null;
  const evidence = last === null || last.exitCode === 0 ? null : toProbeEvidence(last);
  const overdueAtMs = findOverdueAt(facts);
  if (overdueAtMs !== null && nowMs >= overdueAtMs) {
    const sentence = `Still not healthy after all the time its health check allows (${describeAllowance(check)})${describeLast(last)}.`;
    return { cause: 'starting-overdue', sentence, evidence, calm: false };
  }
  const streak = container.health?.failingStreak ?? 0;
  const slowAtMs = findSlowStartAt(facts);
  if (slowAtMs !== null && nowMs >= slowAtMs) {
    const failed = streak === 0 ? '' : `, failed ${streak} of ${check.retries} probes`;
    const max = describeDuration(facts.slowestStartMs ?? 0);
    const sentence = `Starting for longer than it ever took (${max} at most until now)${failed}${describeLast(last)}.`;
    return { cause: 'starting-slow', sentence, evidence, calm: false };
  }
  if (streak > 0)
    return waiting(`Starting: failed ${streak} of ${check.retries} probes${describeLast(last)}.`, evidence);
  if (last !== null && last.exitCode !== 0) {
    const period = describeDuration(check.startPeriodMs);
    return waiting(
      `Starting: not healthy yet${describeLast(last)}; failures do not count in its start period of ${period}.`,
      evidence,
    );
  }
  return waiting('Starting: waiting for its first healthy probe.', evidence);
}

function waiting(sentence: string, evidence: Evidence | null): Diagnosis {
  return { cause: 'starting', sentence, evidence, calm: true };
}

function describeAllowance({ startPeriodMs, retries, intervalMs }: HealthCheck): string {
  const probes = `${retries} ${retries === 1 ? 'probe' : 'probes'} every ${describeDuration(intervalMs)}`;
  return startPeriodMs > 0 ? `start period ${describeDuration(startPeriodMs)}, then ${probes}` : probes;
}

function describeLast(last: Probe | null): string {
  if (last === null || last.exitCode === 0) return '';
  return `, last probe: ${describeExitCode(last.exitCode, last.output)}`;
}

/** A node has the task, and its container is not started yet. */
export function diagnosePreparing({ task, node }: ReplicaFacts): Diagnosis | null {
  if (task === null) return null;
  const host = node?.hostname ?? 'its node';
  const sentence =
    task.desiredState === 'ready'
      ? 'Waiting for Swarm to start it: the task before it must stop first, or a delay must pass.'
      : `Being prepared on ${host}: image, networks, volumes and container.`;
  return { cause: 'preparing', sentence, evidence: null, calm: true };
}
