import type { Found } from '#lib/model/contract/found.ts';
import { NO_SIGNS, type NodeSign } from '#lib/model/contract/node-sign.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { ContainersOnNode } from '#lib/model/contract/subject-facts.ts';
import type { NodeStatus } from '#lib/model/docker/node.ts';
import type { SourceState } from '#lib/model/docker/source.ts';
import { toCoarseAge } from '#lib/model/text/describe-age.ts';

type Node = Omit<NodePicture, 'findings'> & NodeSigns;

/** What is known of a node beyond its picture. */
export interface NodeSigns {
  /** What containers on it say of it. */
  signs: readonly NodeSign[];
  /** Its engine says that it is in no swarm any more. */
  left: boolean;
  createdAtMs: number | null;
  /** When the manager last changed what it lists of it. */
  updatedAtMs: number | null;
  /** What its manager says of it and this version does not know. */
  notUnderstood: readonly string[];
  /** Another node's name, by which its managers list it now and then. */
  listedAs: string | null;
}

/** Nothing is known beyond its picture. */
export const NOTHING_MORE: NodeSigns = {
  signs: NO_SIGNS,
  left: false,
  createdAtMs: null,
  updatedAtMs: null,
  notUnderstood: [],
  listedAs: null,
};

/** Swarm itself gives up the tasks of a node that is down for so long (swarmkit manager/dispatcher, moveTasksToOrphaned). */
export const LEFT_AFTER_MS = 86_400_000;
/** So long at most a new leader waits for a node's first word (swarmkit manager/dispatcher, six heartbeats), and as long again. */
const CHANGE_OF_LEADER_MS = 60_000;
/** A node is a manager, or is none, within seconds. */
const PROMOTION_MS = 60_000;

const MAX_REASON = 200;

/**
 * What is wrong with a node. What follows from it is not said again: the engine of a node that is down is not read
 * either. Pausing or draining a node was asked for and is no finding, nor is an engine that is asked for the
 * first time.
 */
export function findNodeFindings(
  picture: Omit<NodePicture, 'findings'>,
  nowMs: number,
  more: NodeSigns,
): Found<'node'>[] {
  const node: Node = { ...picture, ...more };
  const state = findState(node, nowMs);
  return [
    state,
    // That the managers do not know a node explains nothing of its engine.
    state === null || state.cause === 'node-unknown' ? findEngine(node) : null,
    findUnreachable(node),
    findPromotion(node, nowMs),
    findDemotion(node, nowMs),
    findRuntime(node),
    findForgotten(node),
    findClock(node),
    findOdd(node),
    findListedAs(node),
  ].filter((one) => one !== null);
}

/** Rests on no text of another's, and is explained by nothing else. */
const BARE = { evidence: null, because: null } as const;

function findState(node: Node, nowMs: number): Found<'node'> | null {
  const { id, hostname: host, status, availability, engine, updatedAtMs, left } = node;
  const message = toMessage(node);
  // The engine stopped answering when the node went; one that still answers does not tell when that was.
  const sinceMs = engine.state === 'live' || engine.state === 'unconfigured' ? null : engine.sinceMs;
  if (status === 'down') {
    const drained = availability === 'drain';
    if (!drained && engine.state === 'live') return findCutOff(node);
    if (!drained && isLeftNode(node, nowMs)) {
      const facts = { node: id, message, ageMs: toCoarseAge(nowMs - (updatedAtMs ?? nowMs)) };
      return { cause: 'node-left', level: 'notice', facts, sinceMs, ...BARE };
    }
    const level = drained ? 'notice' : 'problem';
    const evidence = engine.state === 'unreachable' ? toEngineEvidence(engine) : null;
    const facts = { host, node: id, message, drained, left };
    return { cause: 'node-down', level, facts, sinceMs, evidence, because: null };
  }
  if (status === 'ready') return null;
  // Swarm takes nothing away from one that is disconnected until its time is over, and it is down (swarmkit
  // manager/dispatcher, markNodeNotReady; orchestrator/task.go, InvalidNode).
  const lastsMs = updatedAtMs === null ? 0 : nowMs - updatedAtMs;
  const ageMs = lastsMs < CHANGE_OF_LEADER_MS ? null : toCoarseAge(lastsMs);
  const facts = { host, away: status === 'disconnected', message, ageMs };
  return { cause: 'node-unknown', level: 'problem', facts, sinceMs, ...BARE };
}

/** The manager's word on it. */
function toMessage({ statusMessage }: Node): string | null {
  return statusMessage === null || statusMessage === '' ? null : statusMessage.slice(0, MAX_REASON);
}

/** Down for so long that it is taken for one that left: nothing waits for it any more. */
export function isLeftNode(
  {
    status,
    engine,
    updatedAtMs,
  }: { status: NodeStatus; engine: { state: SourceState } | null; updatedAtMs: number | null },
  nowMs: number,
): boolean {
  if (status !== 'down' || engine?.state === 'live' || updatedAtMs === null) return false;
  return nowMs - updatedAtMs >= LEFT_AFTER_MS;
}

/** Only the way between it and the managers is cut: what runs on it runs on, besides its replacements. */
function findCutOff(node: Node): Found<'node'> {
  const copies = node.signs.filter(({ kind }) => kind === 'copy-running').length;
  const facts = { host: node.hostname, message: toMessage(node), copies };
  return { cause: 'node-cut-off', level: 'problem', facts, sinceMs: node.updatedAtMs, ...BARE };
}

/** Swarm counts only those that have joined Raft as managers, whatever role was asked for (moby/swarmkit#2196). */
function findPromotion(
  { hostname: host, role, reachability, status, updatedAtMs, createdAtMs }: Node,
  nowMs: number,
): Found<'node'> | null {
  if (role !== 'manager' || reachability !== null) return null;
  const sinceMs = updatedAtMs ?? createdAtMs ?? nowMs;
  if (nowMs - sinceMs < PROMOTION_MS) return null;
  const facts = { host, ageMs: toCoarseAge(nowMs - sinceMs), down: status === 'down' };
  return { cause: 'promotion-stuck', level: 'problem', facts, sinceMs, ...BARE };
}

/**
 * It is taken out of Raft only where the others have a majority without it, and are reached (swarmkit manager/role_manager,
 * CanRemoveMember): until then it is one of those who have to agree, though it is listed as a worker.
 */
function findDemotion(
  { hostname: host, role, reachability, status, updatedAtMs, createdAtMs }: Node,
  nowMs: number,
): Found<'node'> | null {
  if (role !== 'worker' || reachability === null) return null;
  const sinceMs = updatedAtMs ?? createdAtMs ?? nowMs;
  if (nowMs - sinceMs < PROMOTION_MS) return null;
  const down = status === 'down' || reachability === 'unreachable';
  const facts = { host, ageMs: toCoarseAge(nowMs - sinceMs), down };
  return { cause: 'demotion-stuck', level: 'problem', facts, sinceMs, ...BARE };
}

/** Below this nobody notices; certificates of Swarm's are backdated by an hour (swarmkit ca/certificates.go). */
const CLOCK_MS = 60_000;

/** It is taken out of all times that are shown: what is left of it is in logs, and in certificates that are not valid yet. */
function findClock({ hostname: host, engine }: Node): Found<'node'> | null {
  const { state, skewMs } = engine;
  if (state !== 'live' || Math.abs(skewMs) < CLOCK_MS) return null;
  // Measured to a second: an hour less a moment is an hour.
  const facts = { host, aheadMs: Math.sign(skewMs) * toCoarseAge(Math.abs(skewMs) + CLOCK_MS / 2) };
  return { cause: 'clock-off', level: 'notice', facts, sinceMs: null, ...BARE };
}

/** What shows that the runtime of a container hangs, the plainest first. */
const RUNTIME_SIGNS = [
  { kind: 'container-unread', seen: 'inspect' },
  { kind: 'probe-hangs', seen: 'probes' },
  { kind: 'runtime-silent', seen: 'usage' },
] as const;

/** Inspects or probes of single containers hang while the engine does all else: their runtime does not answer the engine. */
function findRuntime({ hostname: host, signs }: Node): Found<'node'> | null {
  for (const { kind, seen } of RUNTIME_SIGNS) {
    const hanging = signs.filter((sign) => sign.kind === kind);
    if (hanging.length === 0) continue;
    const facts = { host, containers: toContainers(hanging), seen };
    const sinceMs = findFirst(hanging);
    return { cause: 'runtime-stuck', level: 'problem', facts, sinceMs, ...BARE };
  }
  return null;
}

/** Reported of its service too, where that still exists. */
function findForgotten({ hostname: host, signs }: Node): Found<'node'> | null {
  const forgotten = signs.filter(({ kind }) => kind === 'container-forgotten');
  if (forgotten.length === 0) return null;
  // What is of a service is that service's problem; what is of none is reported of the node alone.
  const isOfGone = forgotten.some(({ serviceName }) => serviceName === null);
  return {
    cause: 'containers-forgotten',
    level: isOfGone ? 'problem' : 'notice',
    facts: { host, containers: toContainers(forgotten) },
    sinceMs: findFirst(forgotten),
    ...BARE,
  };
}

/** A node is its id, whatever it is called (moby/moby#46462). */
function findListedAs({ id: node, listedAs }: Node): Found<'node'> | null {
  if (listedAs === null) return null;
  return { cause: 'name-flips', level: 'notice', facts: { node, listedAs }, sinceMs: null, ...BARE };
}

/** Words of a newer Docker than this version knows: nothing is guessed of them. */
function findOdd({ notUnderstood: words }: Node): Found<'node'> | null {
  if (words.length === 0) return null;
  return { cause: 'node-not-understood', level: 'notice', facts: { words }, sinceMs: null, ...BARE };
}

const MAX_IDS = 3;

function toContainers(signs: readonly NodeSign[]): ContainersOnNode {
  return {
    count: signs.length,
    ids: signs.slice(0, MAX_IDS).map(({ containerId }) => containerId.slice(0, 12)),
    services: [...new Set(signs.map(({ serviceName }) => serviceName))],
  };
}

function findFirst(signs: readonly NodeSign[]): number {
  return Math.min(...signs.map(({ sinceMs }) => sinceMs));
}

function findEngine({ hostname: host, engine }: Node): Found<'node'> | null {
  const { state, sinceMs, error } = engine;
  if (state === 'live' || state === 'connecting') return null;
  const found = { level: 'problem', sinceMs, because: null } as const;
  if (state === 'unconfigured')
    return { cause: 'engine-unconfigured', facts: { advice: error }, evidence: null, ...found };
  return { cause: 'engine-unread', facts: { host }, evidence: toEngineEvidence(engine), ...found };
}

/** Why it cannot be read, in the words of whoever tried: of a node that is down, that it left the swarm. */
function toEngineEvidence({ error }: Node['engine']) {
  return error === null ? null : { from: { kind: 'engine' as const }, text: error };
}

function findUnreachable({ hostname: host, reachability }: Node): Found<'node'> | null {
  if (reachability !== 'unreachable') return null;
  return { cause: 'manager-unreachable', level: 'problem', facts: { host }, sinceMs: null, ...BARE };
}
