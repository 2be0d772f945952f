import type { Container } from '#lib/model/docker/container.ts';
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
