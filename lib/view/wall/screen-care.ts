import type { WallOptions } from './wall-options.ts';

/** Is `hour` (0 to 23, local) one of those in which the wall is dimmed? A span may go over midnight. */
export function isDimHour(dim: WallOptions['dim'], hour: number): boolean {
  if (dim === null) return false;
  const { fromHour, untilHour } = dim;
  return fromHour < untilHour ? hour >= fromHour && hour < untilHour : hour >= fromHour || hour < untilHour;
}

const STEP_MS = 4 * 60_000;
/** Around the middle, so that no pixel shows the same for hours. */
const PATH: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
];

/** How far the whole wall is moved now, in px, never more than `maxPx` to any side. A step every four minutes. */
export function toBurnInShift(nowMs: number, maxPx: number): { x: number; y: number } {
  const [x, y] = PATH[Math.floor(nowMs / STEP_MS) % PATH.length] ?? [0, 0];
  return { x: x * maxPx, y: y * maxPx };
}
