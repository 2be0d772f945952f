import type { Replica, SwarmPicture } from '#lib/model/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/replica-status.ts';
import { isNodeWell } from './is-node-well.ts';
import { toAttention } from './to-attention.ts';
import { toNodeHref, toReplicaHref, toServiceHref } from './to-href.ts';

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

/** All that needs attention, in the order of the overview: services worst first, each with its worst replicas first, then nodes. */
export function findTroubles({ services, nodes }: Pick<SwarmPicture, 'services' | 'nodes'>): Trouble[] {
  const byId = new Map(services.map((service) => [service.id, service]));
  const troubles: Trouble[] = [];
  for (const id of toAttention(services).alarming) {
    const service = byId.get(id);
    if (service === undefined) continue;
    const base = { serviceId: service.id, serviceName: service.name };
    const replicas = toReplicas(service.replicas);
    if (replicas.length === 0) troubles.push({ kind: 'service', href: toServiceHref(service.name), ...base });
    for (const replica of replicas)
      troubles.push({ kind: 'replica', href: toReplicaHref(service.name, replica.key), ...base, replica });
  }
  for (const node of nodes) {
    if (isNodeWell(node) || (node.status === 'down' && node.availability === 'drain')) continue;
    // By id: hostnames are not unique.
    troubles.push({ kind: 'node', href: toNodeHref(node.id), nodeId: node.id, hostname: node.hostname });
  }
  return troubles;
}
