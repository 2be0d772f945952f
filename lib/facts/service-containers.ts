import { type Container, findLastRunProbe } from '#lib/model/docker/container.ts';
import { toProbeResult } from '#lib/model/docker/probe-result.ts';
import { toPlaceKey } from './container-owner.ts';
import type { FactStore } from './fact-store.ts';

/** Remembers that this container is the service's, so that all of a service are found without looking through all. */
export function addServiceContainer(
  store: FactStore,
  serviceId: string,
  { nodeId, taskId }: Container,
): void {
  const place = toPlaceKey(nodeId, taskId ?? '');
  const places = store.placesByService.get(serviceId);
  if (places) places.add(place);
  else store.placesByService.set(serviceId, new Set([place]));
}

/** Every container of the service that an engine tells of now, be its task known or not. */
export function listServiceContainers(store: FactStore, serviceId: string): Container[] {
  const places = store.placesByService.get(serviceId);
  if (places === undefined) return [];
  const containers: Container[] = [];
  for (const place of places) {
    const container = store.containersByTask.get(place);
    if (container) containers.push(container);
    else places.delete(place);
  }
  if (places.size === 0) store.placesByService.delete(serviceId);
  return containers;
}

/** Did the engine of this node run a probe of another container than this one that ended after this moment, our clock? */
export function hasProbedSince(
  store: FactStore,
  nodeId: string,
  sinceMs: number,
  containerId: string,
): boolean {
  for (const taskId of store.containerTasksByNode.get(nodeId) ?? []) {
    const container = store.containersByTask.get(toPlaceKey(nodeId, taskId));
    if (container === undefined || container.id === containerId) continue;
    const last = findLastRunProbe(container);
    if (last !== null && last.endedAtMs > sinceMs && toProbeResult(last).kind !== 'start-timeout')
      return true;
  }
  return false;
}
