import type { Facts } from '#lib/facts/create-facts.ts';
import { NO_SIGNS, type NodeSign } from '#lib/model/contract/node-sign.ts';
import { isEndedTask, type Task } from '#lib/model/docker/task.ts';
import { findForgottenOfGone } from '#lib/model/findings/forgotten-of-gone.ts';
import { createSignIndex } from './create-sign-index.ts';

/** What the containers of services say of their nodes. */
export interface NodeSigns {
  /** What those of this service say now. */
  set(serviceId: string, found: readonly NodeSign[]): void;
  /** The service was removed, and none of its containers should run any more. @returns when to look again; `null`: not */
  setGone(serviceId: string, nowMs: number): number | null;
  /** Our clock, since when nobody was found who owns this container of it: now, if it was not looked for before. */
  seenSince(serviceId: string, containerId: string, nowMs: number): number;
  /** Of its containers that are gone, or whose tasks are listed and not over by now, that is looked for anew. */
  forgetOwned(serviceId: string, tasks: readonly Task[]): void;
  ofNode(nodeId: string): readonly NodeSign[];
  /** The nodes of which something else is said than when this was last asked. */
  takeChanged(): ReadonlySet<string>;
}

export function createNodeSigns(facts: Pick<Facts, 'containersOf' | 'engineOf'>): NodeSigns {
  const signs = createSignIndex<NodeSign>();
  const goneSince = new Map<string, number>();
  const unownedSince = new Map<string, Map<string, number>>();

  return {
    set(serviceId, found) {
      goneSince.delete(serviceId);
      signs.set(serviceId, found);
    },
    setGone(serviceId, nowMs) {
      unownedSince.delete(serviceId);
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
    seenSince(serviceId, containerId, nowMs) {
      const ofService = unownedSince.get(serviceId) ?? new Map<string, number>();
      const sinceMs = ofService.get(containerId) ?? nowMs;
      unownedSince.set(serviceId, ofService.set(containerId, sinceMs));
      return sinceMs;
    },
    forgetOwned(serviceId, tasks) {
      const ofService = unownedSince.get(serviceId);
      if (ofService === undefined) return;
      const nodeOf = new Map(
        tasks.filter((task) => !isEndedTask(task)).map(({ id, nodeId }) => [id, nodeId]),
      );
      const unowned = new Set<string>();
      for (const { id, nodeId, taskId } of facts.containersOf(serviceId))
        if (nodeOf.get(taskId ?? '') !== nodeId) unowned.add(id);
      for (const id of ofService.keys()) if (!unowned.has(id)) ofService.delete(id);
      if (ofService.size === 0) unownedSince.delete(serviceId);
    },
    ofNode: signs.onNode,
    takeChanged: signs.takeChanged,
  };
}
