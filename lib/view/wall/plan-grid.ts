import type { Box } from './wall-plan.ts';

export interface GridInput {
  /** No cell is narrower, unless the area itself is. */
  minWidth: number;
  maxWidth?: number;
  height: number;
  gap: number;
}

/** How many cells of this size have room in an area. */
export function countCells(
  area: Pick<Box, 'width' | 'height'>,
  input: GridInput,
): { columns: number; rows: number } {
  const columns = Math.max(1, Math.floor((area.width + input.gap) / (input.minWidth + input.gap)));
  const rows = Math.max(0, Math.floor((area.height + input.gap) / (input.height + input.gap)));
  return { columns, rows };
}

/** Boxes for `count` cells, row by row, the columns of equal width; as many as have room. */
export function planGrid(area: Box, count: number, input: GridInput): Box[] {
  const { gap, height, maxWidth = Number.POSITIVE_INFINITY } = input;
  const room = countCells(area, input);
  const fullRows = Math.max(1, Math.ceil(count / room.columns));
  const columns = Math.min(room.columns, Math.max(1, Math.ceil(count / fullRows)));
  const width = Math.floor(Math.min(maxWidth, (area.width - gap * (columns - 1)) / columns));
  const boxes: Box[] = [];
  for (let index = 0; index < Math.min(count, columns * room.rows); index += 1) {
    const column = index % columns;
    const row = Math.floor(index / columns);
    const x = Math.floor(area.x + column * (width + gap));
    const y = Math.floor(area.y + row * (height + gap));
    boxes.push({ x, y, width, height: Math.floor(height) });
  }
  return boxes;
}
