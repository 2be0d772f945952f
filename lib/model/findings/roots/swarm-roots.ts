import type { Found } from '#lib/model/contract/found.ts';
import type { RootSign } from '#lib/model/contract/node-sign.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { AGE_LIMITS_MS } from '#lib/model/status/age-limits.ts';

const MAX_NAMES = 3;

/** Signs of a server elsewhere, and the swarm's finding where several nodes do not reach it. */
export const SERVER_CAUSES = {
  'name-server': 'name-server-unreached',
  'log-server': 'log-server-unreached',
  'volume-server': 'volume-server-unreached',
  registry: 'registry-unpulled',
} as const;

export type ServerKind = keyof typeof SERVER_CAUSES;

/** A server that services on several nodes do not reach is no node's fault. */
export function isSharedServer(signs: readonly RootSign[]): boolean {
  return new Set(signs.map(({ nodeId }) => nodeId)).size > 1 && countServices(signs) > 1;
}

/** An address that leads to the node itself: each node has its own. */
export function isLocalAddress(server: string): boolean {
  return /^(?:localhost|127\.|\[?::1\]?|0\.0\.0\.0|\/)/i.test(server);
}

/**
 * What the swarm has that services on several of its nodes suffer from: of the servers of this kind, first the one that most
 * services do not reach, of two that as many do not, the first by name.
 */
export function findServerRoot(kind: ServerKind, servers: Iterable<readonly RootSign[]>): ServerRoot | null {
  const all = [...servers].filter(([first]) => first?.kind === kind).sort(compareServers);
  const [signs, ...rest] = all;
  const server = signs?.[0]?.object ?? null;
  if (signs === undefined || server === null) return null;
  const others = rest.flatMap(([first]) => first?.object ?? []);
  const names = [...new Set(signs.map(({ serviceName }) => serviceName))].sort();
  const found: Found<'swarm'> = {
    cause: SERVER_CAUSES[kind],
    level: 'problem',
    facts: {
      server,
      nodes: new Set(signs.map(({ nodeId }) => nodeId)).size,
      services: { count: countServices(signs), names: names.slice(0, MAX_NAMES) },
      others: { count: others.length, servers: others.slice(0, MAX_NAMES) },
    },
    evidence: toEvidence(signs.find(({ words }) => words !== null)?.words ?? null),
    sinceMs: Math.min(...signs.map(({ sinceMs }) => sinceMs)),
    because: null,
  };
  return { found, signs: all.flat() };
}

export interface ServerRoot {
  found: Found<'swarm'>;
  /** All that it explains. */
  signs: readonly RootSign[];
}

function compareServers(a: readonly RootSign[], b: readonly RootSign[]): number {
  return countServices(b) - countServices(a) || ((a[0]?.object ?? '') < (b[0]?.object ?? '') ? -1 : 1);
}

/** One address that several running tasks have: what is sent to one may reach the other (moby/moby#33402). */
export interface DoubledTasks {
  address: string;
  tasks: readonly Task[];
}

/** When all of these have had it for longer than lists may be behind each other; our clock. */
export function findDoubledAtMs({ tasks }: DoubledTasks): number {
  return Math.max(...tasks.map(({ stateAtMs }) => stateAtMs ?? 0)) + AGE_LIMITS_MS['address-doubled'];
}

/** @param nameOf a task's service and node, as people know them */
export function findDoubledRoot(
  doubled: readonly DoubledTasks[],
  nameOf: (task: Task) => { service: string; host: string | null },
): Found<'swarm'> | null {
  const [first] = doubled;
  if (first === undefined) return null;
  return {
    cause: 'address-doubled',
    level: 'problem',
    facts: {
      address: first.address,
      tasks: first.tasks.slice(0, MAX_NAMES).map((task) => ({ ...nameOf(task), slot: task.slot })),
      count: first.tasks.length,
      more: doubled.length - 1,
    },
    evidence: null,
    sinceMs: Math.max(...first.tasks.map(({ stateAtMs }) => stateAtMs ?? 0)),
    because: null,
  };
}

function toEvidence(text: string | null): Found<'swarm'>['evidence'] {
  return text === null ? null : { from: { kind: 'docker' }, text };
}

function countServices(signs: readonly RootSign[]): number {
  return new Set(signs.map(({ serviceId }) => serviceId)).size;
}
