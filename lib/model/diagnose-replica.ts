import type { ReplicaDecision } from './decide-replica-status.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { ReplicaFacts } from './replica-facts.ts';

/** Why a replica is as it is, by the first rule that applies; `null` when there is nothing to say. */
export function diagnoseReplica(_facts: ReplicaFacts, _decision: ReplicaDecision): Diagnosis | null {
  return null;
}
