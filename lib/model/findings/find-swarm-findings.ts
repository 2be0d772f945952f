import { type Finding, type FindingRef, findWorst } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { QuorumStatement } from '#lib/model/contract/statement.ts';
import type { SwarmList } from '#lib/model/contract/subject-facts.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { type RootRotation, type SwarmError, toSwarmError } from '#lib/model/docker/swarm-info.ts';
import { LEADERLESS_MS } from '#lib/model/status/age-limits.ts';
import { findFailingManager } from '#lib/model/status/managers.ts';
import { toCoarseAge } from '#lib/model/text/describe-age.ts';

export interface SwarmFacts {
  /** What a manager says is wrong with the swarm as a whole; `null` when nothing is, or none has answered. */
  swarmError: string | null;
  /** As a manager says. */
  rotation: RootRotation | null;
  /** Endpoints of managers. */
  managers: readonly Source[];
  quorum: QuorumStatement;
  nodes: readonly Pick<NodePicture, 'id' | 'hostname' | 'reachability' | 'findings'>[];
  /** The same nodes, as their managers list them. */
  listed: readonly Pick<SwarmNode, 'hostname' | 'id' | 'issuer' | 'manager' | 'status'>[];
  /** What was found of the swarm before. */
  previous: readonly Finding[];
  /** Our clock, epoch ms. */
  nowMs: number;
}

/**
 * What is wrong with the swarm as a whole, first what makes all the rest doubtful. A manager that answers, and says
 * that its swarm has no leader, fails us in another way than one that is gone.
 */
export function findSwarmFindings(facts: SwarmFacts): Found<'swarm'>[] {
  const unmanaged = findUnmanaged(facts);
  const leaderless = unmanaged === null ? findLeaderless(facts) : null;
  const doubted = unmanaged ?? (leaderless?.level === 'problem' ? leaderless : null);
  const own = doubted === null ? [leaderless, findQuorum(facts)] : [doubted];
  return [...own, findLeft(facts), findRotation(facts)].filter((one) => one !== null);
}

const BARE = { evidence: null, because: null } as const;

function findUnmanaged(facts: SwarmFacts): Found<'swarm'> | null {
  const { swarmError, managers } = facts;
  const failing = findFailingManager(managers);
  const isAllLost = managers.length > 0 && managers.every(({ state }) => state === 'unreachable');
  const words = isAllLost ? (failing?.error ?? null) : swarmError;
  const error = words === null ? null : toSwarmError(words);
  if (isAllLost) {
    const problem = {
      level: 'problem',
      sinceMs: Math.max(...managers.map((manager) => manager.sinceMs)),
      ...BARE,
    } as const;
    return words === null || error === null
      ? { cause: 'managers-unreachable', facts: { error: words, list: findUnread(words) }, ...problem }
      : { ...problem, ...toSaid(error, words, facts) };
  }
  if (words === null) return null;
  return { level: 'problem', sinceMs: null, ...BARE, ...toSaid(error, words, facts) };
}

/**
 * Without a quorum is what most people look for by its name; all else is an error of the swarm. A manager says the same
 * during an election, which is over within seconds of the first such error; and once it said so, one that takes too long says nothing new.
 */
function toSaid(error: SwarmError | null, words: string, { previous, nowMs }: SwarmFacts) {
  const before = findManaging(previous);
  const wasSaid = before?.cause === 'no-quorum';
  const isLong = before !== null && nowMs - before.sinceMs >= LEADERLESS_MS;
  if (
    before !== null &&
    ((error === 'no-quorum' && (wasSaid || isLong)) || (error === 'timed-out' && wasSaid))
  )
    return { cause: 'no-quorum', facts: {}, sinceMs: before.sinceMs } as const;
  if (error === 'no-quorum')
    return { cause: 'swarm-error', facts: { error: 'no-leader', words }, sinceMs: null } as const;
  return { cause: 'swarm-error', facts: { error, words } } as const;
}

/**
 * Enough managers are there, and by the list of the one that answers none of those leads: for the moment of an election that is
 * so, and a manager that is behind says it a little longer. Another error of the swarm before it says nothing of that.
 */
function findLeaderless({ quorum, listed, previous, nowMs }: SwarmFacts): Found<'swarm'> | null {
  const { managers, reachable, needed } = quorum;
  // One that is called down, and is reached, may lead all the same: the list says which.
  const leads = listed.some(
    ({ manager }) => manager?.leader === true && manager.reachability === 'reachable',
  );
  if (managers === 0 || reachable < needed || leads) return null;
  const sinceMs = findLeaderlessBefore(previous)?.sinceMs ?? nowMs;
  const level = nowMs - sinceMs < LEADERLESS_MS ? 'notice' : 'problem';
  return { cause: 'none-leads', level, facts: {}, sinceMs, ...BARE };
}

function findLeaderlessBefore(findings: readonly Finding[]): Finding | null {
  return findings.find(({ cause }) => cause === 'none-leads' || cause === 'no-quorum') ?? null;
}

function findManaging(findings: readonly Finding[]): Finding | null {
  return findings.find(({ cause }) => cause === 'swarm-error' || cause === 'no-quorum') ?? null;
}

/** Our clock, when a swarm that has no leader is said to have too few managers; infinite: it does not come to that. */
export function findLeaderlessDueMs(findings: readonly Finding[], nowMs: number): number {
  const found = findManaging(findings) ?? findLeaderlessBefore(findings);
  const dueMs = (found?.sinceMs ?? Number.POSITIVE_INFINITY) + LEADERLESS_MS;
  return dueMs > nowMs ? dueMs : Number.POSITIVE_INFINITY;
}

/** The list that a manager answers with something else than that list, in our own client's sentences. */
function findUnread(words: string | null): SwarmList | null {
  const list = / \/(nodes|services|tasks)(?=[ ,.?])/.exec(words ?? '')?.[1];
  return (list as SwarmList | undefined) ?? null;
}

/**
 * The root certificate is being changed until every node that is listed has a certificate of the new one, also one that is down
 * (swarmkit ca/reconciler.go): one that is gone for good holds that up for ever, and nothing else says so. `/info` alone tells:
 * certificates of different issuers are also those of an external authority that has two.
 */
function findRotation({ rotation, listed }: SwarmFacts): Found<'swarm'> | null {
  const issuers = new Set(listed.flatMap(({ issuer }) => issuer ?? []));
  if (rotation === null) return null;
  const wanted = rotation.issuer;
  const left =
    issuers.size === 0 || wanted === null ? null : listed.filter(({ issuer }) => issuer !== wanted);
  if (left?.length === 0) return null;
  const down = left?.filter(({ status }) => status === 'down') ?? [];
  const facts = {
    nodes: listed.length,
    left: left && {
      count: left.length,
      hosts: left.slice(0, MAX_HOSTS).map(({ hostname }) => hostname),
      down: down.slice(0, MAX_IDS).map(({ id }) => id),
    },
  };
  return { cause: 'root-rotating', level: 'notice', facts, sinceMs: null, ...BARE };
}

const MAX_HOSTS = 3;

/** Nodes that are down for so long that nobody waits for them: one line for all, however many. */
function findLeft({ nodes }: SwarmFacts): Found<'swarm'> | null {
  const left = nodes.filter(({ findings }) => findings.some(({ cause }) => cause === 'node-left'));
  const [first] = left;
  if (first === undefined) return null;
  const ids = left.slice(0, MAX_IDS).map(({ id }) => id);
  const facts = { count: left.length, firstHost: first.hostname, ids };
  return { cause: 'nodes-left', level: 'notice', facts, sinceMs: null, ...BARE };
}

const MAX_IDS = 5;

/** One more loss is a problem where a manager is lost already; of two managers that are both there it is only so. */
function findQuorum({ quorum, nodes }: SwarmFacts): Found<'swarm'> | null {
  const found = { facts: quorum, sinceMs: null, ...BARE };
  if (quorum.state === 'lost') return { cause: 'quorum-lost', level: 'problem', ...found };
  if (quorum.state !== 'edge') return null;
  if (quorum.reachable === quorum.managers) return { cause: 'quorum-edge', level: 'notice', ...found };
  return { cause: 'quorum-edge', level: 'problem', ...found, because: findLostManager(nodes) };
}

/** What is wrong with the first manager that is lost; `null`: that is expected. */
function findLostManager(nodes: SwarmFacts['nodes']): FindingRef | null {
  for (const { reachability, findings } of nodes) {
    const worst = findWorst(findings.filter(({ level }) => level === 'problem'));
    if (reachability === 'unreachable' && worst !== null)
      return { cause: worst.cause, subject: worst.subject };
  }
  return null;
}

/** What is known of the swarm's networks is as old as this: a socket proxy may refuse them alone. */
export function findUnlistedNetworks(
  unread: { error: string; listedAtMs: number | null } | null,
  nowMs: number,
): Found<'swarm'> | null {
  if (unread === null) return null;
  const { error, listedAtMs } = unread;
  const facts = { error, ageMs: listedAtMs === null ? null : toCoarseAge(nowMs - listedAtMs) };
  return { cause: 'networks-unlisted', level: 'notice', facts, sinceMs: listedAtMs, ...BARE };
}
