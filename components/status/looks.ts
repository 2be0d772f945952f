import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { SourceState } from '#lib/model/docker/source.ts';
import * as en from '#lib/words/en/pages/status.ts';

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
  unconfigured: { word: en.engineNotConfigured, className: 's-unknown' },
};

/** A node's own state, before anything of its engine. */
export function toNodeLook(node: Pick<NodePicture, 'status' | 'availability' | 'reachability'>): Look {
  if (node.status === 'down' || node.status === 'disconnected') return { word: 'Down', className: 's-lost' };
  if (node.status === 'unknown') return { word: 'Unknown', className: 's-unknown' };
  if (node.reachability === 'unreachable') return { word: 'Manager unreachable', className: 's-unhealthy' };
  if (node.availability === 'drain') return { word: 'Draining', className: 's-stopping' };
  if (node.availability === 'pause') return { word: 'Paused', className: 's-paused' };
  return { word: 'Ready', className: 's-healthy' };
}
