import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';

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
