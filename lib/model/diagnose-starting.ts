import { describeDuration } from './describe-duration.ts';
import { describeExitCode } from './describe-exit-code.ts';
import type { Diagnosis, Evidence } from './diagnosis.ts';
import { findOverdueAt } from './find-overdue-at.ts';
import { findSlowStartAt } from './find-slow-start-at.ts';
import type { HealthCheck } from './health-check.ts';
import type { Probe } from './probe.ts';
import type { ReplicaFacts } from './replica-facts.ts';
import { selectRunProbes } from './select-run-probes.ts';
import { toProbeEvidence } from './to-probe-evidence.ts';

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
    const most = describeDuration(facts.slowestStartMs ?? 0);
    const sentence = `Starting for longer than it ever took (${most} at most until now)${failed}${describeLast(last)}.`;
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
