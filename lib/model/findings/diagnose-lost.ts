import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';

/** Its node is gone, for now or for good. */
export function diagnoseLost({ task, node, service }: ReplicaFacts): Diagnosis | null {
  if (task?.state === 'orphaned') {
    const sentence = 'Lost with its node, which was down for more than a day or was removed from the swarm.';
    return { cause: 'orphaned', sentence, evidence: null, calm: false };
  }
  if (node === null) return null;
  const message = node.statusMessage === null || node.statusMessage === '' ? '' : ` (${node.statusMessage})`;
  const isByNode = service.mode.kind === 'global' || service.mode.kind === 'global-job';
  const next = isByNode ? 'it comes back with the node' : 'Swarm starts a new one on another node';
  return {
    cause: 'node-down',
    sentence: `Lost with its node: ${node.hostname} is down${message}; ${next}.`,
    evidence: null,
    calm: false,
  };
}
