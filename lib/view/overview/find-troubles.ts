import type { NodePicture, Replica, SwarmPicture } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { isNodeOk } from '#lib/model/status/severity.ts';
import { toNodeHref, toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { toAttention } from './to-attention.ts';

/** Something that needs attention and has a page of its own. */
export type Trouble =
  | { kind: 'replica'; href: string; serviceId: string; serviceName: string; replica: Replica }
  /** Nothing of it is there that could be looked at: none of its replicas is in trouble, or it has none. */
  | { kind: 'service'; href: string; serviceId: string; serviceName: string }
  | { kind: 'node'; href: string; nodeId: string; hostname: string };

const LEAST = REPLICA_STATUSES.indexOf('failing');
const PAUSED: Replica['status'] = 'paused';

/** In an order that does not change with the replica's status alone: worst status first, then slots. */
function toRank({ status, recovering }: Replica): number | null {
  const rank = REPLICA_STATUSES.indexOf(recovering ? 'failing' : status);
  return rank <= LEAST || status === PAUSED ? rank : null;
}

function toReplicas(replicas: readonly Replica[]): Replica[] {
  return replicas
    .map((replica) => ({ replica, rank: toRank(replica) }))
    .filter((one): one is { replica: Replica; rank: number } => one.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(({ replica }) => replica);
}

function toNode({ id, hostname }: Pick<NodePicture, 'id' | 'hostname'>): Trouble {
  // By id: hostnames are not unique.
  return { kind: 'node', href: toNodeHref(id), nodeId: id, hostname };
}

/**
 * All that needs attention, in the order of the overview: lost nodes, which are told with all that they took along;
 * services worst first, each with its worst replicas first; other nodes with which something is wrong.
 */
export function findTroubles({ services, nodes }: Pick<SwarmPicture, 'services' | 'nodes'>): Trouble[] {
  const { losses, alarming } = toAttention({ services, nodes });
  const byId = new Map(services.map((service) => [service.id, service]));
  const troubles = losses.map(({ nodeId, hostname }) => toNode({ id: nodeId, hostname }));
  for (const id of alarming) {
    const service = byId.get(id);
    if (service === undefined) continue;
    const base = { serviceId: service.id, serviceName: service.name };
    const replicas = toReplicas(service.replicas);
    if (replicas.length === 0) troubles.push({ kind: 'service', href: toServiceHref(service.name), ...base });
    for (const replica of replicas)
      troubles.push({ kind: 'replica', href: toReplicaHref(service.name, replica.key), ...base, replica });
  }
  const lost = new Set(losses.map(({ nodeId }) => nodeId));
  for (const node of nodes) {
    const isRetired = node.status === 'down' && node.availability === 'drain';
    if (!isNodeOk(node) && !isRetired && !lost.has(node.id)) troubles.push(toNode(node));
  }
  return troubles;
}
