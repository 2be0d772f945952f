import { type FleetHit, type FleetHits, MAX_FLEET_HITS } from '#lib/model/contract/fleet.ts';
import type { Replica, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Place } from '#lib/model/contract/place.ts';
import { toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { decideNodeState } from '#lib/view/node/node-state.ts';
import { createSearchIndex, type Hit } from '#lib/view/search/create-search-index.ts';

const MIN_ID = 3;
const NONE: readonly Replica[] = [];

/**
 * What in one swarm answers to a query: services and nodes by their names, as the search of one swarm finds them; replicas by
 * their whole name (`web.2`), tasks and containers by the beginning of their ids. Names of ten thousand replicas are not
 * compared fuzzily: nothing is kept between two questions.
 *
 * @param places what is reached under the query, where that is a port
 * @param isKnown whether what the picture says is so now; else how each of them is nobody knows
 * @returns `null`: nothing
 */
export function findInSwarm(
  { nodes, services }: Pick<SwarmPicture, 'nodes' | 'services'>,
  query: string,
  isKnown: boolean,
  places: readonly Place[] = [],
): Omit<FleetHits['swarms'][number], 'swarm'> | null {
  const wanted = query.trim();
  if (wanted === '') return null;
  const exact = [
    ...places.flatMap((place) => toPortHit(place, services)),
    ...services.flatMap((service) => findReplicas(service, wanted)),
  ];
  const index = createSearchIndex(nodes);
  index.add(services.map((service) => ({ ...service, replicas: [...NONE] })));
  const named = index.find(wanted);
  const total = named.reduce((sum, group) => sum + group.total, exact.length);
  const hits = [...exact, ...named.flatMap((group) => group.hits.map(toFleetHit))];
  if (total === 0) return null;
  const shown = hits.slice(0, MAX_FLEET_HITS);
  return { hits: isKnown ? shown : shown.map((hit) => ({ ...hit, status: 'unknown' })), total };
}

function toPortHit(place: Place, services: readonly ServicePicture[]): FleetHit[] {
  const service = services.find(({ id }) => id === place.serviceId);
  if (place.kind !== 'port' || service === undefined) return [];
  const { published, target, protocol } = place.port;
  const { name, verdict } = service;
  const of = `${published ?? '?'} → ${target}/${protocol}`;
  return [{ kind: 'port', href: toServiceHref(name), name, of, status: verdict }];
}

function findReplicas(service: ServicePicture, wanted: string): FleetHit[] {
  const slot = wanted.startsWith(`${service.name}.`) ? wanted.slice(service.name.length + 1) : null;
  const prefix = wanted.length < MIN_ID ? null : wanted.toLowerCase();
  if (slot === null && prefix === null) return [];
  return service.replicas.flatMap((replica): FleetHit[] => {
    const { key, hostname, status, taskId, containerId } = replica;
    const href = () => toReplicaHref(service.name, key);
    const name = `${service.name}.${replica.slot ?? hostname ?? key}`;
    if (slot !== null && (slot === key || slot === hostname))
      return [{ kind: 'replica', href: href(), name, of: hostname, status }];
    if (prefix === null) return [];
    if (taskId?.startsWith(prefix)) return [{ kind: 'task', href: href(), name: taskId, of: name, status }];
    if (containerId?.startsWith(prefix))
      return [{ kind: 'container', href: href(), name: containerId, of: name, status }];
    return [];
  });
}

function toFleetHit(hit: Hit): FleetHit {
  switch (hit.kind) {
    case 'node':
      return {
        kind: 'node',
        href: hit.href,
        name: hit.node.hostname,
        of: null,
        status: decideNodeState(hit.node),
      };
    case 'service':
      return {
        kind: 'service',
        href: hit.href,
        name: hit.service.name,
        of: null,
        status: hit.service.verdict,
      };
    default: {
      const { kind, href, service, replica } = hit;
      return { kind, href, name: service.name, of: replica.hostname, status: replica.status };
    }
  }
}
