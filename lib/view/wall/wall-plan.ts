import type { TileSize } from './wall-sizes.ts';

/** A place on the screen, whole px from the wall's own corner. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Something that has a place; `id` is the problem's, the service's or the node's. */
export interface Placed {
  id: string;
  box: Box;
}

/** A line of words that were made to fit. */
export interface Line {
  lines: string[];
  fontPx: number;
}

/** Where everything on a wall is. Nothing overlaps, nothing is outside. */
export interface WallPlan {
  /** A hundredth of the screen's shorter side, times the density: what every size is counted in. */
  unitPx: number;
  head: {
    box: Box;
    headline: Line;
    scope: Line;
    /** How many of the counts have room, and whether they stand on a line of their own. */
    counts: { count: number; under: boolean };
  };
  /** Where the one answer stands large, when there is no problem. */
  answer: { box: Box; text: Line; countsPx: number } | null;
  heroes: Placed[];
  cards: Placed[];
  rows: RowsPlan | null;
  rest: RestPlan;
  /** Where services by nodes stand, instead of all that; `null`: another view is shown. */
  matrix: Box | null;
  foot: Box;
}

/** Problems that get a line each. Where they are too many they turn over: page after page in the same boxes. */
export interface RowsPlan {
  boxes: Box[];
  /** Those of a page that has one fewer: they fill the same area, so that no place is empty. */
  fewer: Box[];
  /** Ids, at most as many per page as there are boxes. */
  pages: string[][];
  /** Where it says which of them are in view; `null` when all of them are. */
  label: Box | null;
}

/** What fills the room that problems leave. */
export type RestPlan =
  | { kind: 'none' }
  | { kind: 'tiles'; size: TileSize; tiles: Placed[] }
  | {
      kind: 'stacks';
      size: TileSize;
      chips: { stack: string | null; serviceIds: string[]; box: Box }[];
      /** Stacks for which there is no place: counted together. */
      others: { stacks: number; serviceIds: string[]; box: Box } | null;
    };
