import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';

/** Told to stop and still there, which is expected: the reason as far as it shows. */
export function diagnoseStopping({ task, node, service }: ReplicaFacts): Diagnosis {
  const update = service.update?.state;
  const sentence =
    task?.desiredState === 'remove'
      ? 'Stopping: scaled down or removed.'
      : node?.availability === 'drain'
        ? `Stopping: ${node.hostname} is being drained.`
        : update === 'updating'
          ? 'Stopping: the update replaces it.'
          : update === 'rollback_started'
            ? 'Stopping: the rollback replaces it.'
            : 'Stopping: Swarm told it to.';
  return { cause: 'stopping', sentence, evidence: null, calm: true };
}
