import type { Facts } from '#lib/facts/create-facts.ts';
import { NO_SIGNS, type NodeSign } from '#lib/model/contract/node-sign.ts';
import { findForgottenOfGone } from '#lib/model/findings/forgotten-of-gone.ts';
import { createSignIndex } from './create-sign-index.ts';

/** What the containers of services say of their nodes. */
export interface NodeSigns {
  /** What those of this service say now. */
  set(serviceId: string, found: readonly NodeSign[]): void;
  /** The service was removed, and none of its containers should run any more. @returns when to look again; `null`: not */
  setGone(serviceId: string, nowMs: number): number | null;
  /** Our clock, since when nobody was found who owns this container: now, if it was not looked for before. */
  seenSince(containerId: string, nowMs: number): number;
  ofNode(nodeId: string): readonly NodeSign[];
  /** The nodes of which something else is said than when this was last asked. */
  takeChanged(): ReadonlySet<string>;
}

/** Containers that nobody owns are few. */
const MAX_UNOWNED = 10_000;

export function createNodeSigns(facts: Pick<Facts, 'containersOf' | 'engineOf'>): NodeSigns {
  const signs = createSignIndex<NodeSign>();
  const goneSince = new Map<string, number>();
  const unownedSince = new Map<string, number>();

  return {
    set(serviceId, found) {
      goneSince.delete(serviceId);
      signs.set(serviceId, found);
    },
    setGone(serviceId, nowMs) {
      const containers = facts.containersOf(serviceId);
      if (containers.length === 0) {
        goneSince.delete(serviceId);
        signs.set(serviceId, NO_SIGNS);
        return null;
      }
      const sinceMs = goneSince.get(serviceId) ?? nowMs;
      goneSince.set(serviceId, sinceMs);
      const found = findForgottenOfGone(containers, sinceMs, facts.engineOf, nowMs);
      signs.set(serviceId, found.signs);
      return found.recheckAtMs;
    },
    seenSince(containerId, nowMs) {
      const known = unownedSince.get(containerId);
      if (known !== undefined) return known;
      if (unownedSince.size >= MAX_UNOWNED) unownedSince.clear();
      unownedSince.set(containerId, nowMs);
      return nowMs;
    },
    ofNode: signs.onNode,
    takeChanged: signs.takeChanged,
  };
}
