import { lowerFirst } from '#lib/model/text/lower-first.ts';
import type { SwarmNode } from './node.ts';
import { compareTasks, type Task } from './task.ts';

/** Where a node's agent is, or why there is none to speak to. */
export type AgentPlace =
  | { kind: 'there'; addresses: string[] }
  /** `waiting`: it is on its way. */
  | { kind: 'missing'; waiting: boolean; reason: string };

/**
 * The agent on one node, from the tasks of the agents' service as a manager lists them; `serviceName` is how the
 * settings call it, `found` whether the swarm has a service of that name.
 */
export function findAgent(
  node: SwarmNode,
  tasks: readonly Task[],
  { serviceName, found }: { serviceName: string; found: boolean },
): AgentPlace {
  const { hostname } = node;
  if (node.status === 'down') return missing(`${hostname} is down, and its agent with it.`);
  if (node.os === 'windows')
    return missing(
      `${hostname} runs Windows, and there is no agent for that: name the endpoint of its engine in VITALS_ENGINES to read it.`,
    );
  if (!found)
    return missing(
      `This swarm has no service "${serviceName}": deploy the stack, or correct VITALS_AGENT_SERVICE.`,
    );
  const here = tasks.filter(({ nodeId }) => nodeId === node.id).sort(compareTasks);
  const newest = here.find(({ desiredState }) => desiredState === 'running') ?? here[0];
  if (newest?.desiredState === 'running') {
    // Swarm calls it running only when its own health check has passed once: seconds after it answers.
    const isUp = newest.state === 'starting' || newest.state === 'running';
    if (isUp && newest.addresses.length > 0) return { kind: 'there', addresses: newest.addresses };
    if (newest.state === 'running')
      return missing(
        `The agent on ${hostname} has no address: its service "${serviceName}" needs a network of its own.`,
      );
  }
  if (node.availability === 'drain')
    return missing(`${hostname} is drained: Swarm runs no agent on it, nor anything else.`);
  if (newest === undefined)
    return missing(
      `No agent runs on ${hostname}: "${serviceName}" has no task there. Is it a global service without constraints?`,
    );
  if (newest.desiredState === 'running' || newest.desiredState === 'ready') {
    const failed = here.filter(({ state }) => state === 'failed' || state === 'rejected');
    const why = newest.error ?? failed[0]?.error ?? null;
    // One that fails again and again is not on its way.
    if (failed.length >= MAX_FAILED)
      return missing(`The agent on ${hostname} fails again and again${why === null ? '' : `: ${why}`}.`);
    const detail = why === null ? newest.state : `${newest.state}, ${lowerFirst(why)}`;
    return { kind: 'missing', waiting: true, reason: `The agent on ${hostname} is starting (${detail}).` };
  }
  const error = newest.error === null ? '' : `: ${newest.error}`;
  return missing(`The agent on ${hostname} is gone (${newest.state})${error}.`);
}

/** Docker lists the last five tasks of a place: so many of them that failed are no single accident. */
const MAX_FAILED = 3;

function missing(reason: string): AgentPlace {
  return { kind: 'missing', waiting: false, reason };
}

/** One network of this machine: `10.0.3.7` with `255.255.255.0`. IPv4 alone is compared; others never match. */
export interface OwnNetwork {
  address: string;
  netmask: string;
}

/**
 * The address of an agent's task to speak to: one on a network that this machine is in too, else the first. A task has
 * an address in each of its networks, and only one of them leads to it from here.
 */
export function chooseAgentAddress(addresses: readonly string[], own: readonly OwnNetwork[]): string | null {
  const shared = addresses.find((address) => own.some((network) => isIn(address, network)));
  return shared ?? addresses[0] ?? null;
}

function isIn(address: string, { address: ours, netmask }: OwnNetwork): boolean {
  const [theirs, own, mask] = [toNumber(address), toNumber(ours), toNumber(netmask)];
  if (theirs === null || own === null || mask === null || mask === 0) return false;
  return (theirs & mask) >>> 0 === (own & mask) >>> 0;
}

function toNumber(address: string): number | null {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || !parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255))
    return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
