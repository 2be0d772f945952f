import type { WallOptions } from './wall-options.ts';

/** Is `hour` (0 to 23, local) one of those in which the wall is dimmed? A span may go over midnight. */
export function isDimHour(dim: WallOptions['dim'], hour: number): boolean {
  if (dim === null) return false;
  const { fromHour, untilHour } = dim;
  return fromHour < untilHour ? hour >= fromHour && hour < untilHour : hour >= fromHour || hour < untilHour;
}
