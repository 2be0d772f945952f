import {
  type Finding,
  type FindingCause,
  type FindingLevel,
  NO_FINDINGS,
} from '#lib/model/contract/finding.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';

type Node = Omit<NodePicture, 'findings'>;

const MAX_REASON = 200;

/**
 * What is wrong with a node. What follows from it is not said again: the engine of a node that is down is not read
 * either. Pausing or draining a node was somebody's wish and is no finding, nor is an engine that is asked for the
 * first time.
 *
 * @param previous what was found before, for how long it has been so
 */
export function findNodeFindings(
  node: Node,
  previous: readonly Finding[],
  nowMs: number,
): readonly Finding[] {
  const found = [findState(node), findEngine(node)].find((one) => one !== null) ?? null;
  const unreachable = findUnreachable(node);
  const all = [found, unreachable].filter((one) => one !== null);
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

function findState({ hostname, status, statusMessage, availability, engine }: Node): Found | null {
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
