import { compareText } from '#lib/model/text/compare-text.ts';
import type { ServiceHead } from './picture.ts';

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
