import { compareText } from '#lib/model/text/compare-text.ts';
import type { NodePicture, Replica, ServiceHead } from './picture.ts';

/** Order of nodes: by hostname, which need not be unique, then by id. */
export function compareNodes(
  a: Pick<NodePicture, 'hostname' | 'id'>,
  b: Pick<NodePicture, 'hostname' | 'id'>,
): number {
  return compareText(a.hostname, b.hostname) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Order of services: by stack (those without one last), then name, then id. */
export function compareServices(
  a: Pick<ServiceHead, 'stack' | 'name' | 'id'>,
  b: Pick<ServiceHead, 'stack' | 'name' | 'id'>,
): number {
  if (a.stack !== b.stack) {
    if (a.stack === null) return 1;
    if (b.stack === null) return -1;
    return compareText(a.stack, b.stack);
  }
  return compareText(a.name, b.name) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Order of a service's replicas: by slot number; without one by hostname, then by key. */
export function compareReplicas(
  a: Pick<Replica, 'slot' | 'hostname' | 'key'>,
  b: Pick<Replica, 'slot' | 'hostname' | 'key'>,
): number {
  if (a.slot !== b.slot) return (a.slot ?? Number.MAX_SAFE_INTEGER) - (b.slot ?? Number.MAX_SAFE_INTEGER);
  return compareText(a.hostname ?? '', b.hostname ?? '') || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
