import { measureText } from '#lib/view/wall/measure-text.ts';
import { toOneLine } from '#lib/view/wall/shorten-text.ts';
import type { Box } from '#lib/view/wall/wall-plan.ts';
import { WALL_SIZES } from '#lib/view/wall/wall-sizes.ts';
import { ofTotal } from '#words/counts.ts';
import type { MatrixRow } from './matrix-rows.ts';

/** A line of the matrix on a wall: a stack with all of it that is well, or a service that is not. */
export interface WallMatrixRow extends MatrixRow {
  name: string;
  /** Beside its name: `3 well`, or the stack of a service that stands apart from its stack's line; `''`: nothing. */
  note: string;
  /** What needs room there, whatever the note says now. */
  widestNote: string;
}

export interface MatrixWallInput {
  /** The room of the matrix. */
  box: Box;
  unitPx: number;
  rows: readonly WallMatrixRow[];
  /** The widest text that each column's cells and head may come to have, in em: sizes do not follow the counts. */
  columnsEm: readonly number[];
}

/** Where everything of a matrix on a wall is. Nothing overlaps, nothing is outside; what does not fit turns over. */
export interface MatrixWallPlan {
  /** Of the texts: names, and everything else. */
  namePx: number;
  textPx: number;
  legendPx: number;
  headPx: number;
  rowPx: number;
  /** How wide a name, a count and each column are. */
  nameWidth: number;
  countWidth: number;
  columnWidths: number[];
  panels: { x: number; y: number; width: number }[];
  /** Shown in turn. */
  pages: MatrixWallPage[];
}

export interface MatrixWallPage {
  /** Columns from the first on, until before the second. */
  from: number;
  until: number;
  /** Rows, a list a panel. */
  panels: WallMatrixRow[][];
}

/** In units at the smallest: names may not be wider than this. */
const MAX_NAME = 34;
const MIN_NAME = 16;
const ROW = 3.3;
const HEAD = 6.2;
const LEGEND = 3.6;
const GAP = 2.4;
const MAX_SCALE = 5;
const MAX_PANELS = 4;
/** Rows are no higher than this times what their text needs. */
const MAX_STRETCH = 2;

/** As large as it fits on one page; where it does not at the smallest size, pages of equal length. */
export function planMatrixWall(input: MatrixWallInput): MatrixWallPlan {
  for (let scale = MAX_SCALE; scale > 1; scale -= 0.1) {
    const plan = tryScale(input, scale);
    if (plan !== null) return plan;
  }
  return tryScale(input, 1) ?? planPages(input);
}

interface Sizes {
  u: number;
  nameWidth: number;
  countWidth: number;
  /** How wide each column must be. */
  columns: number[];
  rowPx: number;
  headPx: number;
  legendPx: number;
}

function toSizes({ unitPx, rows, columnsEm, box }: MatrixWallInput, scale: number): Sizes {
  const u = unitPx * scale;
  const { matrixName, matrixText } = WALL_SIZES.text;
  const namesEm = rows.map(
    ({ kind, name, widestNote }) =>
      measureText(name) + (kind === 'stack' ? measureText(widestNote) + 1.2 : 2),
  );
  const widest = Math.min(MAX_NAME, Math.max(4, ...namesEm) * matrixName + 0.6);
  // A narrow screen keeps room for what the names are beside.
  const nameWidth = Math.max(Math.min(widest, MIN_NAME), Math.min(widest, (0.4 * box.width) / u)) * u;
  const counts = rows.map(({ healthy, desired }) =>
    measureText(ofTotal(Math.max(healthy, desired), desired)),
  );
  const countWidth = (Math.max(3, ...counts) + 1) * matrixText * u;
  const columns = columnsEm.map((em) => Math.max(1.8, em) * matrixText * u);
  const legendPx = LEGEND * unitPx;
  return { u, nameWidth, countWidth, columns, rowPx: ROW * u, headPx: HEAD * u, legendPx };
}

/** With all on one page; `null`: it does not fit so large. */
function tryScale(input: MatrixWallInput, scale: number): MatrixWallPlan | null {
  const sizes = toSizes(input, scale);
  const { rows, columnsEm } = input;
  const needed = sizes.nameWidth + sizes.countWidth + sum(sizes.columns);
  for (let panels = 1; panels <= Math.min(MAX_PANELS, rows.length); panels++) {
    if (needed > toPanelWidth(input, panels)) return null;
    const capacity = toRowsPerPanel(input, sizes);
    if (panels * capacity >= rows.length)
      return place(input, sizes, panels, [columnsEm.length], Math.ceil(rows.length / panels));
  }
  return null;
}

function planPages(input: MatrixWallInput): MatrixWallPlan {
  const sizes = toSizes(input, 1);
  const { rows } = input;
  const own = sizes.nameWidth + sizes.countWidth;
  let panels = 1;
  for (let more = 2; more <= MAX_PANELS; more++)
    if (own + sum(sizes.columns) <= toPanelWidth(input, more)) panels = more;
  const columnPages = chunkColumns(sizes.columns, toPanelWidth(input, panels) - own);
  const capacity = Math.max(1, toRowsPerPanel(input, sizes));
  const rowPages = Math.max(1, Math.ceil(rows.length / (capacity * panels)));
  const perPanel = Math.ceil(rows.length / rowPages / panels);
  return place(input, sizes, panels, columnPages, perPanel);
}

function toPanelWidth({ box, unitPx }: MatrixWallInput, panels: number): number {
  return (box.width - (panels - 1) * GAP * unitPx) / panels;
}

function toRowsPerPanel({ box }: MatrixWallInput, { rowPx, headPx, legendPx }: Sizes): number {
  return Math.floor((box.height - legendPx - headPx) / rowPx);
}

function place(
  input: MatrixWallInput,
  sizes: Sizes,
  panels: number,
  columnPages: readonly number[],
  perPanel: number,
): MatrixWallPlan {
  const { box, rows, unitPx } = input;
  const { u, nameWidth, countWidth, rowPx, headPx, legendPx } = sizes;
  const width = Math.floor(toPanelWidth(input, panels));
  const stretched = Math.floor((box.height - legendPx - headPx) / Math.max(1, perPanel));
  const lists: WallMatrixRow[][] = [];
  for (let from = 0; from < rows.length; from += perPanel)
    lists.push(standApart(rows.slice(from, from + perPanel)));
  const pages: MatrixWallPage[] = [];
  for (let at = 0; at < Math.max(1, lists.length); at += panels)
    columnPages.forEach((until, index) => {
      pages.push({ from: columnPages[index - 1] ?? 0, until, panels: lists.slice(at, at + panels) });
    });
  const room = width - nameWidth - countWidth;
  const columnWidths = columnPages.flatMap((until, index) => {
    const own = sizes.columns.slice(columnPages[index - 1] ?? 0, until);
    // What is left of the width is shared by all.
    const more = Math.max(0, room - sum(own)) / Math.max(1, own.length);
    return own.map((px) => Math.floor(Math.min(px + more, room)));
  });
  return {
    namePx: WALL_SIZES.text.matrixName * u,
    textPx: WALL_SIZES.text.matrixText * u,
    legendPx: Math.floor(legendPx),
    headPx: Math.floor(headPx),
    rowPx: Math.floor(Math.min(stretched, rowPx * MAX_STRETCH)),
    nameWidth: Math.floor(nameWidth),
    countWidth: Math.floor(countWidth),
    columnWidths,
    panels: Array.from({ length: panels }, (_, at) => ({
      x: Math.floor(box.x + at * (width + GAP * unitPx)),
      y: Math.floor(box.y + legendPx),
      width,
    })),
    pages,
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Where each page of columns ends: as many on each as there is room for. */
function chunkColumns(columns: readonly number[], roomPx: number): number[] {
  const ends: number[] = [];
  let px = 0;
  columns.forEach((width, at) => {
    if (px > 0 && px + width > roomPx) {
      ends.push(at);
      px = 0;
    }
    px += width;
  });
  return [...ends, columns.length];
}

/** Above the first line of a panel its stack is out of sight: there it is said beside the name. */
function standApart(rows: readonly WallMatrixRow[]): WallMatrixRow[] {
  const [first, ...others] = rows;
  if (first?.kind !== 'service' || first.stack === null) return [...rows];
  return [{ ...first, note: toOneLine(first.stack) }, ...others];
}
