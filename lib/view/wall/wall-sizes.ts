import type { WallDensity } from './wall-options.ts';

/**
 * Every size on a wall, in hundredths of the screen's shorter side (its height, or the width of one that stands
 * upright). `text` is the smallest that each class of content is ever drawn at; where there is room it is larger. The
 * docs/wall.md states these, the end-to-end tests measure them.
 */
export const WALL_SIZES = {
  text: {
    /** The one answer, where it stands above problems. */
    headline: 4.6,
    /** The one answer, when it is all there is to say. */
    verdict: 8,
    clock: 4.6,
    counts: 2.6,
    scope: 2.6,
    heroName: 4.2,
    heroState: 2.8,
    heroSentence: 3,
    evidence: 2.2,
    cardName: 3,
    cardText: 2.4,
    rowName: 2.4,
    rowText: 2.2,
    tileName: 2.2,
    tileText: 2,
    foot: 2.2,
    matrixName: 2.2,
    matrixText: 2,
  },
  margin: 1.4,
  gap: 1,
  foot: 4.6,
  hero: { width: 84, height: 34, maxScale: 1.7 },
  card: { width: 56, height: 15.4, maxHeight: 22 },
  row: { width: 56, height: 7.6 },
  label: 3.4,
  tiles: {
    large: { width: 40, height: 11, name: 3, text: 2.4 },
    medium: { width: 34, height: 8.6, name: 2.6, text: 2.2 },
    small: { width: 28, height: 4.4, name: 2.2, text: 2 },
  },
  /** How far the wall wanders against burn-in. */
  shift: 0.35,
} as const;

export type WallTextClass = keyof typeof WALL_SIZES.text;
export type TileSize = keyof typeof WALL_SIZES.tiles;

/** What a density multiplies every size with. `dense` is for a screen on a desk: below what can be read from afar. */
const DENSITY_SCALES: Record<WallDensity, number> = { roomy: 1.25, normal: 1, dense: 0.75 };

/** In the hand: the smallest text is 11 px. */
const MIN_UNIT_PX = 5.5;

/** What every size on a wall is counted in: a hundredth of the shorter side, times the density; on a phone more. */
export function toUnitPx({ widthPx, heightPx }: { widthPx: number; heightPx: number }, density: WallDensity) {
  const unitPx = (Math.min(widthPx, heightPx) / 100) * DENSITY_SCALES[density];
  // A screen that is small in both ways keeps room for what it must show.
  return Math.max(unitPx, Math.min(MIN_UNIT_PX, Math.max(widthPx, heightPx) / 130));
}
