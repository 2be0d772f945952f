import { type PortCheck, SWARM_PORTS } from '#lib/model/docker/port-check.ts';
import { isDeadPort, isReached } from './port-state.ts';

/** What the ports of one node say of the node. */
export interface NodePorts {
  /** Ports that are asked there. */
  asked: number;
  /** None of them is reached from this server: whether they answer is not known. */
  unreached: boolean;
  /** Of the routing mesh, dead here and answering on another node. */
  dead: readonly DeadPort[];
  /** Of the routing mesh, answering here. */
  answering: number;
  /** Those that Swarm needs, dead here and answering on another node. */
  swarm: readonly DeadPort[];
}

export interface DeadPort {
  serviceId: string | null;
  port: number;
  failure: NonNullable<PortCheck['failure']>;
  sinceMs: number;
}

/** Two ports that are dead on the same node alone are no coincidence: then it is the node's mesh. */
const MIN_PORTS = 2;

/** @param answersElsewhere does the same port of the same service, or of Swarm, answer on another node? */
export function toNodePorts(
  checks: readonly PortCheck[],
  answersElsewhere: (check: PortCheck) => boolean,
): NodePorts {
  const settled = checks.filter(({ state }) => state !== null);
  const dead = checks.filter((check) => isDeadPort(check) && answersElsewhere(check));
  const ofMode = (mode: PortCheck['target']['mode']) =>
    dead.filter(({ target }) => target.mode === mode).map(toDead);
  const unreached = settled.length > 0 && settled.length === checks.length && !checks.some(isReached);
  return {
    asked: checks.length,
    unreached,
    dead: unreached ? [] : ofMode('ingress'),
    answering: checks.filter(({ target, state }) => target.mode === 'ingress' && state === 'answers').length,
    swarm: unreached ? [] : ofMode('swarm'),
  };
}

function toDead({ target, failure, sinceMs }: PortCheck): DeadPort {
  return { serviceId: target.serviceId, port: target.port, failure: failure ?? 'refused', sinceMs };
}

/** Is it the routing mesh of the node that several ports are dead by? */
export function isMeshBroken({ dead }: Pick<NodePorts, 'dead'>): boolean {
  return new Set(dead.map(({ port }) => port)).size >= MIN_PORTS;
}

/** How many of the nodes whose ports are asked are reached from this server. */
export interface PortReach {
  nodes: number;
  unreached: number;
}

/** Is no node reached at all? Then this server stands where it cannot check, and no node is at fault. */
export function isNothingReached({ nodes, unreached }: PortReach): boolean {
  return nodes > 0 && unreached === nodes;
}

/** For sentences: what Swarm needs a port of its own for. */
export function isGossip(port: number): boolean {
  return port === SWARM_PORTS.gossip;
}
