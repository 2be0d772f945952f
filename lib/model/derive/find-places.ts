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
  const found: Place[] = [];
  for (const service of services)
    found.push(
      ...(query.kind === 'port' ? findPorts(service, query.port) : findOwn(service, query.prefix, tasksOf)),
    );
  const isWhole = (place: Place) =>
    place.kind === 'address' && query.kind === 'address' && place.address === query.prefix ? 0 : 1;
  found.sort((a, b) => isWhole(a) - isWhole(b) || (a.serviceName < b.serviceName ? -1 : 1));
  return { places: found.slice(0, MAX_PLACES), total: found.length };
}

function findPorts({ id, name, ports }: Service, wanted: number): Place[] {
  return ports
    .filter(({ published, target }) => published === wanted || target === wanted)
    .map((port): Place => ({ kind: 'port', serviceId: id, serviceName: name, port }));
}

function findOwn(service: Service, prefix: string, tasksOf: (serviceId: string) => readonly Task[]): Place[] {
  const head = { kind: 'address', serviceId: service.id, serviceName: service.name } as const;
  const own = service.vips.map(({ address }): Place => ({ ...head, key: null, address }));
  const ofTasks = tasksOf(service.id)
    .filter((task) => isWantedTask(task) && !isEndedTask(task))
    .flatMap((task) =>
      task.addresses.map((address): Place => ({ ...head, key: toSlotKey(service, task), address })),
    );
  return [...own, ...ofTasks].filter((place) => place.kind === 'address' && place.address.startsWith(prefix));
}
