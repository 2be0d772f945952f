import type { ServiceHead } from '#lib/model/contract/picture.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

/** Did what is wanted of a service change, or its update's state? What it is at the moment is kept elsewhere. */
export function hasNewSpec(before: ServiceHead, after: ServiceHead): boolean {
  return (
    before.name !== after.name ||
    before.image !== after.image ||
    !hasEqualContent(before.mode, after.mode) ||
    !hasEqualContent(before.update, after.update)
  );
}
