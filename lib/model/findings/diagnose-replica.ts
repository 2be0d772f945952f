import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { ReplicaDecision } from '#lib/model/status/decide-replica-status.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { diagnoseBetweenEnds } from './diagnose-between-ends.ts';
import { diagnoseComplete } from './diagnose-complete.ts';
import { diagnoseFailed } from './diagnose-failed.ts';
import { diagnoseFailing } from './diagnose-failing.ts';
import { diagnoseLost } from './diagnose-lost.ts';
import { diagnosePaused } from './diagnose-paused.ts';
import { diagnosePending } from './diagnose-pending.ts';
import { diagnosePreparing } from './diagnose-preparing.ts';
import { diagnoseRestarting } from './diagnose-restarting.ts';
import { diagnoseStarting } from './diagnose-starting.ts';
import { diagnoseStopping } from './diagnose-stopping.ts';
import { diagnoseUnhealthy } from './diagnose-unhealthy.ts';
import { diagnoseUnknown } from './diagnose-unknown.ts';

/** Why a replica is as it is, by the first rule that applies; `null` when there is nothing to say. */
export function diagnoseReplica(facts: ReplicaFacts, { status, stuck }: ReplicaDecision): Diagnosis | null {
  switch (status) {
    case 'healthy':
    case 'running':
      return diagnoseBetweenEnds(facts);
    case 'failing':
      return diagnoseFailing(facts);
    case 'unhealthy':
      return diagnoseUnhealthy(facts, stuck);
    case 'failed':
      return diagnoseFailed(facts);
    case 'lost':
      return diagnoseLost(facts);
    case 'unknown':
      return diagnoseUnknown(facts);
    case 'paused':
      return diagnosePaused();
    case 'pending':
      return diagnosePending(facts);
    case 'preparing':
      return diagnoseRestarting(facts) ?? diagnosePreparing(facts);
    case 'starting':
      return diagnoseUpcoming(facts);
    case 'stopping':
      return diagnoseStopping(facts);
    case 'complete':
      return diagnoseComplete();
  }
}

/** What is wrong now says more than what was wrong before; a start that only waits, or takes long, says less. */
function diagnoseUpcoming(facts: ReplicaFacts): Diagnosis | null {
  const starting = diagnoseStarting(facts);
  const isWrong = starting !== null && !starting.calm && starting.cause !== 'starting-slow';
  return isWrong ? starting : (diagnoseRestarting(facts) ?? starting);
}
