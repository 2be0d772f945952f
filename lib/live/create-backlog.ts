import type { Facts } from '#lib/facts/create-facts.ts';
import type { FactChange } from '#lib/facts/fact-change.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import type { Decisions } from './create-decisions.ts';
import { type Touched, touch } from './touch.ts';

/** What is to be decided anew, and what of it is decided and not shown yet. */
export interface Backlog {
  touch(change: FactChange): void;
  /** Is anything touched that somebody waits for? */
  isUrgent(): boolean;
  /** Is anything touched that nobody waits for? */
  hasDeferred(): boolean;
  /** Takes in what time alone changed, and of the services that nobody waits for so many. */
  gather(deferred: number, nowMs: number): void;
  /** Decides services that were touched for as long as it may take. @returns whether that were all */
  decideServices(withinMs: number, nowMs: number): boolean;
  /** Is a service touched, and another decided that is not shown? */
  isUnderWay(): boolean;
  /** Once: while a swarm is read for the first time, what is decided is touched again and again. */
  isEachDecided(): boolean;
  /** Are the nodes, the managers or the engines to be decided anew? */
  areNodesTouched(): boolean;
  /** They are decided. */
  endNodes(): void;
  /** The services that are decided and not shown, by id; `null`: it is no more. */
  decided(): Map<string, ServicePicture | null>;
  /** They are shown. */
  endServices(): void;
}

export function createBacklog(
  facts: Facts,
  decisions: Decisions,
  /** Milliseconds since some moment. */
  steadyMs: () => number,
): Backlog {
  const touched: Touched = {
    services: new Set(),
    deferredServices: new Set(),
    nodes: true,
    deferredNodes: false,
  };
  let decided = new Map<string, ServicePicture | null>();

  return {
    touch: (change) => touch(touched, change, facts),
    isUrgent: () => touched.services.size > 0 || touched.nodes,
    hasDeferred: () => touched.deferredServices.size > 0 || touched.deferredNodes,
    gather(deferred, nowMs) {
      for (const serviceId of decisions.findDue(nowMs)) touched.services.add(serviceId);
      if (decisions.hasListingChanged(nowMs)) for (const { id } of facts.services()) touched.services.add(id);
      let left = deferred;
      for (const serviceId of touched.deferredServices) {
        if (left-- <= 0) break;
        touched.services.add(serviceId);
      }
      if (deferred > 0 && touched.deferredNodes) touched.nodes = true;
    },
    decideServices(withinMs, nowMs) {
      const untilMs = steadyMs() + withinMs;
      for (const serviceId of touched.services) {
        touched.services.delete(serviceId);
        touched.deferredServices.delete(serviceId);
        decided.set(serviceId, decisions.decideService(serviceId, nowMs));
        if (steadyMs() >= untilMs) break;
      }
      return touched.services.size === 0;
    },
    isUnderWay: () => touched.services.size > 0 && decided.size > 0,
    isEachDecided() {
      if (!facts.areTasksListed()) return false;
      for (const { id } of facts.services()) if (!decided.get(id)) return false;
      return true;
    },
    areNodesTouched: () => touched.nodes,
    endNodes() {
      if (touched.nodes) touched.deferredNodes = false;
      touched.nodes = false;
    },
    decided: () => decided,
    endServices() {
      decided = new Map();
    },
  };
}
