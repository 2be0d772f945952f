import type { PublishedPort, Service } from '#lib/model/docker/service.ts';
import { readCount, readList, readObject, readOneOf } from './raw.ts';

/** More than anybody publishes of one service. */
const MAX_PORTS = 500;
const MAX_PORT = 65_535;

/**
 * What Swarm has given (`Endpoint.Ports`), and what the spec asks for beyond that (`Spec.EndpointSpec.Ports`): Swarm
 * gives after the service was changed, and never where its ports are taken (swarmkit `manager/allocator`).
 */
export function toPorts(given: unknown, wanted: unknown): Pick<Service, 'ports' | 'ungivenPorts'> {
  const ports = toList(given);
  const ungiven = findUngiven(ports, toList(wanted));
  // Of lists that were cut, each may have begun with other ports.
  const isCut = readList(given).length > MAX_PORTS || readList(wanted).length > MAX_PORTS;
  return {
    ports: ungiven.length === 0 ? ports : [...ports, ...ungiven].slice(0, MAX_PORTS),
    ungivenPorts: ungiven.length === 0 || isCut ? NONE : ungiven.filter(({ mode }) => mode === 'ingress'),
  };
}

const NONE: readonly PublishedPort[] = [];

function toList(raw: unknown): PublishedPort[] {
  return readList(raw).slice(0, MAX_PORTS).flatMap(toPort);
}

/** Missing members are Docker's defaults (moby `daemon/cluster/convert/service.go`). */
function toPort(raw: unknown): PublishedPort[] {
  const { PublishMode, PublishedPort, TargetPort, Protocol } = readObject(raw);
  const target = readPort(TargetPort);
  const mode = readOneOf(PublishMode ?? 'ingress', ['ingress', 'host'] as const);
  const protocol = readOneOf(Protocol ?? 'tcp', ['tcp', 'udp', 'sctp'] as const);
  if (target === null || mode === null || protocol === null) return [];
  return [{ mode, published: readPort(PublishedPort), target, protocol }];
}

/** 0 is "any". */
function readPort(value: unknown): number | null {
  const port = readCount(value);
  return port === null || port === 0 || port > MAX_PORT ? null : port;
}

const toKey = ({ mode, published, target, protocol }: PublishedPort) =>
  `${mode} ${published} ${target} ${protocol}`;

/** Each that leaves the number to Swarm is one of those that have a number by now, and were not asked for by it. */
function findUngiven(given: readonly PublishedPort[], wanted: readonly PublishedPort[]): PublishedPort[] {
  if (wanted.length === 0) return [];
  const known = new Set(given.map(toKey));
  const asked = new Set(wanted.filter(({ published }) => published !== null).map(toKey));
  const chosen = Map.groupBy(
    given.filter((port) => !asked.has(toKey(port))),
    toInnerKey,
  );
  return wanted.filter((port) =>
    port.published === null ? chosen.get(toInnerKey(port))?.pop() === undefined : !known.has(toKey(port)),
  );
}

const toInnerKey = ({ mode, target, protocol }: PublishedPort) => `${mode} ${target} ${protocol}`;
