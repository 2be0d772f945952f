import type { ServicePicture } from '#lib/model/contract/picture.ts';

/** Services by id, and which of them are others than before. */
export interface IndexUpdate {
  index: Map<string, ServicePicture>;
  /** The ids of services that changed, came or went. */
  changed: Set<string>;
}

export function indexServices(services: readonly ServicePicture[]): Map<string, ServicePicture> {
  return new Map(services.map((service) => [service.id, service]));
}

/**
 * The index of `after`. Where no service came, went or moved only those that changed are put, so that a change of a large
 * swarm costs no new index.
 *
 * @param index that of `before`; it is changed, unless it `isKept` by somebody else
 */
export function updateServiceIndex(
  index: Map<string, ServicePicture>,
  before: readonly ServicePicture[],
  after: readonly ServicePicture[],
  isKept: boolean,
): IndexUpdate {
  const changed = new Set<string>();
  if (before === after) return { index, changed };
  const isMoved = before.length !== after.length || after.some(({ id }, at) => id !== before[at]?.id);
  if (isMoved) {
    const next = indexServices(after);
    for (const [id, service] of next) if (index.get(id) !== service) changed.add(id);
    for (const id of index.keys()) if (!next.has(id)) changed.add(id);
    return { index: next, changed };
  }
  const next = isKept ? new Map(index) : index;
  after.forEach((service, at) => {
    if (service === before[at]) return;
    next.set(service.id, service);
    changed.add(service.id);
  });
  return { index: next, changed };
}
