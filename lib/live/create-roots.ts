import type { FindingRef } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import { diffSigns, type RootSign, toSignKey } from '#lib/model/contract/node-sign.ts';
import type { Task } from '#lib/model/docker/task.ts';
import {
  BURST_MS,
  type Elsewhere,
  type FoundRoot,
  findNodeRoots,
  mayHaveBurst,
  toRootRef,
} from '#lib/model/findings/roots/node-roots.ts';
import { createDoubledAddresses } from './create-doubled-addresses.ts';
import { createFailureTimes } from './create-failure-times.ts';
import { createFarServers } from './create-far-servers.ts';
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
const DOUBLED: FindingRef = { cause: 'address-doubled', subject: { kind: 'swarm' } };

/** @param nameOf a task's service and node, as people know them */
export function createRoots(nameOf: (task: Task) => { service: string; host: string | null }): Roots {
  const signs = createSignIndex<RootSign>();
  const servers = createFarServers();
  const addresses = createDoubledAddresses(nameOf);
  const roots = new Map<string, readonly FoundRoot[]>();
  /** By node, the signs that its roots explain. */
  const explained = new Map<string, ReadonlySet<string>>();
  let ofSwarm = NO_SWARM_ROOTS;

  const failures = createFailureTimes();
  /** Nodes that may have a burst of failed probes: what others show decides whether it is theirs. */
  const bursting = new Set<string>();
  const elsewhere: Elsewhere = {
    // Replicas of its service on other nodes fail as it does: what they share is no node.
    has: (sign) =>
      signs
        .of(sign.serviceId)
        .some(
          (other) =>
            other.nodeId !== sign.nodeId &&
            other.kind === sign.kind &&
            Math.abs(other.sinceMs - sign.sinceMs) <= BURST_MS,
        ),
    countServices: failures.countServices,
  };

  /** One more failure of the same kind is no news: it is so since the first. */
  function keepSince(serviceId: string, now: readonly RootSign[]): readonly RootSign[] {
    const before = signs.of(serviceId);
    if (before.length === 0) return now;
    const sinceMs = new Map(before.map((sign) => [toSignKey(sign), sign.sinceMs]));
    return now.map((sign) => {
      const knownMs = sinceMs.get(toSignKey(sign));
      return knownMs === undefined || knownMs >= sign.sinceMs ? sign : { ...sign, sinceMs: knownMs };
    });
  }

  return {
    set(serviceId, now, tasks) {
      const kept = keepSince(serviceId, now);
      signs.set(serviceId, kept);
      failures.set(serviceId, kept);
      servers.set(serviceId, kept);
      addresses.set(serviceId, tasks);
    },
    decide(nowMs) {
      const shared = servers.decide();
      const nodeIds = new Set(shared.map(({ nodeId }) => nodeId));
      const serviceIds = new Set(shared.map(({ serviceId }) => serviceId));
      const changedIds = new Set([...signs.takeChanged(), ...nodeIds]);
      if (failures.takeChanged()) for (const nodeId of bursting) changedIds.add(nodeId);
      for (const nodeId of changedIds) {
        const before = roots.get(nodeId) ?? NO_ROOTS;
        const own = signs.onNode(nodeId).filter((sign) => !servers.isFar(sign));
        if (mayHaveBurst(own)) bursting.add(nodeId);
        else bursting.delete(nodeId);
        const now = findNodeRoots(own, elsewhere);
        if (before.length + now.length === 0) continue;
        nodeIds.add(nodeId);
        const suffering = toSigns(now);
        if (now.length === 0) {
          roots.delete(nodeId);
          explained.delete(nodeId);
        } else {
          roots.set(nodeId, now);
          explained.set(nodeId, new Set(suffering.map(toSignKey)));
        }
        for (const { serviceId } of diffSigns(toSigns(before), suffering)) serviceIds.add(serviceId);
      }
      const doubled = addresses.decide(nowMs);
      for (const serviceId of doubled.serviceIds) serviceIds.add(serviceId);
      const all = [...servers.roots(), doubled.found].filter((one) => one !== null);
      ofSwarm = all.length === 0 ? NO_SWARM_ROOTS : all;
      return { nodeIds, serviceIds };
    },
    ofNode: (nodeId) => roots.get(nodeId) ?? NO_ROOTS,
    ofSwarm: () => ofSwarm,
    rootOf(sign, taskId) {
      if (sign !== null) {
        const far = servers.rootOf(sign);
        if (far !== null) return far;
        if (explained.get(sign.nodeId)?.has(toSignKey(sign))) return toRootRef(sign.kind, sign.nodeId);
      }
      return addresses.has(taskId) ? DOUBLED : null;
    },
    nextDueMs: addresses.nextDueMs,
  };
}

function toSigns(roots: readonly FoundRoot[]): RootSign[] {
  return roots.flatMap((root) => root.signs);
}
