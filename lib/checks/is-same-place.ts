import type { PortTarget } from '#lib/model/docker/port-check.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

/** Is the same asked at the same place? Who stands behind it may be another. */
export function isSamePlace(one: PortTarget, other: PortTarget): boolean {
  return one.address === other.address && one.mode === other.mode && hasEqualContent(one.ask, other.ask);
}
