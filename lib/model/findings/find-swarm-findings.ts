import { type Finding, NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { Quorum } from '#lib/model/contract/quorum.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { describeSwarmError } from '#lib/model/docker/swarm-info.ts';
import { findFailingManager } from '#lib/model/status/managers.ts';

export interface SwarmFindingFacts {
  /** What a manager says is wrong with the swarm as a whole; `null` when nothing is, or none has answered. */
  swarmError: string | null;
  /** Endpoints of managers. */
  managers: readonly Source[];
  quorum: Quorum;
  /** What was found before, for how long it has been so. */
  previous: readonly Finding[];
  /** Our clock, epoch ms. */
  nowMs: number;
}

/**
 * What is wrong with the swarm as a whole, first what makes all the rest doubtful. A manager that answers, and says
 * that its swarm has no leader, fails us in another way than one that is gone.
 */
export function findSwarmFindings(facts: SwarmFindingFacts): readonly Finding[] {
  const found = findUnmanaged(facts) ?? findQuorum(facts);
  if (found === null) return NO_FINDINGS;
  const before = facts.previous.find(({ cause }) => cause === found.cause);
  const sinceMs = before?.sinceMs ?? found.sinceMs ?? facts.nowMs;
  return [{ ...found, subject: { kind: 'swarm' }, sinceMs: Math.min(sinceMs, facts.nowMs), because: null }];
}

type Found = Omit<Finding, 'subject' | 'because' | 'sinceMs'> & { sinceMs: number | null };

function findUnmanaged({ swarmError, managers }: SwarmFindingFacts): Found | null {
  const failing = findFailingManager(managers);
  const isAllLost = managers.length > 0 && managers.every(({ state }) => state === 'unreachable');
  const problem = (cause: 'managers-unreachable' | 'swarm-error', sentence: string): Found => ({
    cause,
    level: 'problem',
    sentence,
    evidence: null,
    hint: null,
    sinceMs: isAllLost ? Math.max(...managers.map((manager) => manager.sinceMs)) : null,
  });
  if (isAllLost) {
    const leaderless = failing === null ? null : describeSwarmError(failing.error);
    return leaderless === null
      ? problem('managers-unreachable', `Docker cannot be reached: ${failing?.error ?? 'no manager answers'}`)
      : problem('swarm-error', leaderless);
  }
  if (swarmError === null) return null;
  const sentence =
    describeSwarmError(swarmError) ?? `The swarm is not managed: ${swarmError.replace(/\.\s*$/, '')}`;
  return problem('swarm-error', sentence);
}

function findQuorum({ quorum: { state, sentence } }: SwarmFindingFacts): Found | null {
  const facts = { sentence, evidence: null, hint: null, sinceMs: null };
  if (state === 'lost') return { ...facts, cause: 'quorum-lost', level: 'problem' };
  if (state === 'edge') return { ...facts, cause: 'quorum-edge', level: 'notice' };
  return null;
}
