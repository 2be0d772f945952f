import { compareText } from '#lib/model/text/compare-text.ts';
import type { NodePicture } from './picture.ts';

/** Order of nodes: by hostname, which need not be unique, then by id. */
export function compareNodes(
  a: Pick<NodePicture, 'hostname' | 'id'>,
  b: Pick<NodePicture, 'hostname' | 'id'>,
): number {
  return compareText(a.hostname, b.hostname) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
