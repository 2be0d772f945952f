import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { selectRunProbes } from '#lib/model/docker/container.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { classifyProbe } from '#lib/model/status/probes.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';
import { toProbeEvidence } from './evidence.ts';

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

/**
 * Unhealthy and not yet gone. Swarm acts on the event alone and has no second chance: once missed, it never acts
 * (moby executor/container/controller.go, checkHealth).
 */
export function diagnoseUnhealthy({ container, service }: ReplicaFacts, stuck: boolean): Diagnosis | null {
  if (container?.health == null) return null;
  const { failingStreak } = container.health;
  const retries = container.healthCheck?.retries ?? failingStreak;
  const last = selectRunProbes(container).findLast((probe) => probe.exitCode !== 0);
  const result = last === undefined ? '' : `, the last with ${describeExitCode(last.exitCode, last.output)}`;
  const times = Math.max(failingStreak, retries);
  const failed = `Failed its health check ${times === 1 ? 'once' : `${times} times in a row`} (${retries} allowed)${result}.`;
  const evidence = last === undefined ? null : toProbeEvidence(last);
  if (stuck) {
    const sentence = `${failed} Swarm has missed it and will not act: replace it with docker service update --force ${service.name}.`;
    return { cause: 'unhealthy-stuck', sentence, evidence, calm: false };
  }
  const then = service.restart.condition === 'none' ? 'will not start a new one' : 'will start a new one';
  return {
    cause: 'unhealthy',
    sentence: `${failed} Swarm is stopping it and ${then}.`,
    evidence,
    calm: false,
  };
}

/** What to do about a probe that cannot run or has too little time; `null` about one that ran and said no. */
export function adviseProbe(probe: Probe | undefined, service: Service): string | null {
  if (probe === undefined || probe.exitCode === 0) return null;
  switch (classifyProbe(probe)) {
    case 'probe-timeout':
      return `If it is only slow, give its probes more time: docker service update --health-timeout TIME ${service.name}.`;
    case 'probe-command':
      return 'Correct the command of its health check: --health-cmd of the service, or HEALTHCHECK of the image.';
    case 'probe-failing':
      return null;
  }
}
