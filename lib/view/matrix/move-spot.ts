/** A cell of the matrix: row -1 is the line of nodes, column -1 the names of the rows. */
export interface Spot {
  row: number;
  column: number;
}

export interface GridSize {
  rows: number;
  columns: number;
}

interface Press {
  key: string;
  /** With Control, or the command key: to the ends of the whole grid. */
  isWide: boolean;
  /** How many rows are in view. */
  page: number;
}

/** Where a key leads from a cell, as in every grid (ARIA's practice); `null`: the key means nothing here. */
export function moveSpot({ row, column }: Spot, { key, isWide, page }: Press, size: GridSize): Spot | null {
  switch (key) {
    case 'ArrowLeft':
      return clampSpot({ row, column: column - 1 }, size);
    case 'ArrowRight':
      return clampSpot({ row, column: column + 1 }, size);
    case 'ArrowUp':
      return clampSpot({ row: row - 1, column }, size);
    case 'ArrowDown':
      return clampSpot({ row: row + 1, column }, size);
    case 'PageUp':
      return clampSpot({ row: Math.max(0, row - page), column }, size);
    case 'PageDown':
      return clampSpot({ row: row + page, column }, size);
    case 'Home':
      return { row: isWide ? -1 : row, column: -1 };
    case 'End':
      return { row: isWide ? size.rows - 1 : row, column: size.columns - 1 };
    default:
      return null;
  }
}

/** The nearest cell that there is. */
export function clampSpot({ row, column }: Spot, size: GridSize): Spot {
  return {
    row: Math.max(-1, Math.min(size.rows - 1, row)),
    column: Math.max(-1, Math.min(size.columns - 1, column)),
  };
}

/** `3:-1` as a cell; `null`: it is none. */
export function parseSpot(text: string): Spot | null {
  const [row, column] = text.split(':').map(Number);
  return row === undefined || column === undefined || Number.isNaN(row + column) ? null : { row, column };
}
