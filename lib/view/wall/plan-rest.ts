import { countCells, type GridInput, planGrid } from './plan-grid.ts';
import type { Box, RestPlan } from './wall-plan.ts';
import { type TileSize, WALL_SIZES } from './wall-sizes.ts';

/** A service (or a node) that is well. */
export interface RestItem {
  id: string;
  stack: string | null;
  /** It starts or is updated: of its stack it stands first. */
  isChanging: boolean;
}

export interface RestInput {
  items: readonly RestItem[];
  /** Tiles, or counts by stack from the start. */
  folded: boolean;
  sizes: readonly TileSize[];
  unitPx: number;
}

/**
 * Places what is well at the bottom of `area`: as tiles, smaller and smaller, and where even the smallest do not fit, as
 * counts by stack. The plan and how high it is.
 */
export function planRest(area: Box, input: RestInput): { plan: RestPlan; height: number } {
  const { items, sizes, unitPx } = input;
  if (items.length === 0 || area.height < WALL_SIZES.tiles.small.height * unitPx)
    return { plan: { kind: 'none' }, height: 0 };
  if (!input.folded) {
    for (const size of sizes) {
      const cells = toCells(area, size, items.length, unitPx);
      if (cells === null) continue;
      const tiles = items.map(({ id }, index) => ({ id, box: cells.boxes[index] as Box }));
      return { plan: { kind: 'tiles', size, tiles }, height: cells.height };
    }
  }
  return planStacks(area, input);
}

function planStacks(area: Box, { items, sizes, unitPx }: RestInput): { plan: RestPlan; height: number } {
  const byStack = Map.groupBy(items, ({ stack }) => stack);
  const stacks = [...byStack]
    .map(([stack, members]) => ({
      stack,
      serviceIds: members.map(({ id }) => id),
      changing: members.filter(({ isChanging }) => isChanging).length,
    }))
    .sort((a, b) => b.changing - a.changing || b.serviceIds.length - a.serviceIds.length);
  for (const size of sizes) {
    const cells = toCells(area, size, stacks.length, unitPx);
    if (cells === null) continue;
    const chips = stacks.map(({ stack, serviceIds }, index) => ({
      stack,
      serviceIds,
      box: cells.boxes[index] as Box,
    }));
    return { plan: { kind: 'stacks', size, chips, others: null }, height: cells.height };
  }
  const input = toInput('small', unitPx);
  const { columns, rows } = countCells(area, input);
  const cells = toCells(area, 'small', columns * rows, unitPx);
  const boxes = cells?.boxes ?? [];
  const last = boxes.at(-1);
  if (cells === null || last === undefined) return { plan: { kind: 'none' }, height: 0 };
  const shown = stacks.slice(0, boxes.length - 1);
  const hidden = stacks.slice(boxes.length - 1);
  const chips = shown.map(({ stack, serviceIds }, index) => ({
    stack,
    serviceIds,
    box: boxes[index] as Box,
  }));
  const others = {
    stacks: hidden.length,
    serviceIds: hidden.flatMap(({ serviceIds }) => serviceIds),
    box: last,
  };
  return { plan: { kind: 'stacks', size: 'small', chips, others }, height: cells.height };
}

/** Boxes for all of them at the bottom of the area; `null` when they do not fit. */
function toCells(
  area: Box,
  size: TileSize,
  count: number,
  unitPx: number,
): { boxes: Box[]; height: number } | null {
  const input = toInput(size, unitPx);
  const { columns, rows } = countCells(area, input);
  const needed = Math.ceil(count / columns);
  if (needed > rows || count === 0) return null;
  const height = Math.ceil(needed * input.height + (needed - 1) * input.gap);
  const y = Math.floor(area.y + area.height - height);
  return { boxes: planGrid({ ...area, y, height: height + 1 }, count, input), height };
}

function toInput(size: TileSize, unitPx: number): GridInput {
  const { width, height } = WALL_SIZES.tiles[size];
  const gap = (size === 'small' ? 0.6 : 1) * WALL_SIZES.gap * unitPx;
  return { minWidth: width * unitPx, maxWidth: width * 2 * unitPx, height: Math.floor(height * unitPx), gap };
}
