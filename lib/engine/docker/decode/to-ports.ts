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
  const known = new Set(ports.map(toKey));
  const ungiven = toList(wanted).filter((port) => !known.has(toKey(port)) && !isGiven(port, ports));
  return {
    ports: ungiven.length === 0 ? ports : [...ports, ...ungiven].slice(0, MAX_PORTS),
    ungivenPorts: ungiven.length === 0 ? NONE : ungiven.filter(({ mode }) => mode === 'ingress'),
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

/** One that leaves the number to Swarm is the one that has a number by now. */
function isGiven(wanted: PublishedPort, ports: readonly PublishedPort[]): boolean {
  if (wanted.published !== null) return false;
  return ports.some(
    ({ mode, target, protocol }) =>
      mode === wanted.mode && target === wanted.target && protocol === wanted.protocol,
  );
}
