import { findWorst } from '#lib/model/contract/finding.ts';
import type { ServiceLoss } from '#lib/model/contract/node-detail.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { Quorum } from '#lib/model/contract/quorum.ts';
import { formatDuration } from '#lib/view/format/times.ts';
import * as words from '#words/pages/nodes.ts';

/**
 * A node in one sentence: what is wrong with it, or else how it takes part. Draining and pausing were asked for: they are no faults.
 *
 * @param isOld managers say nothing new of it
 */
export function describeNode(node: NodePicture, isOld = false): string {
  const worst = findWorst(node.findings);
  const state = words.availability[node.availability];
  if (worst !== null) {
    const isUnread = worst.cause === 'engine-unread' || worst.cause === 'engine-unconfigured';
    if (!isUnread) return worst.sentence;
    return `${isOld && node.availability === 'active' ? words.wasReady : state}. ${worst.sentence}`;
  }
  if (node.engine.state === 'connecting') return `${state}. ${words.engineConnecting}`;
  return node.availability === 'active' ? words.allRead : `${state}.`;
}

/** A node's part in the swarm: `worker`, `manager`, `manager, leader`, `manager, unreachable`. */
export function describeRole({
  role,
  leader,
  reachability,
}: Pick<NodePicture, 'role' | 'leader' | 'reachability'>): string {
  if (role === 'worker') return words.roles.worker;
  if (leader) return words.roles.leader;
  return reachability === 'reachable' || reachability === null
    ? words.roles.manager
    : words.roles.managerIs(reachability);
}

/** An engine's clock against ours, in words: `in step`, `2.40 s ahead`, `1 min 5 s behind`, `not known`. */
export function describeSkew({ state, skewMs, lastReadMs }: NodePicture['engine']): string {
  if ((state !== 'live' && state !== 'stale') || lastReadMs === null) return words.clockSkew.unknown;
  if (skewMs === 0) return words.clockSkew.inStep;
  const size = formatDuration(Math.abs(skewMs));
  return skewMs > 0 ? words.clockSkew.ahead(size) : words.clockSkew.behind(size);
}

/** What the managers are left with when this node goes; `null` when it is none of them, or not there already. */
export function describeManagerLoss(
  { managers, reachable, needed, state }: Omit<Quorum, 'sentence'>,
  node: Pick<NodePicture, 'role' | 'reachability'>,
): string | null {
  if (node.role !== 'manager' || node.reachability !== 'reachable' || state === 'lost') return null;
  const left = reachable - 1;
  if (left >= needed) return words.managersRemain(left, managers);
  if (managers === 1) return words.onlyManager;
  return words.managersTooFew(left, managers, needed);
}

/** What a service is left with when the node goes: `keeps 1 of 3`, `keeps none: its only replica is here`. */
export function describeServiceLoss({ here, kept, desired, global }: ServiceLoss): string {
  if (global) return words.globalLoss;
  if (kept > 0) return words.keepsSome(kept, Math.max(desired, kept));
  if (here === 1 && desired <= 1) return words.keepsNoneOfOne;
  if (here >= desired) return words.keepsNoneOfAll(here);
  return words.keepsNone(desired);
}

/** `linux/x86_64`; `null`: not told. */
export function describePlatform(platform: {
  os: string | null;
  architecture: string | null;
}): string | null {
  const parts = [platform.os, platform.architecture].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('/');
}
