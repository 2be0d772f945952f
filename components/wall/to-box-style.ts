import type { CSSProperties } from 'react';
import type { Box } from '#lib/view/wall/wall-plan.ts';

/** A planned place as style. */
export function toBoxStyle({ x, y, width, height }: Box): CSSProperties {
  return { left: x, top: y, width, height };
}
