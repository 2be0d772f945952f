import type { CSSProperties } from 'react';

/** Where a column begins: the styles know how wide one is. */
export function toLeft(place: number): CSSProperties {
  return { '--at': place } as CSSProperties;
}
