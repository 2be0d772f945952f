import type { Reason } from '#lib/model/contract/reason.ts';
import { findLoss } from '#lib/model/status/loss.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { diagnosePreparing, diagnoseStarting } from './starting.ts';

/** It is on its way up because the one before was lost with its node, and is missing until it is up; `null`: it was not. */
export function diagnoseAfterLoss(facts: ReplicaFacts): Reason | null {
  const loss = findLoss(facts);
  if (loss === null || facts.task === null) return null;
  const { node, now } = loss;
  const meanwhile = findMeanwhile(facts);
  if (meanwhile === null) return null;
  return {
    cause: 'starting-after-loss',
    facts: { host: node?.hostname ?? null, now, meanwhile },
    evidence: null,
    expected: false,
  };
}

/** What it does now, where that would be all that is said without the loss. */
function findMeanwhile(facts: ReplicaFacts) {
  const { task, container } = facts;
  if (task?.nodeId === null) {
    const waitsFor = task.state === 'new' ? ('networks' as const) : ('node' as const);
    return { cause: 'scheduling' as const, facts: { waitsFor, words: null } };
  }
  const isUp = container !== null && container.state !== 'created' && facts.engine?.state === 'live';
  const reason = isUp || task?.state === 'starting' ? diagnoseStarting(facts) : diagnosePreparing(facts);
  if (reason?.cause === 'starting') return { cause: reason.cause, facts: reason.facts };
  if (reason?.cause === 'starting-slow') return { cause: 'starting' as const, facts: reason.facts };
  return reason?.cause === 'preparing' ? { cause: reason.cause, facts: reason.facts } : null;
}
