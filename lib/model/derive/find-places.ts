import type { Place, PlacesPage } from '#lib/model/contract/place.ts';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { isEndedTask, isWantedTask, type Task, toSlotKey } from '#lib/model/docker/task.ts';

/** What somebody asks for: a port, an address by its beginning, or a network by some of its name, in small letters. */
export type PlaceQuery =
  | { kind: 'port'; port: number }
  | { kind: 'address'; prefix: string }
  | { kind: 'network'; text: string };

/** What places are found in. */
export interface PlaceFacts {
  services: Iterable<Service>;
  tasksOf(serviceId: string): readonly Task[];
  /** `null`: not read. */
  networks: ReadonlyMap<string, DockerNetwork> | null;
}

const PORT = /^:?(\d{2,5})$/;
/** Two numbers of an IPv4 address and more, or the beginning of an IPv6 one. */
const ADDRESS = /^(?:\d{1,3}\.\d{1,3}(?:\.\d{0,3}){0,2}|[\da-f]{1,4}:[\da-f:]{0,40})$/i;
/** As Docker lets networks be called; one letter is in nearly all. */
const NETWORK = /^[a-z\d][\w.-]+$/i;
const MAX_PORT = 65_535;
const MAX_PLACES = 20;

export const NO_PLACES: PlacesPage = { places: [], total: 0, serviceIds: [] };

/**
 * `:8080`, `8080`, `10.0.1.7`, `10.0.1`, `fd00:1::`, and the same with a mask or a port behind; `shop_backend`; `null`: none
 * of these.
 */
export function parsePlaceQuery(text: string): PlaceQuery | null {
  const wanted = text.trim().slice(0, 64);
  const port = PORT.exec(wanted)?.[1];
  if (port !== undefined) return Number(port) <= MAX_PORT ? { kind: 'port', port: Number(port) } : null;
  const prefix = wanted.replace(/\/\d{1,3}$/, '').replace(/^((?:\d{1,3}\.){3}\d{1,3}):\d+$/, '$1');
  if (ADDRESS.test(prefix)) return { kind: 'address', prefix: prefix.toLowerCase() };
  return NETWORK.test(wanted) ? { kind: 'network', text: wanted.toLowerCase() } : null;
}

/** Who publishes the port, whose address begins so, or who is on such a network: whole ones first, then by name. */
export function findPlaces(query: PlaceQuery, { services, tasksOf, networks }: PlaceFacts): PlacesPage {
  const wanted = query.kind === 'network' ? findNetworks(query.text, networks) : NO_NETWORKS;
  if (query.kind === 'network' && wanted.size === 0) return NO_PLACES;
  const whole: Place[] = [];
  const begun: Place[] = [];
  const serviceIds: string[] = [];
  let total = 0;
  for (const service of [...services].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const own = findOwn(query, service, tasksOf, wanted);
    total += own.length;
    let isChosen = false;
    for (const place of own) {
      const isWhole = isWholePlace(query, place);
      isChosen ||= isWhole || query.kind === 'address';
      const list = isWhole ? whole : begun;
      // A short beginning is that of every address of a large swarm.
      if (list.length < MAX_PLACES) list.push(place);
    }
    if (isChosen) serviceIds.push(service.id);
  }
  return { places: [...whole, ...begun].slice(0, MAX_PLACES), total, serviceIds };
}

type Networks = ReadonlyMap<string, string>;

const NO_NETWORKS: Networks = new Map();

/** Names by id. */
function findNetworks(text: string, networks: PlaceFacts['networks']): Networks {
  const found = new Map<string, string>();
  for (const { id, name } of networks?.values() ?? [])
    if (name.toLowerCase().includes(text)) found.set(id, name);
  return found;
}

function isWholePlace(query: PlaceQuery, place: Place): boolean {
  if (place.kind === 'port') return true;
  if (place.kind === 'address') return query.kind === 'address' && place.address === query.prefix;
  return query.kind === 'network' && place.network.toLowerCase() === query.text;
}

function findOwn(
  query: PlaceQuery,
  service: Service,
  tasksOf: PlaceFacts['tasksOf'],
  networks: Networks,
): Place[] {
  switch (query.kind) {
    case 'port':
      return findPorts(service, query.port);
    case 'address':
      return findAddresses(service, query.prefix, tasksOf);
    case 'network':
      return findShared(service, networks);
  }
}

function findPorts({ id, name, ports }: Service, wanted: number): Place[] {
  return ports
    .filter(({ published, target }) => published === wanted || target === wanted)
    .map((port): Place => ({ kind: 'port', serviceId: id, serviceName: name, port }));
}

/** Those of its networks that are asked for: the routing mesh's is not in its spec, but gives it an address. */
function findShared({ id, name, networkIds, vips }: Service, wanted: Networks): Place[] {
  const own = new Set([...networkIds, ...vips.map(({ networkId }) => networkId)]);
  return [...own].flatMap((networkId): Place[] => {
    const network = wanted.get(networkId);
    return network === undefined
      ? []
      : [{ kind: 'network', serviceId: id, serviceName: name, networkId, network }];
  });
}

function findAddresses(service: Service, prefix: string, tasksOf: PlaceFacts['tasksOf']): Place[] {
  const head = { kind: 'address', serviceId: service.id, serviceName: service.name } as const;
  const found: Place[] = [];
  for (const { address } of service.vips)
    if (address.startsWith(prefix)) found.push({ ...head, key: null, address });
  for (const task of tasksOf(service.id)) {
    if (!isWantedTask(task) || isEndedTask(task)) continue;
    for (const address of task.addresses)
      if (address.startsWith(prefix)) found.push({ ...head, key: toSlotKey(service, task), address });
  }
  return found;
}
