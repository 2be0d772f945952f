import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { selectRunProbes } from '#lib/model/docker/select-run-probes.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';
import { toProbeEvidence } from './to-probe-evidence.ts';

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
