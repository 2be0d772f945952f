import type { NodeState } from '#lib/model/contract/node-state.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { SwarmEventKind, SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { SourceState } from '#lib/model/docker/source.ts';
import { decideNodeState } from '#lib/view/node/node-state.ts';
import * as words from '#words/pages/status.ts';

/** How a state is shown: its word, and the class that status.css gives a colour (`--tone`) and a glyph (`--glyph`). */
export interface Look {
  word: string;
  className: string;
}

/** The looks of some states. A state has the class of its name, or of what it looks `like`. */
function toLooks<S extends string>(
  words: Readonly<Record<S, string>>,
  like: Readonly<Partial<Record<S, string>>> | null = null,
  kind = 's',
): Record<S, Look> {
  const looks = {} as Record<S, Look>;
  for (const state in words)
    looks[state] = { word: words[state], className: `${kind}-${like?.[state] ?? state}` };
  return looks;
}

export const STATUS_LOOKS: Record<ReplicaStatus, Look> = toLooks(words.statuses);

export const VERDICT_LOOKS: Record<Verdict, Look> = toLooks(words.verdicts, {
  down: 'failed',
  degraded: 'unhealthy',
  idle: 'complete',
});

export const ENGINE_LOOKS: Record<SourceState, Look> = toLooks(words.engines, {
  live: 'healthy',
  connecting: 'starting',
  stale: 'failing',
  unreachable: 'unknown',
  unconfigured: 'unknown',
});

export const NODE_LOOKS: Record<NodeState, Look> = toLooks(words.nodeStates, {
  down: 'lost',
  'manager-unreached': 'unhealthy',
  draining: 'stopping',
  impaired: 'failing',
  ready: 'healthy',
});

/** A node that is there, and has something that others on it suffer from. */
export const IMPAIRED_LOOK: Look = NODE_LOOKS.impaired;

/** A node's own state, before anything of its engine. */
export function toNodeLook(node: Parameters<typeof decideNodeState>[0]): Look {
  return NODE_LOOKS[decideNodeState(node)];
}

/** Ready once, and since then neither a manager nor its engine said anything. */
const WAS_READY: Look = { word: words.wasReady, className: 's-unknown' };

/**
 * A node's state as far as somebody vouches for it.
 *
 * @param isOld what managers say of nodes is what they said before (`areNodesOld`)
 */
export function toSeenNodeLook(
  node: Parameters<typeof decideNodeState>[0] & Pick<NodePicture, 'engine'>,
  isOld: boolean,
): Look {
  const look = toNodeLook(node);
  return isOld && look === NODE_LOOKS.ready && node.engine.state !== 'live' ? WAS_READY : look;
}

/** How grave an event is: colour and shape as for a status. */
export const EVENT_LEVEL_LOOKS: Record<SwarmEventLevel, Look> = toLooks(words.eventLevels, {
  bad: 'failed',
  warn: 'failing',
  good: 'healthy',
  info: 'complete',
});

/** What an event is about: a glyph of its kind. */
export const EVENT_KIND_LOOKS: Record<SwarmEventKind, Look> = toLooks(words.eventKinds, null, 'e');
