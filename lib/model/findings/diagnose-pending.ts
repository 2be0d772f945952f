import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { parseSchedulingError } from '#lib/model/docker/parse-scheduling-error.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { toEvidenceText } from '#lib/model/text/to-evidence-text.ts';

/** No node has it yet: the scheduler's reasons in plain words. */
export function diagnosePending({ task, service, lostWith }: ReplicaFacts): Diagnosis | null {
  if (task === null) return null;
  if (task.error === null || task.error === '') {
    const sentence =
      task.state === 'new'
        ? 'Waiting for Swarm to set up its networks.'
        : 'Waiting for Swarm to choose a node.';
    return { cause: 'scheduling', sentence, evidence: null, calm: true };
  }
  const reasons = parseSchedulingError(task.error, service.constraints);
  const evidence = { label: 'Scheduler', text: toEvidenceText(task.error) };
  if (lostWith !== null) {
    const why = reasons === null || reasons.length === 0 ? '' : `: ${reasons.join(', ')}`;
    const sentence = `Lost with its node: ${lostWith.hostname} is down, and no other node can take it${why}.`;
    return { cause: 'node-down', sentence, evidence, calm: false };
  }
  const sentence =
    reasons === null
      ? `Waiting for a node: ${toEvidenceText(task.error)}.`
      : reasons.length === 0
        ? 'No node can take it.'
        : `No node can take it: ${reasons.join(', ')}.`;
  return { cause: reasons === null ? 'scheduling' : 'no-suitable-node', sentence, evidence, calm: false };
}
