import type { Facts } from '#lib/facts/create-facts.ts';
import type { Found } from '#lib/model/contract/found.ts';
import type { ServiceNetwork } from '#lib/model/contract/network.ts';
import { NO_ROOT_SIGNS } from '#lib/model/contract/node-sign.ts';
import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { deriveNode } from '#lib/model/derive/derive-node.ts';
import { deriveService } from '#lib/model/derive/derive-service.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import { DEFAULT_PROBE_LINE, type ProbeLine } from '#lib/model/docker/probe-line.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { findUnlistedNetworks } from '#lib/model/findings/find-swarm-findings.ts';
import { findPortReach, type PortFacts } from '#lib/model/findings/ports.ts';
import type { PortReach } from '#lib/model/ports/node-ports.ts';
import { createAddressShortage } from './create-address-shortage.ts';
import { createCheckIndex } from './create-check-index.ts';
import { createListing } from './create-listing.ts';
import { createNetworkUse } from './create-network-use.ts';
import { createNodeSigns } from './create-node-signs.ts';
import { createRoots } from './create-roots.ts';
import { createUngivenPorts } from './create-ungiven-ports.ts';

/** What was last decided of each service and node, and when time alone may change it. */
export interface Decisions {
  /** By id, as it was last decided. */
  service(serviceId: string): ServicePicture | null;
  /** Why its replicas are as they are, by their keys; `null`: nothing was decided of it. */
  reasons(serviceId: string): ReadonlyMap<string, Reason> | null;
  nodeCount(): number;
  /** The networks that a service is on, and who has addresses in them. */
  networksOf(service: Service): ServiceNetwork[];
  /** What the swarm as a whole has that several services suffer from. */
  swarmRoots(nowMs: number): readonly Found<'swarm'>[];
  /** Has it changed, since when no manager lists tasks? Then each service has something else to say. */
  hasListingChanged(nowMs: number): boolean;
  /** Decides it anew; `null`: it is no more, or nothing may be said of it yet. */
  decideService(serviceId: string, nowMs: number): ServicePicture | null;
  /**
   * What several services suffer from, of what they say by now: the services whose problems another finding explains by
   * that, decided anew, and the nodes of which something else is said than before.
   */
  decideRoots(nowMs: number): { services: Map<string, ServicePicture | null>; nodeIds: ReadonlySet<string> };
  /** @param nodeIds only these; all of them, if left out */
  decideNodes(nowMs: number, nodeIds?: ReadonlySet<string>): Map<string, NodePicture | null>;
  /** Services that time may have changed by now. */
  findDue(nowMs: number): string[];
  /** When the next one is due; infinite when none is. */
  nextDueMs(): number;
}

/** What the swarm has besides, of which each comes alone. */
function findOthers(facts: Facts, nowMs: number) {
  return [findPortReach(facts.portReach()), findUnlistedNetworks(facts.networksUnread(), nowMs)];
}

/** The same list where there is nothing to add. */
function joinRoots(
  roots: readonly Found<'swarm'>[],
  short: readonly Found<'swarm'>[],
  others: readonly (Found<'swarm'> | null)[],
): readonly Found<'swarm'>[] {
  const more = others.filter((one) => one !== null);
  if (more.length === 0 && short.length === 0) return roots;
  return [...roots, ...short, ...more];
}

/** What is known across services, each kept true as one of them is decided. */
function createIndexes(facts: Facts) {
  const signs = createNodeSigns(facts);
  const checks = createCheckIndex();
  const ungiven = createUngivenPorts();
  const networks = createNetworkUse(facts);
  const nameOf = (serviceId: string) => facts.serviceOf(serviceId)?.name ?? serviceId;
  const shortage = createAddressShortage(networks, nameOf);
  const roots = createRoots(({ serviceId, nodeId }) => ({
    service: nameOf(serviceId),
    host: nodeId === null ? null : (facts.nodeOf(nodeId)?.hostname ?? nodeId),
  }));
  return {
    signs,
    checks,
    ungiven,
    networks,
    shortage,
    roots,
    listing: createListing(facts),
  };
}

/** @param probeLine from where failing probes are a problem, where a service does not say so itself */
export function createDecisions(
  facts: Facts,
  wording: Wording,
  probeLine: ProbeLine = DEFAULT_PROBE_LINE,
): Decisions {
  const services = new Map<string, ServicePicture>();
  const nodes = new Map<string, NodePicture>();
  const reasons = new Map<string, ReadonlyMap<string, Reason>>();
  const dueAtMs = new Map<string, number>();
  const { signs, checks, ungiven, networks, shortage, roots, listing } = createIndexes(facts);

  function forgetService(serviceId: string, nowMs: number): null {
    services.delete(serviceId);
    reasons.delete(serviceId);
    roots.set(serviceId, NO_ROOT_SIGNS, []);
    networks.set(serviceId, null, []);
    checks.set(serviceId, null);
    ungiven.forget(serviceId);
    const isListed = facts.areTasksListed() && facts.areServicesListed();
    const lookAtMs = isListed ? signs.setGone(serviceId, nowMs) : null;
    if (lookAtMs !== null) dueAtMs.set(serviceId, lookAtMs);
    return null;
  }

  function decideService(serviceId: string, nowMs: number): ServicePicture | null {
    const service = facts.serviceOf(serviceId);
    dueAtMs.delete(serviceId);
    // Before the first list a service without tasks means nothing.
    if (!service || !facts.areTasksListed()) return forgetService(serviceId, nowMs);
    const tasks = facts.tasksOf(serviceId);
    signs.forgetOwned(serviceId, tasks);
    const derived = deriveService({
      service,
      tasks,
      ...toKnown(serviceId, facts),
      probeLine,
      fullNetwork: shortage.fullFor(service),
      rootOf: roots.rootOf,
      seenSince: (containerId) => signs.seenSince(serviceId, containerId, nowMs),
      ungivenSinceMs: ungiven.findSince(service, nowMs),
      unlistedSinceMs: listing.missingSinceMs(),
      unreadSinceMs: listing.unreadSinceMs(),
      checkedSibling: checks.siblingOf(serviceId),
      previous: services.get(serviceId) ?? null,
      nowMs,
      wording,
    });
    const { picture, recheckAtMs } = derived;
    services.set(serviceId, picture);
    checks.set(serviceId, picture);
    reasons.set(serviceId, derived.reasons);
    signs.set(serviceId, derived.signs);
    roots.set(serviceId, derived.rootSigns, tasks);
    networks.set(serviceId, service, tasks);
    if (recheckAtMs !== null) dueAtMs.set(serviceId, recheckAtMs);
    return picture;
  }

  /** @param hasLeader whether what managers say of a node is of now */
  function decideNode(node: SwarmNode, hasLeader: boolean, portReach: PortReach, nowMs: number): NodePicture {
    return deriveNode({
      node,
      engine: facts.engineOf(node.id),
      hasLeader,
      signs: signs.ofNode(node.id),
      roots: roots.ofNode(node.id),
      ports: facts.portsOn(node.id),
      portReach,
      previous: nodes.get(node.id) ?? null,
      nowMs,
      wording,
    });
  }

  return {
    service: (serviceId) => services.get(serviceId) ?? null,
    reasons: (serviceId) => reasons.get(serviceId) ?? null,
    nodeCount: () => nodes.size,
    networksOf: networks.networksOf,
    swarmRoots: (nowMs) => joinRoots(roots.ofSwarm(), shortage.found(), findOthers(facts, nowMs)),
    hasListingChanged: listing.hasChanged,
    decideService,
    decideRoots(nowMs) {
      const decided = new Map<string, ServicePicture | null>();
      const changed = roots.decide(nowMs);
      const short = shortage.decide(nowMs);
      // What a replica shows does not depend on what explains it: once more is enough.
      for (const serviceId of new Set([...changed.serviceIds, ...short.serviceIds, ...checks.takeChanged()]))
        decided.set(serviceId, decideService(serviceId, nowMs));
      return { services: decided, nodeIds: new Set([...signs.takeChanged(), ...changed.nodeIds]) };
    },
    decideNodes(nowMs, nodeIds) {
      const decided = new Map<string, NodePicture | null>();
      const portReach = facts.portReach();
      const hasLeader = (facts.swarm()?.error ?? null) === null;
      if (nodeIds === undefined) for (const id of nodes.keys()) if (!facts.nodeOf(id)) decided.set(id, null);
      for (const node of nodeIds === undefined ? facts.nodes() : findNodes(nodeIds, facts))
        decided.set(node.id, decideNode(node, hasLeader, portReach, nowMs));
      for (const [id, node] of decided) node ? nodes.set(id, node) : nodes.delete(id);
      return decided;
    },
    findDue: (nowMs) => listDue(dueAtMs, nowMs),
    nextDueMs: () =>
      findFirst(dueAtMs, Math.min(roots.nextDueMs(), shortage.nextDueMs(), listing.nextDueMs())),
  };
}

function findNodes(nodeIds: ReadonlySet<string>, facts: Facts): SwarmNode[] {
  return [...nodeIds].map(facts.nodeOf).filter((node) => node !== null);
}

function findFirst(dueAtMs: ReadonlyMap<string, number>, otherMs: number): number {
  let firstMs = otherMs;
  for (const atMs of dueAtMs.values()) firstMs = Math.min(firstMs, atMs);
  return firstMs;
}

function listDue(dueAtMs: ReadonlyMap<string, number>, nowMs: number): string[] {
  const due: string[] = [];
  for (const [serviceId, atMs] of dueAtMs) if (atMs <= nowMs) due.push(serviceId);
  return due;
}

/** What is known of a service and of all that it rests on. */
function toKnown(serviceId: string, facts: Facts) {
  const ports: PortFacts = {
    checks: facts.portsOf(serviceId),
    hostOf: (nodeId) => facts.nodeOf(nodeId)?.hostname ?? nodeId,
    nodePortsOf: facts.portsOn,
  };
  return {
    remembered: facts.pastTasksOf(serviceId),
    nodeOf: facts.nodeOf,
    nodes: () => [...facts.nodes()],
    containerOf: facts.containerOf,
    engineOf: facts.engineOf,
    usageSignsOf: facts.usageSignsOf,
    tallyOf: facts.tallyOf,
    lastContainerOf: facts.lastSeenContainerOf,
    containersOf: () => facts.containersOf(serviceId),
    roomFor: facts.roomFor,
    hasProbedSince: facts.hasProbedSince,
    ports,
  };
}
