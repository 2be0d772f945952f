import type { FindingRef } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import type { RootSign } from '#lib/model/contract/node-sign.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { BURST_MS, type FoundRoot, findNodeRoots, toRootRef } from '#lib/model/findings/node-roots.ts';
import {
  findDoubledAtMs,
  findDoubledRoot,
  findServerRoot,
  isLocalAddress,
  isSharedServer,
} from '#lib/model/findings/swarm-roots.ts';
import { createAddressIndex } from './create-address-index.ts';
import { createSignIndex } from './create-sign-index.ts';

/** What nodes, or the swarm, have that several services suffer from. */
export interface Roots {
  /** What the replicas of this service show now, and the tasks that a manager lists of it. */
  set(serviceId: string, signs: readonly RootSign[], tasks: readonly Task[]): void;
  /**
   * Decides anew what something else is shown of.
   *
   * @returns the nodes whose roots may be others than before, and the services of which another finding explains what
   *   is wrong with a replica
   */
  decide(nowMs: number): RootChanges;
  ofNode(nodeId: string): readonly FoundRoot[];
  ofSwarm(): readonly Found<'swarm'>[];
  /** The finding that explains what a replica with this task shows; `null`: it is its own. */
  rootOf(sign: RootSign | null, taskId: string): FindingRef | null;
  /** Our clock, when time alone makes a root; infinite: it does not. */
  nextDueMs(): number;
}

interface RootChanges {
  nodeIds: ReadonlySet<string>;
  serviceIds: ReadonlySet<string>;
}

const NO_ROOTS: readonly FoundRoot[] = [];
const NO_SWARM_ROOTS: readonly Found<'swarm'>[] = [];
const SERVER: FindingRef = { cause: 'log-server-unreached', subject: { kind: 'swarm' } };
const DOUBLED: FindingRef = { cause: 'address-doubled', subject: { kind: 'swarm' } };

/** @param nameOf a task's service and node, as people know them */
export function createRoots(nameOf: (task: Task) => { service: string; host: string | null }): Roots {
  const signs = createSignIndex<RootSign>();
  /** By log server instead of node. */
  const ofServers = createSignIndex<{ nodeId: string; sign: RootSign }>();
  const addresses = createAddressIndex();
  const roots = new Map<string, readonly FoundRoot[]>();
  /** By node, the signs that its roots explain. */
  const explained = new Map<string, ReadonlySet<string>>();
  /** Log servers that are not reached from several nodes. */
  const servers = new Map<string, readonly RootSign[]>();
  /** By task, the address that another has too. */
  let doubled = new Map<string, { address: string; serviceId: string }>();
  let ofSwarm = NO_SWARM_ROOTS;
  let dueAtMs = Number.POSITIVE_INFINITY;

  /** Replicas of its service on other nodes fail as it does: what they share is no node. */
  const isElsewhere = (sign: RootSign) =>
    signs
      .of(sign.serviceId)
      .some(
        (other) =>
          other.nodeId !== sign.nodeId &&
          other.kind === sign.kind &&
          Math.abs(other.sinceMs - sign.sinceMs) <= BURST_MS,
      );

  /** One more failure of the same kind is no news: it is so since the first. */
  function keepSince(serviceId: string, now: readonly RootSign[]): readonly RootSign[] {
    const before = signs.of(serviceId);
    if (before.length === 0) return now;
    const sinceMs = new Map(before.map((sign) => [toKey(sign), sign.sinceMs]));
    return now.map((sign) => {
      const knownMs = sinceMs.get(toKey(sign));
      return knownMs === undefined || knownMs >= sign.sinceMs ? sign : { ...sign, sinceMs: knownMs };
    });
  }

  /** @returns signs that the swarm explains from now on, or no more */
  function decideServers(): RootSign[] {
    const changed: RootSign[] = [];
    for (const server of ofServers.takeChanged()) {
      const before = servers.get(server) ?? [];
      const all = ofServers.onNode(server).map(({ sign }) => sign);
      const now = isSharedServer(all) ? all : [];
      if (now.length === 0) servers.delete(server);
      else servers.set(server, now);
      changed.push(...listNew(before, now), ...listNew(now, before));
    }
    return changed;
  }

  /** @returns the services of the tasks whose address another has from now on, or no more */
  function decideAddresses(nowMs: number): { found: Found<'swarm'> | null; serviceIds: string[] } {
    const all = addresses.doubled();
    dueAtMs = Number.POSITIVE_INFINITY;
    if (all.length === 0 && doubled.size === 0) return { found: null, serviceIds: [] };
    const before = doubled;
    doubled = new Map();
    const ripe = all.filter((one) => {
      const atMs = findDoubledAtMs(one);
      if (atMs > nowMs) dueAtMs = Math.min(dueAtMs, atMs);
      return atMs <= nowMs;
    });
    for (const { address, tasks } of ripe)
      for (const { id, serviceId } of tasks) doubled.set(id, { address, serviceId });
    const differs = (a: typeof doubled, b: typeof doubled) =>
      [...a].filter(([id]) => !b.has(id)).map(([, { serviceId }]) => serviceId);
    return {
      found: findDoubledRoot(ripe, nameOf),
      serviceIds: [...differs(before, doubled), ...differs(doubled, before)],
    };
  }

  const isShared = ({ object }: RootSign) => object !== null && servers.has(object);

  return {
    set(serviceId, now, tasks) {
      const kept = keepSince(serviceId, now);
      signs.set(serviceId, kept);
      ofServers.set(
        serviceId,
        kept.flatMap((sign) =>
          sign.kind === 'log-server' && sign.object !== null && !isLocalAddress(sign.object)
            ? { nodeId: sign.object, sign }
            : [],
        ),
      );
      addresses.set(serviceId, tasks);
    },
    decide(nowMs) {
      const shared = decideServers();
      const nodeIds = new Set(shared.map(({ nodeId }) => nodeId));
      const serviceIds = new Set(shared.map(({ serviceId }) => serviceId));
      for (const nodeId of new Set([...signs.takeChanged(), ...nodeIds])) {
        const before = roots.get(nodeId) ?? NO_ROOTS;
        const own = signs.onNode(nodeId);
        const now = findNodeRoots(
          servers.size === 0 ? own : own.filter((sign) => !isShared(sign)),
          isElsewhere,
        );
        if (before.length + now.length === 0) continue;
        nodeIds.add(nodeId);
        const changed = [toSigns(before), toSigns(now)] as const;
        if (now.length === 0) {
          roots.delete(nodeId);
          explained.delete(nodeId);
        } else {
          roots.set(nodeId, now);
          explained.set(nodeId, new Set(changed[1].map(toKey)));
        }
        for (const { serviceId } of [...listNew(...changed), ...listNew(changed[1], changed[0])])
          serviceIds.add(serviceId);
      }
      const { found, serviceIds: ofAddresses } = decideAddresses(nowMs);
      for (const serviceId of ofAddresses) serviceIds.add(serviceId);
      const all = [findServerRoot(servers), found].filter((one) => one !== null);
      ofSwarm = all.length === 0 ? NO_SWARM_ROOTS : all;
      return { nodeIds, serviceIds };
    },
    ofNode: (nodeId) => roots.get(nodeId) ?? NO_ROOTS,
    ofSwarm: () => ofSwarm,
    rootOf(sign, taskId) {
      if (sign !== null) {
        if (sign.kind === 'log-server' && isShared(sign)) return SERVER;
        if (explained.get(sign.nodeId)?.has(toKey(sign))) return toRootRef(sign.kind, sign.nodeId);
      }
      return doubled.has(taskId) ? DOUBLED : null;
    },
    nextDueMs: () => dueAtMs,
  };
}

function toSigns(roots: readonly FoundRoot[]): RootSign[] {
  return roots.flatMap((root) => root.signs);
}

/** Those of `after` that are not in `before`. */
function listNew(before: readonly RootSign[], after: readonly RootSign[]): readonly RootSign[] {
  if (before.length === 0) return after;
  const known = new Set(before.map(toKey));
  return after.filter((sign) => !known.has(toKey(sign)));
}

/** The same of the same replica, on the same node. */
function toKey({ serviceId, key, nodeId, kind, object }: RootSign): string {
  return `${serviceId} ${key} ${nodeId} ${kind} ${object ?? ''}`;
}
