import { compareText } from '#lib/model/text/compare-text.ts';
import type { Replica } from './picture.ts';

/** Order of a service's replicas: by slot number; without one by hostname, then by key. */
export function compareReplicas(
  a: Pick<Replica, 'slot' | 'hostname' | 'key'>,
  b: Pick<Replica, 'slot' | 'hostname' | 'key'>,
): number {
  if (a.slot !== b.slot) return (a.slot ?? Number.MAX_SAFE_INTEGER) - (b.slot ?? Number.MAX_SAFE_INTEGER);
  return compareText(a.hostname ?? '', b.hostname ?? '') || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
