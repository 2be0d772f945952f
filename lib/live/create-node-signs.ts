import type { Facts } from '#lib/facts/create-facts.ts';
import { NO_SIGNS, type NodeSign } from '#lib/model/contract/node-sign.ts';
import { findForgottenOfGone } from '#lib/model/findings/forgotten-of-gone.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

/** What the containers of services say of their nodes. */
export interface NodeSigns {
  /** What those of this service say now. */
  set(serviceId: string, found: readonly NodeSign[]): void;
  /** The service was removed, and none of its containers should run any more. @returns when to look again; `null`: not */
  setGone(serviceId: string, nowMs: number): number | null;
  /** Our clock, since when nobody was found who owns this container: now, if it was not looked for before. */
  seenSince(containerId: string, nowMs: number): number;
  ofNode(nodeId: string): readonly NodeSign[];
  /** Has anything changed since this was last asked? */
  takeChange(): boolean;
}

/** Containers that nobody owns are few. */
const MAX_UNOWNED = 10_000;

export function createNodeSigns(facts: Pick<Facts, 'containersOf' | 'engineOf'>): NodeSigns {
  const byService = new Map<string, readonly NodeSign[]>();
  const goneSince = new Map<string, number>();
  const unownedSince = new Map<string, number>();
  let hasChanged = false;

  function put(serviceId: string, found: readonly NodeSign[]): void {
    const before = byService.get(serviceId) ?? NO_SIGNS;
    if (found.length === 0) byService.delete(serviceId);
    else byService.set(serviceId, found);
    if (!hasEqualContent(before, found)) hasChanged = true;
  }

  return {
    set(serviceId, found) {
      goneSince.delete(serviceId);
      put(serviceId, found);
    },
    setGone(serviceId, nowMs) {
      const containers = facts.containersOf(serviceId);
      if (containers.length === 0) {
        goneSince.delete(serviceId);
        put(serviceId, NO_SIGNS);
        return null;
      }
      const sinceMs = goneSince.get(serviceId) ?? nowMs;
      goneSince.set(serviceId, sinceMs);
      const { signs, recheckAtMs } = findForgottenOfGone(containers, sinceMs, facts.engineOf, nowMs);
      put(serviceId, signs);
      return recheckAtMs;
    },
    seenSince(containerId, nowMs) {
      const known = unownedSince.get(containerId);
      if (known !== undefined) return known;
      if (unownedSince.size >= MAX_UNOWNED) unownedSince.clear();
      unownedSince.set(containerId, nowMs);
      return nowMs;
    },
    ofNode(nodeId) {
      if (byService.size === 0) return NO_SIGNS;
      const found = [...byService.values()].flat().filter((sign) => sign.nodeId === nodeId);
      return found.length === 0 ? NO_SIGNS : found;
    },
    takeChange() {
      const changed = hasChanged;
      hasChanged = false;
      return changed;
    },
  };
}
