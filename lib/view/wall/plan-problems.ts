import { countCells, type GridInput, planGrid } from './plan-grid.ts';
import type { Box, Placed, RowsPlan } from './wall-plan.ts';
import { WALL_SIZES } from './wall-sizes.ts';

export interface ProblemsPlan {
  heroes: Placed[];
  cards: Placed[];
  rows: RowsPlan | null;
}

/** A problem to place: how wide its name is, in em. */
export interface ToPlace {
  id: string;
  nameEm: number;
}

/**
 * Gives every problem its place, the worst first and large: all of them large while that fits, then a line of large
 * ones with cards below, then with lines below, and at last with lines that turn over. None is left out.
 */
export function planProblems(problems: readonly ToPlace[], area: Box, unitPx: number): ProblemsPlan {
  const gap = WALL_SIZES.gap * unitPx;
  const heroInput: GridInput = {
    minWidth: WALL_SIZES.hero.width * unitPx,
    height: WALL_SIZES.hero.height * unitPx,
    gap,
  };
  const room = countCells(area, heroInput);
  const heroRows = Math.ceil(problems.length / room.columns);
  // One line of them gets lower where the screen is: there is nothing that could be smaller instead.
  if (heroRows <= Math.max(1, Math.min(2, room.rows)))
    return planHeroesOnly(problems, area, heroRows, unitPx);

  const heroes = problems.slice(0, room.columns);
  const others = problems.slice(room.columns);
  return planWithCards(heroes, others, area, unitPx) ?? planWithRows(heroes, others, area, unitPx);
}

function planHeroesOnly(problems: readonly ToPlace[], area: Box, rows: number, unitPx: number): ProblemsPlan {
  const gap = WALL_SIZES.gap * unitPx;
  const max = WALL_SIZES.hero.height * WALL_SIZES.hero.maxScale * unitPx;
  const height = Math.min(max, (area.height - gap * (rows - 1)) / rows);
  const heroes = placeHeroes(problems, area, rows, height, gap);
  return {
    heroes,
    cards: [],
    rows: null,
  };
}

/** Where they do not come out even, the worst ones get the more room. */
function placeHeroes(
  problems: readonly ToPlace[],
  area: Box,
  rows: number,
  height: number,
  gap: number,
): Placed[] {
  const placed: Placed[] = [];
  for (let row = 0; row < rows; row += 1) {
    const left = problems.length - placed.length;
    const inRow = Math.floor(left / (rows - row));
    const width = (area.width - gap * (inRow - 1)) / inRow;
    for (let column = 0; column < inRow; column += 1) {
      const problem = problems[placed.length];
      if (problem === undefined) break;
      const x = Math.floor(area.x + column * (width + gap));
      const y = Math.floor(area.y + row * (height + gap));
      placed.push({ id: problem.id, box: { x, y, width: Math.floor(width), height: Math.floor(height) } });
    }
  }
  return placed;
}

function planWithCards(
  heroes: readonly ToPlace[],
  others: readonly ToPlace[],
  area: Box,
  unitPx: number,
): ProblemsPlan | null {
  const gap = WALL_SIZES.gap * unitPx;
  const { width, height: min, maxHeight } = WALL_SIZES.card;
  const below = area.height - WALL_SIZES.hero.height * unitPx - gap;
  const input = { minWidth: width * unitPx, height: min * unitPx, gap };
  const { columns, rows } = countCells({ width: area.width, height: below }, input);
  const needed = Math.ceil(others.length / columns);
  if (needed > rows) return null;
  const height = Math.min(maxHeight * unitPx, (below - gap * (needed - 1)) / needed);
  const cardsHeight = needed * height + gap * (needed - 1);
  const heroHeight = Math.min(
    area.height - gap - cardsHeight,
    WALL_SIZES.hero.height * WALL_SIZES.hero.maxScale * unitPx,
  );
  const placedHeroes = placeHeroes(heroes, area, 1, heroHeight, gap);
  const y = area.y + heroHeight + gap;
  const boxes = planGrid({ ...area, y, height: cardsHeight + 1 }, others.length, { ...input, height });
  const cards = place(others, boxes);
  return { heroes: placedHeroes, cards, rows: null };
}

function planWithRows(
  heroes: readonly ToPlace[],
  others: readonly ToPlace[],
  area: Box,
  unitPx: number,
): ProblemsPlan {
  const gap = WALL_SIZES.gap * unitPx;
  const rowGap = gap / 2;
  const heroHeight = Math.min(WALL_SIZES.hero.height * unitPx, area.height * 0.6);
  const placedHeroes = placeHeroes(heroes, area, 1, heroHeight, gap);
  const y = area.y + heroHeight + gap;
  const below: Box = { ...area, y, height: area.y + area.height - y };
  const input = {
    minWidth: toRowWidth(others, area.width, gap, unitPx),
    height: WALL_SIZES.row.height * unitPx,
    gap,
  };
  const close = { ...input, gap: rowGap };
  const whole = planGrid(below, others.length, close);
  if (whole.length >= others.length) {
    const rows = { boxes: whole, pages: [others.map(({ id }) => id)], label: null };
    return { heroes: placedHeroes, cards: [], rows };
  }
  const labelHeight = WALL_SIZES.label * unitPx;
  const lower = { ...below, y: y + labelHeight, height: below.height - labelHeight };
  const { columns, rows } = countCells(lower, close);
  const boxes = planGrid(lower, columns * Math.max(1, rows), close);
  const perPage = Math.max(1, boxes.length);
  const pages: string[][] = [];
  for (let at = 0; at < others.length; at += perPage)
    pages.push(others.slice(at, at + perPage).map(({ id }) => id));
  const label = {
    x: area.x,
    y: Math.floor(y),
    width: area.width,
    height: Math.floor(labelHeight),
  };
  return {
    heroes: placedHeroes,
    cards: [],
    rows: { boxes, pages, label },
  };
}

/** Wide enough for the longest name, as long as two of them stand side by side. */
function toRowWidth(problems: readonly ToPlace[], width: number, gap: number, unitPx: number): number {
  const min = WALL_SIZES.row.width * unitPx;
  const maxEm = problems.reduce((max, { nameEm }) => Math.max(max, nameEm), 0);
  const wanted = (maxEm * WALL_SIZES.text.rowName + 32) * unitPx;
  return Math.max(min, Math.min(wanted, (width - gap) / 2));
}

function place(problems: readonly ToPlace[], boxes: readonly Box[]): Placed[] {
  return problems.flatMap(({ id }, index) => {
    const box = boxes[index];
    return box === undefined ? [] : [{ id, box }];
  });
}
