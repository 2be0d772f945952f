import type { NodePicture } from '#lib/model/contract/picture.ts';

/** A node in one sentence. `calm`: it is as it should be, or as somebody wants it. */
export interface NodeWords {
  sentence: string;
  calm: boolean;
}

const AVAILABILITY: Record<NodePicture['availability'], string> = {
  active: 'Ready',
  pause: 'Paused, as somebody wished: what runs here stays, and Swarm starts nothing more here',
  drain: 'Drained, as somebody wished: Swarm moves what runs here to other nodes and starts nothing here',
};

function describeAbsence(node: NodePicture): NodeWords {
  const why = node.statusMessage === null || node.statusMessage === '' ? '' : ` (${node.statusMessage})`;
  if (node.availability === 'drain')
    return { sentence: `Drained before it went down${why}: nothing is expected of it.`, calm: true };
  return {
    sentence: `No manager hears of it${why}: what ran here counts as lost, and Swarm starts it elsewhere.`,
    calm: false,
  };
}

/** Says how a node is. Draining and pausing are wishes, not faults. */
export function describeNode(node: NodePicture): NodeWords {
  const { engine } = node;
  if (node.status === 'down' || node.status === 'disconnected') return describeAbsence(node);
  if (node.status === 'unknown')
    return {
      sentence: 'The manager does not know its state, as happens after a change of leader.',
      calm: false,
    };
  if (node.reachability === 'unreachable')
    return { sentence: 'The other managers do not reach it: it does not count for the quorum.', calm: false };
  const state = AVAILABILITY[node.availability];
  if (engine.state === 'live') {
    return {
      sentence: node.availability === 'active' ? 'Ready, and its engine is read.' : `${state}.`,
      calm: true,
    };
  }
  if (engine.state === 'connecting')
    return { sentence: `${state}. Its engine is being asked for the first time.`, calm: true };
  return {
    sentence: `${state}. Its engine cannot be read: the health of what runs here is not known.`,
    calm: false,
  };
}
