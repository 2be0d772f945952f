import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

function keep<T>(before: readonly T[], after: T[], id: (item: T) => string): T[] {
  const known = new Map(before.map((item) => [id(item), item]));
  return after.map((item) => {
    const old = known.get(id(item));
    return old !== undefined && hasEqualContent(old, item) ? old : item;
  });
}

/** A new snapshot, with every part that did not change taken from the picture before: so nothing else is drawn anew. */
export function keepSame(before: SwarmPicture | null, after: SwarmPicture): SwarmPicture {
  if (before === null) return after;
  const old = new Map(before.services.map((service) => [service.id, service]));
  const services = keep(before.services, after.services, (service) => service.id).map((service) => {
    const was = old.get(service.id);
    if (was === undefined || was === service) return service;
    return { ...service, replicas: keep(was.replicas, service.replicas, (replica) => replica.key) };
  });
  const nodes = keep(before.nodes, after.nodes, (node) => node.id);
  return { ...after, nodes, services };
}
