import type { Facts } from '#lib/facts/create-facts.ts';
import type { NetworkPicture, ServiceNetwork } from '#lib/model/contract/network.ts';
import { countAddresses } from '#lib/model/docker/count-addresses.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { isEndedTask, type Task } from '#lib/model/docker/task.ts';
import { compareText } from '#lib/model/text/compare-text.ts';

/** Who has addresses in which network; counted where a service or a task changes, never as a whole. */
export interface NetworkUse {
  /** The service and all tasks of it that a manager lists now; `null`: it is gone. */
  set(serviceId: string, service: Service | null, tasks: readonly Task[]): void;
  /** Of the networks that are used or listed. */
  of(networkId: string): NetworkPicture;
  networksOf(service: Service): ServiceNetwork[];
  servicesOn(networkId: string): Iterable<string>;
  /** Tasks that wait for an address, of all services on it. */
  waitingOn(networkId: string): number;
  used(): Iterable<string>;
  /**
   * Our clock, since when the first of these waits; `null`: none does.
   *
   * @param explains another network of its service that it waits for: such a task is left out
   */
  waitingSinceMs(networkId: string, explains: (otherId: string) => boolean): number | null;
  /** How many nodes have no task of it, and so no address of it. */
  nodesWithout(networkId: string): number;
  /** The networks whose use or size may be another than when this was last asked. */
  takeChanged(): Set<string>;
}

/** What one service has of one network. */
interface Share {
  tasks: number;
  vips: number;
  /** Nodes that have one of these tasks: each has an address of its own there. */
  nodes: ReadonlySet<string>;
  waiting: number;
  /** When the first of these was made. */
  waitingSinceMs: number | null;
}

interface Total {
  tasks: number;
  vips: number;
  waiting: number;
  /** By node, how many services have tasks on it. */
  nodes: Map<string, number>;
  services: Set<string>;
}

export function createNetworkUse(facts: Pick<Facts, 'networks' | 'nodes'>): NetworkUse {
  const byService = new Map<string, ReadonlyMap<string, Share>>();
  const totals = new Map<string, Total>();
  const changed = new Set<string>();
  let listed: ReturnType<Facts['networks']> = null;

  function add(serviceId: string, shares: ReadonlyMap<string, Share>, sign: 1 | -1): void {
    for (const [networkId, share] of shares) {
      const total = totals.get(networkId) ?? createTotal();
      totals.set(networkId, total);
      changed.add(networkId);
      total.tasks += sign * share.tasks;
      total.vips += sign * share.vips;
      total.waiting += sign * share.waiting;
      for (const nodeId of share.nodes) {
        const count = (total.nodes.get(nodeId) ?? 0) + sign;
        if (count > 0) total.nodes.set(nodeId, count);
        else total.nodes.delete(nodeId);
      }
      if (sign === 1) total.services.add(serviceId);
      else total.services.delete(serviceId);
      if (total.services.size === 0) totals.delete(networkId);
    }
  }

  function countNodes(): number {
    let count = 0;
    for (const _ of facts.nodes()) count += 1;
    return count;
  }

  function of(networkId: string): NetworkPicture {
    const network = facts.networks()?.get(networkId) ?? null;
    const total = totals.get(networkId);
    const size = network === null ? null : countAddresses(network);
    // Each node is on the routing mesh, be there a task or not (swarmkit manager/allocator/network.go, getNodeNetworks).
    const wanted = network?.ingress === true ? countNodes() : (total?.nodes.size ?? 0);
    const { tasks = 0, vips = 0, services } = total ?? {};
    // In a full network some nodes go without.
    const nodes = size === null ? wanted : Math.min(wanted, Math.max(0, size - tasks - vips));
    return {
      id: networkId,
      name: network?.name ?? null,
      driver: network?.driver ?? null,
      ingress: network?.ingress ?? false,
      encrypted: network?.encrypted ?? false,
      internal: network?.internal ?? false,
      attachable: network?.attachable ?? false,
      subnets: network?.subnets.map(({ subnet }) => subnet) ?? [],
      addresses: {
        size,
        left: size === null ? null : Math.max(0, size - tasks - vips - nodes),
        tasks,
        vips,
        nodes,
        services: services?.size ?? 0,
      },
    };
  }

  return {
    set(serviceId, service, tasks) {
      const before = byService.get(serviceId);
      const now = service === null ? NO_SHARES : toShares(service, tasks);
      if (before !== undefined && hasEqualShares(before, now)) return;
      if (before !== undefined) add(serviceId, before, -1);
      if (now.size === 0) byService.delete(serviceId);
      else byService.set(serviceId, now);
      add(serviceId, now, 1);
    },
    of,
    networksOf(service) {
      const vips = new Map(service.vips.map(({ networkId, address }) => [networkId, address]));
      return [...new Set([...service.networkIds, ...vips.keys()])]
        .map((id) => ({ ...of(id), vip: vips.get(id) ?? null }))
        .sort(compareNetworks);
    },
    servicesOn: (networkId) => totals.get(networkId)?.services ?? [],
    waitingOn: (networkId) => totals.get(networkId)?.waiting ?? 0,
    used: () => totals.keys(),
    waitingSinceMs(networkId, explains) {
      let sinceMs: number | null = null;
      for (const serviceId of totals.get(networkId)?.services ?? []) {
        const shares = byService.get(serviceId);
        const own = shares?.get(networkId)?.waitingSinceMs ?? null;
        if (shares === undefined || own === null || (sinceMs !== null && own >= sinceMs)) continue;
        if (![...shares.keys()].some((otherId) => otherId !== networkId && explains(otherId))) sinceMs = own;
      }
      return sinceMs;
    },
    nodesWithout: (networkId) => Math.max(0, countNodes() - (totals.get(networkId)?.nodes.size ?? 0)),
    takeChanged() {
      const taken = new Set(changed);
      changed.clear();
      if (listed !== facts.networks()) {
        listed = facts.networks();
        for (const networkId of totals.keys()) taken.add(networkId);
      }
      return taken;
    },
  };
}

const NO_SHARES: ReadonlyMap<string, Share> = new Map();

const createShare = () => ({
  tasks: 0,
  vips: 0,
  nodes: new Set<string>(),
  waiting: 0,
  waitingSinceMs: null,
});

function hasEqualShares(a: ReadonlyMap<string, Share>, b: ReadonlyMap<string, Share>): boolean {
  if (a.size !== b.size) return false;
  for (const [networkId, one] of a) {
    const other = b.get(networkId);
    if (other === undefined) return false;
    const isSame =
      one.tasks === other.tasks &&
      one.vips === other.vips &&
      one.waiting === other.waiting &&
      one.waitingSinceMs === other.waitingSinceMs &&
      one.nodes.size === other.nodes.size;
    if (!isSame) return false;
    for (const nodeId of one.nodes) if (!other.nodes.has(nodeId)) return false;
  }
  return true;
}

const createTotal = (): Total => ({
  tasks: 0,
  vips: 0,
  waiting: 0,
  nodes: new Map(),
  services: new Set(),
});

/** The routing mesh last: it is nobody's own. */
function compareNetworks(a: ServiceNetwork, b: ServiceNetwork): number {
  return Number(a.ingress) - Number(b.ingress) || compareText(a.name ?? a.id, b.name ?? b.id);
}

/**
 * A task has its addresses from before a node is chosen until it has ended, a service its own as long as it is there, and a
 * node one as long as a task of the network is on it (swarmkit manager/allocator/network.go: doTaskAlloc, allocateService,
 * getNodeNetworks).
 */
function toShares(service: Service, tasks: readonly Task[]): ReadonlyMap<string, Share> {
  const shares = new Map<string, Share & { nodes: Set<string> }>();
  const at = (networkId: string) => {
    const known = shares.get(networkId) ?? createShare();
    shares.set(networkId, known);
    return known;
  };
  for (const networkId of service.networkIds) at(networkId);
  for (const { networkId } of service.vips) at(networkId).vips += 1;
  for (const task of tasks) {
    if (isEndedTask(task)) continue;
    const isWaiting = task.state === 'new' && task.addresses.length === 0;
    if (isWaiting) {
      for (const networkId of service.networkIds) {
        const share = at(networkId);
        share.waiting += 1;
        const sinceMs = task.createdAtMs ?? task.stateAtMs;
        if (sinceMs !== null) share.waitingSinceMs = Math.min(share.waitingSinceMs ?? sinceMs, sinceMs);
      }
    }
    for (const networkId of task.networkIds) {
      if (networkId === null) continue;
      const share = at(networkId);
      share.tasks += 1;
      if (task.nodeId !== null) share.nodes.add(task.nodeId);
    }
  }
  return shares;
}
