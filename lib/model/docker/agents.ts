import type { SwarmNode } from './node.ts';
import { compareTasks, type Task } from './task.ts';

/** Where a node's agent is, or why there is none to speak to. */
export type AgentPlace =
  | { kind: 'there'; addresses: string[] }
  /** `waiting`: it is on its way. */
  | { kind: 'missing'; waiting: boolean; gap: AgentGap };

/** Why a node's engine has no agent to ask; `error`: Docker's own words. */
export type AgentGap =
  | { kind: 'node-down' | 'windows' | 'drained'; host: string }
  | { kind: 'no-service'; service: string }
  | { kind: 'no-address' | 'no-task'; host: string; service: string }
  | { kind: 'failing'; host: string; error: string | null }
  | { kind: 'starting' | 'gone'; host: string; state: Task['state']; error: string | null };

/**
 * The agent on one node, from the tasks of the agents' service as a manager lists them; `serviceName` is how the
 * settings call it, `found` whether the swarm has a service of that name.
 */
export function findAgent(
  node: SwarmNode,
  tasks: readonly Task[],
  { serviceName, found }: { serviceName: string; found: boolean },
): AgentPlace {
  const host = node.hostname;
  const missing = (gap: AgentGap): AgentPlace => ({ kind: 'missing', waiting: false, gap });
  if (node.status === 'down') return missing({ kind: 'node-down', host });
  if (node.os === 'windows') return missing({ kind: 'windows', host });
  if (!found) return missing({ kind: 'no-service', service: serviceName });
  const here = tasks.filter(({ nodeId }) => nodeId === node.id).sort(compareTasks);
  const newest = here.find(({ desiredState }) => desiredState === 'running') ?? here[0];
  if (newest?.desiredState === 'running') {
    // Swarm calls it running only when its own health check has passed once: seconds after it answers.
    const isUp = newest.state === 'starting' || newest.state === 'running';
    if (isUp && newest.addresses.length > 0) return { kind: 'there', addresses: newest.addresses };
    if (newest.state === 'running') return missing({ kind: 'no-address', host, service: serviceName });
  }
  if (node.availability === 'drain') return missing({ kind: 'drained', host });
  if (newest === undefined) return missing({ kind: 'no-task', host, service: serviceName });
  const { state, desiredState, error } = newest;
  if (desiredState !== 'running' && desiredState !== 'ready')
    return missing({ kind: 'gone', host, state, error });
  const failed = here.filter((task) => task.state === 'failed' || task.state === 'rejected');
  const why = error ?? failed[0]?.error ?? null;
  // One that fails again and again is not on its way.
  if (failed.length >= MAX_FAILED) return missing({ kind: 'failing', host, error: why });
  return { kind: 'missing', waiting: true, gap: { kind: 'starting', host, state, error: why } };
}

/** Docker lists the last five tasks of a place: so many of them that failed are no single accident. */
const MAX_FAILED = 3;

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
