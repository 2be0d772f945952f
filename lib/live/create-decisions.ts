import type { Facts } from '#lib/facts/create-facts.ts';
import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { deriveNode } from '#lib/model/derive/derive-node.ts';
import { deriveService } from '#lib/model/derive/derive-service.ts';
import { createNodeSigns } from './create-node-signs.ts';

/** What was last decided of each service and node, and when time alone may change it. */
export interface Decisions {
  /** By id, as it was last decided. */
  service(serviceId: string): ServicePicture | null;
  /** Why its replicas are as they are, by their keys; `null`: nothing was decided of it. */
  reasons(serviceId: string): ReadonlyMap<string, Reason> | null;
  nodeCount(): number;
  /** Do services say something else of their nodes than when this was last asked? */
  haveSignsChanged(): boolean;
  /** Decides it anew; `null`: it is no more, or nothing may be said of it yet. */
  decideService(serviceId: string, nowMs: number): ServicePicture | null;
  decideNodes(nowMs: number): Map<string, NodePicture | null>;
  /** Services that time may have changed by now. */
  findDue(nowMs: number): string[];
  /** When the next one is due; infinite when none is. */
  nextDueMs(): number;
}

export function createDecisions(facts: Facts, wording: Wording): Decisions {
  const services = new Map<string, ServicePicture>();
  const nodes = new Map<string, NodePicture>();
  const reasons = new Map<string, ReadonlyMap<string, Reason>>();
  const dueAtMs = new Map<string, number>();
  const signs = createNodeSigns(facts);

  function decideService(serviceId: string, nowMs: number): ServicePicture | null {
    const service = facts.serviceOf(serviceId);
    dueAtMs.delete(serviceId);
    // Before the first list a service without tasks means nothing.
    if (!service || !facts.areTasksListed()) {
      services.delete(serviceId);
      reasons.delete(serviceId);
      if (facts.areTasksListed() && facts.areServicesListed()) {
        const lookAtMs = signs.setGone(serviceId, nowMs);
        if (lookAtMs !== null) dueAtMs.set(serviceId, lookAtMs);
      }
      return null;
    }
    const {
      picture,
      reasons: ofReplicas,
      signs: ofNodes,
      recheckAtMs,
    } = deriveService({
      service,
      tasks: facts.tasksOf(serviceId),
      remembered: facts.pastTasksOf(serviceId),
      nodeOf: facts.nodeOf,
      containerOf: facts.containerOf,
      engineOf: facts.engineOf,
      lastContainerOf: facts.lastSeenContainerOf,
      containersOf: () => facts.containersOf(serviceId),
      roomFor: facts.roomFor,
      seenSince: (containerId) => signs.seenSince(containerId, nowMs),
      previous: services.get(serviceId) ?? null,
      nowMs,
      wording,
    });
    services.set(serviceId, picture);
    reasons.set(serviceId, ofReplicas);
    signs.set(serviceId, ofNodes);
    if (recheckAtMs !== null) dueAtMs.set(serviceId, recheckAtMs);
    return picture;
  }

  return {
    service: (serviceId) => services.get(serviceId) ?? null,
    reasons: (serviceId) => reasons.get(serviceId) ?? null,
    nodeCount: () => nodes.size,
    haveSignsChanged: signs.takeChange,
    decideService,
    decideNodes(nowMs) {
      const decided = new Map<string, NodePicture | null>();
      const hasLeader = (facts.swarm()?.error ?? null) === null;
      for (const id of nodes.keys()) if (!facts.nodeOf(id)) decided.set(id, null);
      for (const node of facts.nodes()) {
        const previous = nodes.get(node.id) ?? null;
        const engine = facts.engineOf(node.id);
        const ofNode = signs.ofNode(node.id);
        decided.set(
          node.id,
          deriveNode({ node, engine, hasLeader, signs: ofNode, previous, nowMs, wording }),
        );
      }
      for (const [id, node] of decided) node ? nodes.set(id, node) : nodes.delete(id);
      return decided;
    },
    findDue(nowMs) {
      const due: string[] = [];
      for (const [serviceId, atMs] of dueAtMs) if (atMs <= nowMs) due.push(serviceId);
      return due;
    },
    nextDueMs() {
      let firstMs = Number.POSITIVE_INFINITY;
      for (const atMs of dueAtMs.values()) firstMs = Math.min(firstMs, atMs);
      return firstMs;
    },
  };
}
