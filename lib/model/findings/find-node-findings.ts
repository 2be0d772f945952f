import {
  type Finding,
  type FindingCause,
  type FindingLevel,
  NO_FINDINGS,
} from '#lib/model/contract/finding.ts';
import { NO_SIGNS, type NodeSign } from '#lib/model/contract/node-sign.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { NodeStatus } from '#lib/model/docker/node.ts';
import type { SourceState } from '#lib/model/docker/source.ts';
import { describeAge } from '#lib/model/text/describe-age.ts';

type Node = Omit<NodePicture, 'findings'> & NodeSigns;

/** What is known of a node beyond its picture. */
export interface NodeSigns {
  /** What containers on it say of it. */
  signs: readonly NodeSign[];
  createdAtMs: number | null;
  /** When the manager last changed what it lists of it. */
  updatedAtMs: number | null;
}

const NOTHING_MORE: NodeSigns = { signs: NO_SIGNS, createdAtMs: null, updatedAtMs: null };

/** Swarm itself gives up the tasks of a node that is down for so long (swarmkit manager/dispatcher, moveTasksToOrphaned). */
export const LEFT_AFTER_MS = 86_400_000;
/** A node is a manager, or is none, within seconds. */
const PROMOTION_MS = 60_000;

const MAX_REASON = 200;

/**
 * What is wrong with a node. What follows from it is not said again: the engine of a node that is down is not read
 * either. Pausing or draining a node was somebody's wish and is no finding, nor is an engine that is asked for the
 * first time.
 *
 * @param previous what was found before, for how long it has been so
 */
export function findNodeFindings(
  picture: Omit<NodePicture, 'findings'>,
  previous: readonly Finding[],
  nowMs: number,
  more: NodeSigns = NOTHING_MORE,
): readonly Finding[] {
  const node: Node = { ...picture, ...more };
  const found = [findState(node, nowMs), findEngine(node)].find((one) => one !== null) ?? null;
  const all = [
    found,
    findUnreachable(node),
    findPromotion(node, nowMs),
    findRuntime(node),
    findForgotten(node),
  ].filter((one) => one !== null);
  if (all.length === 0) return NO_FINDINGS;
  return all.map(({ sinceMs, ...rest }): Finding => {
    const before = previous.find(({ cause }) => cause === rest.cause);
    return {
      ...rest,
      subject: { kind: 'node', nodeId: node.id },
      sinceMs: before?.sinceMs ?? Math.min(sinceMs ?? nowMs, nowMs),
      because: null,
    };
  });
}

type Found = Omit<Finding, 'subject' | 'because' | 'sinceMs'> & { sinceMs: number | null };

function findState(node: Node, nowMs: number): Found | null {
  const { id, hostname, status, statusMessage, availability, engine, updatedAtMs } = node;
  const why =
    statusMessage === null || statusMessage === '' ? '' : ` (${statusMessage.slice(0, MAX_REASON)})`;
  // The engine stopped answering when the node went; one that still answers does not tell when that was.
  const sinceMs = engine.state === 'live' || engine.state === 'unconfigured' ? null : engine.sinceMs;
  const found = (
    cause: FindingCause,
    level: FindingLevel,
    sentence: string,
    hint: string | null = null,
  ): Found => ({ cause, level, sentence, hint, evidence: null, sinceMs });
  if (status === 'down' || status === 'disconnected') {
    if (availability === 'drain')
      return found('node-down', 'notice', `Drained before it went down${why}: nothing is expected of it.`);
    if (status === 'down' && engine.state === 'live') return findCutOff(node, why);
    if (isLeftNode(node, nowMs)) {
      const sentence = `Down for ${describeAge(nowMs - (updatedAtMs ?? nowMs))}${why}: nothing is expected of it any more.`;
      return found('node-left', 'notice', sentence, `If it is gone for good: docker node rm ${id}.`);
    }
    return found(
      'node-down',
      'problem',
      `No manager hears of it${why}: what ran here counts as lost, and Swarm starts it elsewhere.`,
      `Is ${hostname} up, and does its engine run? On it: systemctl status docker.`,
    );
  }
  if (status === 'unknown')
    return found(
      'node-unknown',
      'problem',
      'The manager does not know its state, as happens after a change of leader.',
    );
  return null;
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
function findCutOff({ hostname, signs, updatedAtMs }: Node, why: string): Found {
  const copies = signs.filter(({ kind }) => kind === 'copy-running').length;
  const besides =
    copies === 0
      ? 'what runs on it runs on'
      : `${copies} of its containers ${copies === 1 ? 'runs' : 'run'} on besides ${copies === 1 ? 'its replacement' : 'their replacements'}`;
  return {
    cause: 'node-cut-off',
    level: 'problem',
    sentence: `Down for Swarm${why}, but its engine answers: the managers cannot be reached from it, and ${besides}.`,
    evidence: null,
    hint: `Look at the way from ${hostname} to the managers: TCP 2377.`,
    sinceMs: updatedAtMs,
  };
}

/** Swarm counts only those that have joined Raft as managers, whatever role was asked for (moby/swarmkit#2196). */
function findPromotion(
  { hostname, role, reachability, status, updatedAtMs, createdAtMs }: Node,
  nowMs: number,
): Found | null {
  if (role !== 'manager' || reachability !== null) return null;
  const sinceMs = updatedAtMs ?? createdAtMs ?? nowMs;
  if (nowMs - sinceMs < PROMOTION_MS) return null;
  const away = status === 'down' ? ' It is down.' : '';
  return {
    cause: 'promotion-stuck',
    level: 'problem',
    sentence: `It was promoted ${describeAge(nowMs - sinceMs)} ago and has not become a manager: it does not count for the quorum.${away}`,
    evidence: null,
    hint: `Once more: docker node demote ${hostname}, wait, docker node promote ${hostname}.`,
    sinceMs,
  };
}

/** Inspects of single containers hang while the engine answers all else: their runtime does not answer the engine. */
function findRuntime({ hostname, signs }: Node): Found | null {
  const unread = signs.filter(({ kind }) => kind === 'container-unread');
  const [first] = unread;
  if (first === undefined) return null;
  const names = nameServices(unread);
  const one = unread.length === 1;
  const who = one
    ? `1 container, of ${names}, does not answer`
    : `${unread.length} containers, of ${names}, do not answer`;
  const whose = one ? 'its' : 'their';
  return {
    cause: 'runtime-stuck',
    level: 'problem',
    sentence: `${who} though the engine does: ${whose} runtime (containerd-shim) hangs, and ${whose} health is not known.`,
    evidence: null,
    hint: `On ${hostname}: docker inspect ${first.containerId.slice(0, 12)} hangs; look at its containerd-shim (pgrep -f ${first.containerId.slice(0, 12)}) and at containerd. Killing the shim ends the container.`,
    sinceMs: Math.min(...unread.map(({ sinceMs }) => sinceMs)),
  };
}

/** Said of its service too, where that still exists. */
function findForgotten({ hostname, signs }: Node): Found | null {
  const forgotten = signs.filter(({ kind }) => kind === 'container-forgotten');
  const [first] = forgotten;
  if (first === undefined) return null;
  const ofGone = forgotten.filter(({ serviceName }) => serviceName === null).length;
  const of = nameServices(forgotten);
  const ids = forgotten.slice(0, 3).map(({ containerId }) => containerId.slice(0, 12));
  return {
    cause: 'containers-forgotten',
    // What is of a service is that service's problem; what is of none has nobody else to say it.
    level: ofGone > 0 ? 'problem' : 'notice',
    sentence:
      forgotten.length === 1
        ? `A container of ${of} runs here that Swarm does not know (${ids[0]}): it may hold a port, a volume or an address.`
        : `${forgotten.length} containers of ${of} run here that Swarm does not know (${ids.join(', ')}${forgotten.length > ids.length ? ', …' : ''}): they may hold ports, volumes or addresses.`,
    evidence: null,
    hint: `On ${hostname}: docker rm -f ${ids.join(' ')}.`,
    sinceMs: Math.min(...forgotten.map(({ sinceMs }) => sinceMs)),
  };
}

const MAX_NAMES = 3;

function nameServices(signs: readonly NodeSign[]): string {
  const names = [...new Set(signs.map(({ serviceName }) => serviceName ?? 'a service that was removed'))];
  if (names.length > MAX_NAMES) return `${names.length} services`;
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function findEngine({ engine }: Node): Found | null {
  const { state, sinceMs, error } = engine;
  if (state === 'live' || state === 'connecting') return null;
  const isSetUp = state !== 'unconfigured';
  return {
    cause: isSetUp ? 'engine-unread' : 'engine-unconfigured',
    level: 'problem',
    sentence: 'Its engine cannot be read: the health of what runs here is not known.',
    evidence: isSetUp && error !== null ? { label: 'engine', text: error } : null,
    hint: isSetUp ? null : error,
    sinceMs,
  };
}

function findUnreachable({ reachability }: Node): Found | null {
  if (reachability !== 'unreachable') return null;
  return {
    cause: 'manager-unreachable',
    level: 'problem',
    sentence: 'The other managers do not reach it: it does not count for the quorum.',
    evidence: null,
    hint: null,
    sinceMs: null,
  };
}
