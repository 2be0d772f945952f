import type {
  NodePicture,
  Replica,
  ServiceHead,
  ServicePicture,
  SwarmHead,
  SwarmPicture,
} from './picture.ts';

/** The nodes that a name means: the one of this id, else all of this hostname, which need not be unique. */
export function findNodes(nodes: readonly NodePicture[], name: string): NodePicture[] {
  const byId = nodes.filter(({ id }) => id === name);
  return byId.length > 0 ? byId : nodes.filter(({ hostname }) => hostname === name);
}

// Pictures are immutable and shared in parts: each service is gone through once for as long as it stays the same.
const indexes = new WeakMap<ServicePicture, ReadonlyMap<string, readonly Replica[]>>();

/** A service's replicas by the id of their node; those without a node are in none. */
export function indexReplicas(service: ServicePicture): ReadonlyMap<string, readonly Replica[]> {
  const known = indexes.get(service);
  if (known !== undefined) return known;
  const index = new Map<string, Replica[]>();
  for (const replica of service.replicas) {
    if (replica.nodeId === null) continue;
    const list = index.get(replica.nodeId);
    if (list === undefined) index.set(replica.nodeId, [replica]);
    else list.push(replica);
  }
  indexes.set(service, index);
  return index;
}

/** A service of the picture without its replicas. */
export function toServiceHead(picture: ServicePicture): ServiceHead {
  const { replicas: _replicas, ...head } = picture;
  return head;
}

/** What a picture says of the swarm as a whole. */
export function toSwarmHead(picture: SwarmPicture): SwarmHead {
  const { version, demo, name, verdict, sentence, problems, quorum, ready, sources, findings } = picture;
  return { version, demo, name, verdict, sentence, problems, quorum, ready, sources, findings };
}
