import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { selectRunProbes } from '#lib/model/docker/select-run-probes.ts';
import { classifyProbe } from '#lib/model/status/classify-probe.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';
import { toProbeEvidence } from './to-probe-evidence.ts';

/** Still called healthy, but its last probes failed: how many of how many, and what one more means. */
export function diagnoseFailing({ container }: ReplicaFacts): Diagnosis | null {
  if (container?.health == null) return null;
  const streak = container.health.failingStreak;
  const retries = container.healthCheck?.retries ?? streak + 1;
  const last = selectRunProbes(container).findLast((probe) => probe.exitCode !== 0);
  const result = last === undefined ? '' : ` (${describeExitCode(last.exitCode, last.output)})`;
  const left = Math.max(1, retries - streak);
  const next = left === 1 ? 'one more failure' : `${left} more failures in a row`;
  return {
    cause: last === undefined ? 'probe-failing' : classifyProbe(last),
    sentence: `Failed ${streak} of ${retries} probes${result}; ${next} and Swarm replaces it.`,
    evidence: last === undefined ? null : toProbeEvidence(last),
    calm: false,
  };
}
