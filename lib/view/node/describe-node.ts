import { findWorst } from '#lib/model/contract/finding.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';

const AVAILABILITY: Record<NodePicture['availability'], string> = {
  active: 'Ready',
  pause: 'Paused, as somebody wished: what runs here stays, and Swarm starts nothing more here',
  drain: 'Drained, as somebody wished: Swarm moves what runs here to other nodes and starts nothing here',
};

/** A node in one sentence: what is wrong with it, or else how it takes part. Draining and pausing are wishes, not faults. */
export function describeNode(node: NodePicture): string {
  const worst = findWorst(node.findings);
  const state = AVAILABILITY[node.availability];
  if (worst !== null) {
    const isUnread = worst.cause === 'engine-unread' || worst.cause === 'engine-unconfigured';
    return isUnread ? `${state}. ${worst.sentence}` : worst.sentence;
  }
  if (node.engine.state === 'connecting') return `${state}. Its engine is being asked for the first time.`;
  return node.availability === 'active' ? 'Ready, and its engine is read.' : `${state}.`;
}
