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

/** How far the whole wall is moved now, in px, never more than `mostPx` to any side. A step every four minutes. */
export function toBurnInShift(nowMs: number, mostPx: number): { x: number; y: number } {
  const [x, y] = PATH[Math.floor(nowMs / STEP_MS) % PATH.length] ?? [0, 0];
  return { x: x * mostPx, y: y * mostPx };
}
