import { type Finding, NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
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
  nodes: readonly Pick<NodePicture, 'id' | 'hostname' | 'findings'>[];
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
  const all = [findUnmanaged(facts) ?? findQuorum(facts), findLeft(facts)].filter((one) => one !== null);
  if (all.length === 0) return NO_FINDINGS;
  return all.map((found): Finding => {
    const before = facts.previous.find(({ cause }) => cause === found.cause);
    const sinceMs = Math.min(before?.sinceMs ?? found.sinceMs ?? facts.nowMs, facts.nowMs);
    return { ...found, subject: { kind: 'swarm' }, sinceMs, because: null };
  });
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

/** Nodes that are down for so long that nobody waits for them: one line for all, however many. */
function findLeft({ nodes }: SwarmFindingFacts): Found | null {
  const left = nodes.filter(({ findings }) => findings.some(({ cause }) => cause === 'node-left'));
  const [first] = left;
  if (first === undefined) return null;
  const who = left.length === 1 ? `${first.hostname} is` : `${left.length} nodes are`;
  const ids = left.slice(0, MAX_IDS).map(({ id }) => id);
  return {
    cause: 'nodes-left',
    level: 'notice',
    sentence: `${who} down since more than a day: what is wanted on every node is not wanted there any more.`,
    evidence: null,
    hint: `If gone for good: docker node rm ${ids.join(' ')}${left.length > ids.length ? ' …' : ''}.`,
    sinceMs: null,
  };
}

const MAX_IDS = 5;

function findQuorum({ quorum: { state, sentence } }: SwarmFindingFacts): Found | null {
  const facts = { sentence, evidence: null, hint: null, sinceMs: null };
  if (state === 'lost') return { ...facts, cause: 'quorum-lost', level: 'problem' };
  if (state === 'edge') return { ...facts, cause: 'quorum-edge', level: 'notice' };
  return null;
}
