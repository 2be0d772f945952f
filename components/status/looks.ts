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

export const STATUS_LOOKS: Record<ReplicaStatus, Look> = {
  healthy: { word: 'Healthy', className: 's-healthy' },
  running: { word: 'Running', className: 's-running' },
  failing: { word: 'Failing', className: 's-failing' },
  starting: { word: 'Starting', className: 's-starting' },
  preparing: { word: 'Preparing', className: 's-preparing' },
  pending: { word: 'Pending', className: 's-pending' },
  unhealthy: { word: 'Unhealthy', className: 's-unhealthy' },
  failed: { word: 'Failed', className: 's-failed' },
  lost: { word: 'Lost', className: 's-lost' },
  paused: { word: 'Paused', className: 's-paused' },
  stopping: { word: 'Stopping', className: 's-stopping' },
  complete: { word: 'Complete', className: 's-complete' },
  unknown: { word: 'Unknown', className: 's-unknown' },
};

export const VERDICT_LOOKS: Record<Verdict, Look> = {
  down: { word: 'Down', className: 's-failed' },
  degraded: { word: 'Degraded', className: 's-unhealthy' },
  pending: { word: 'Pending', className: 's-pending' },
  failing: { word: 'Failing', className: 's-failing' },
  unknown: { word: 'Unknown', className: 's-unknown' },
  updating: { word: 'Updating', className: 's-updating' },
  starting: { word: 'Starting', className: 's-starting' },
  running: { word: 'Running', className: 's-running' },
  healthy: { word: 'Healthy', className: 's-healthy' },
  idle: { word: 'Idle', className: 's-complete' },
};

export const ENGINE_LOOKS: Record<SourceState, Look> = {
  live: { word: 'engine live', className: 's-healthy' },
  connecting: { word: 'engine connecting', className: 's-starting' },
  stale: { word: 'engine stale', className: 's-failing' },
  unreachable: { word: 'engine unreachable', className: 's-unknown' },
  unconfigured: { word: words.engineUnconfigured, className: 's-unknown' },
};

/** A node that is there, and has something that others on it suffer from. */
export const IMPAIRED_LOOK: Look = { word: words.needsAttention, className: 's-failing' };

export const NODE_LOOKS: Record<NodeState, Look> = {
  down: { word: 'Down', className: 's-lost' },
  unknown: { word: 'Unknown', className: 's-unknown' },
  'manager-unreached': { word: 'Manager unreachable', className: 's-unhealthy' },
  draining: { word: 'Draining', className: 's-stopping' },
  paused: { word: 'Paused', className: 's-paused' },
  impaired: IMPAIRED_LOOK,
  ready: { word: 'Ready', className: 's-healthy' },
};

/** A node's own state, before anything of its engine. */
export function toNodeLook(node: Parameters<typeof decideNodeState>[0]): Look {
  return NODE_LOOKS[decideNodeState(node)];
}

/** Ready once, and since then neither a manager nor its engine said anything. */
const WAS_READY: Look = { word: 'Was ready', className: 's-unknown' };

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
export const EVENT_LEVEL_LOOKS: Record<SwarmEventLevel, Look> = {
  bad: { word: 'Bad', className: 's-failed' },
  warn: { word: 'Warning', className: 's-failing' },
  good: { word: 'Good', className: 's-healthy' },
  info: { word: 'Expected', className: 's-complete' },
};

/** What an event is about: a glyph of its kind. */
export const EVENT_KIND_LOOKS: Record<SwarmEventKind, Look> = {
  health: { word: 'Health', className: 'e-health' },
  task: { word: 'Tasks', className: 'e-task' },
  update: { word: 'Services', className: 'e-update' },
  node: { word: 'Nodes', className: 'e-node' },
  manager: { word: 'Managers', className: 'e-manager' },
  engine: { word: 'Engines', className: 'e-engine' },
};
