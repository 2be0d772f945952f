import type { Place, PlacesPage } from '#lib/model/contract/place.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { isEndedTask, isWantedTask, type Task, toSlotKey } from '#lib/model/docker/task.ts';

/** What somebody asks for: a port, or an address by its beginning. */
export type PlaceQuery = { kind: 'port'; port: number } | { kind: 'address'; prefix: string };

const PORT = /^:?(\d{2,5})$/;
/** Two numbers of an IPv4 address and more, or the beginning of an IPv6 one. */
const ADDRESS = /^(?:\d{1,3}\.\d{1,3}(?:\.\d{0,3}){0,2}|[\da-f]{1,4}:[\da-f:]{0,40})$/i;
const MAX_PORT = 65_535;
const MAX_PLACES = 20;

export const NO_PLACES: PlacesPage = { places: [], total: 0 };

/** `:8080`, `8080`, `10.0.1.7`, `10.0.1`, `fd00:1::`, and the same with a mask or a port behind; `null`: anything else. */
export function parsePlaceQuery(text: string): PlaceQuery | null {
  const wanted = text.trim().slice(0, 64);
  const port = PORT.exec(wanted)?.[1];
  if (port !== undefined) return Number(port) <= MAX_PORT ? { kind: 'port', port: Number(port) } : null;
  const prefix = wanted.replace(/\/\d{1,3}$/, '').replace(/^((?:\d{1,3}\.){3}\d{1,3}):\d+$/, '$1');
  return ADDRESS.test(prefix) ? { kind: 'address', prefix: prefix.toLowerCase() } : null;
}

/** Which services publish the port, or whose address begins so: whole ones first, then by name. */
export function findPlaces(
  query: PlaceQuery,
  services: Iterable<Service>,
  tasksOf: (serviceId: string) => readonly Task[],
): PlacesPage {
  const whole: Place[] = [];
  const begun: Place[] = [];
  let total = 0;
  for (const service of [...services].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const own =
      query.kind === 'port' ? findPorts(service, query.port) : findOwn(service, query.prefix, tasksOf);
    total += own.length;
    for (const place of own) {
      const isWhole = place.kind === 'port' || (query.kind === 'address' && place.address === query.prefix);
      const list = isWhole ? whole : begun;
      // A short beginning is that of every address of a large swarm.
      if (list.length < MAX_PLACES) list.push(place);
    }
  }
  return { places: [...whole, ...begun].slice(0, MAX_PLACES), total };
}

function findPorts({ id, name, ports }: Service, wanted: number): Place[] {
  return ports
    .filter(({ published, target }) => published === wanted || target === wanted)
    .map((port): Place => ({ kind: 'port', serviceId: id, serviceName: name, port }));
}

function findOwn(service: Service, prefix: string, tasksOf: (serviceId: string) => readonly Task[]): Place[] {
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
