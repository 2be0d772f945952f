import { countCells, type GridInput } from './plan-grid.ts';
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
 * Gives every problem its place, the worst first and large, and fills the whole area at every number of them: all of them
 * large while that fits, then a line of large ones with cards below, then the worst with two cards and two lines for each
 * of the others, and at last those in pages of equal length that turn over. None is left out.
 */
export function planProblems(problems: readonly ToPlace[], area: Box, unitPx: number): ProblemsPlan {
  const gap = WALL_SIZES.gap * unitPx;
  const { width, height } = WALL_SIZES.hero;
  const heroInput: GridInput = { minWidth: width * unitPx, height: height * unitPx, gap };
  const room = countCells(area, heroInput);
  const heroRows = Math.ceil(problems.length / room.columns);
  // One line of them gets lower where the screen is: there is nothing that could be smaller instead.
  if (heroRows <= Math.max(1, Math.min(2, room.rows)))
    return { heroes: fill(problems, area, heroRows, gap), cards: [], rows: null };
  return (
    planWithCards(problems, room.columns, area, unitPx) ?? planWithRows(problems, room.columns, area, unitPx)
  );
}

/** Boxes that fill the area in so many lines. Where they do not come out even, the first ones get the more room. */
function planLines(count: number, area: Box, lines: number, gap: number): Box[] {
  const height = Math.floor((area.height - gap * (lines - 1)) / lines);
  const boxes: Box[] = [];
  for (let line = 0; line < lines; line += 1) {
    const inLine = Math.floor((count - boxes.length) / (lines - line));
    const width = Math.floor((area.width - gap * (inLine - 1)) / inLine);
    const y = Math.floor(area.y + line * (height + gap));
    for (let column = 0; column < inLine; column += 1)
      boxes.push({ x: Math.floor(area.x + column * (width + gap)), y, width, height });
  }
  return boxes;
}

function fill(problems: readonly ToPlace[], area: Box, lines: number, gap: number): Placed[] {
  const boxes = planLines(problems.length, area, lines, gap);
  return problems.flatMap(({ id }, index) => {
    const box = boxes[index];
    return box === undefined ? [] : [{ id, box }];
  });
}

function planWithCards(
  problems: readonly ToPlace[],
  large: number,
  area: Box,
  unitPx: number,
): ProblemsPlan | null {
  const gap = WALL_SIZES.gap * unitPx;
  const { width, height: min, maxHeight } = WALL_SIZES.card;
  const others = problems.slice(large);
  const below = area.height - WALL_SIZES.hero.height * unitPx - gap;
  const input = { minWidth: width * unitPx, height: min * unitPx, gap };
  const { columns, rows } = countCells({ width: area.width, height: below }, input);
  const needed = Math.ceil(others.length / columns);
  if (needed > rows) return null;
  const height = Math.min(maxHeight * unitPx, (below - gap * (needed - 1)) / needed);
  const lower = Math.floor(needed * height + gap * (needed - 1));
  const upper = Math.floor(area.height - lower - gap);
  return {
    heroes: fill(problems.slice(0, large), { ...area, height: upper }, 1, gap),
    cards: fill(others, { ...area, y: area.y + area.height - lower, height: lower }, needed, gap),
    rows: null,
  };
}

/** From this height on, in units, a screen of one column has room for two cards under the worst. */
const HIGH = 118;
const HIGH_HERO = 26;

/** The worst large, the next two as cards where there is room for them: beside it, or under it on an upright screen. */
function planTop(
  problems: readonly ToPlace[],
  large: number,
  area: Box,
  unitPx: number,
): { heroes: Placed[]; cards: Placed[]; height: number } {
  const gap = WALL_SIZES.gap * unitPx;
  const minCard = WALL_SIZES.card.height * unitPx;
  // On a high screen it is lower, so that the next two have their place, too.
  const isHigh = large === 1 && area.height > HIGH * unitPx;
  const most = isHigh ? HIGH_HERO : WALL_SIZES.hero.height;
  const height = Math.floor(Math.min(most * unitPx, area.height * 0.5));
  const next = problems.slice(1, 3);
  const heroOnly = fill(problems.slice(0, 1), { ...area, height }, 1, gap);
  const least = WALL_SIZES.hero.width * unitPx;
  const hasRoomBeside = area.width >= least + gap + WALL_SIZES.card.width * unitPx;
  if (hasRoomBeside && (height - gap) / 2 >= minCard) {
    const width = Math.floor(Math.max(least, (area.width - gap) * 0.46));
    const x = Math.floor(area.x + width + gap);
    return {
      heroes: fill(problems.slice(0, 1), { ...area, width, height }, 1, gap),
      cards: fill(next, { ...area, x, width: area.x + area.width - x, height }, 2, gap),
      height,
    };
  }
  if (large >= 2)
    return { heroes: fill(problems.slice(0, large), { ...area, height }, 1, gap), cards: [], height };
  const under = Math.floor(2 * minCard + gap);
  if (height + gap + under > area.height * 0.5) return { heroes: heroOnly, cards: [], height };
  const cards = fill(next, { ...area, y: Math.floor(area.y + height + gap), height: under }, 2, gap);
  return { heroes: heroOnly, cards, height: height + gap + under };
}

function planWithRows(problems: readonly ToPlace[], large: number, area: Box, unitPx: number): ProblemsPlan {
  const gap = WALL_SIZES.gap * unitPx;
  const rowGap = gap / 2;
  const { heroes, cards, height } = planTop(problems, large, area, unitPx);
  const others = problems.slice(heroes.length + cards.length);
  const y = Math.floor(area.y + height + gap);
  const below: Box = { ...area, y, height: Math.floor(area.y + area.height - y) };
  const minWidth = toRowWidth(others, area.width, gap, unitPx);
  const input = { minWidth, height: WALL_SIZES.row.height * unitPx, gap: rowGap };
  const countRoom = (box: Box) => {
    const { columns, rows } = countCells(box, input);
    return { columns, room: columns * Math.max(1, rows) };
  };
  const ids = others.map(({ id }) => id);
  const whole = countRoom(below);
  if (ids.length <= whole.room) {
    const boxes = planLines(ids.length, below, Math.ceil(ids.length / whole.columns), rowGap);
    return { heroes, cards, rows: { boxes, fewer: [], pages: [ids], label: null } };
  }
  const labelHeight = Math.floor(WALL_SIZES.label * unitPx);
  const lower = { ...below, y: y + labelHeight, height: below.height - labelHeight };
  const { columns, room } = countRoom(lower);
  // Of 37 with room for 30: 19 and 18, never 30 and 7.
  const pages: string[][] = [];
  for (let left = Math.ceil(ids.length / room), at = 0; left > 0; left -= 1) {
    const count = Math.ceil((ids.length - at) / left);
    pages.push(ids.slice(at, at + count));
    at += count;
  }
  const perPage = pages[0]?.length ?? 0;
  const planPage = (count: number) => planLines(count, lower, Math.ceil(count / columns), rowGap);
  const label = { x: area.x, y, width: area.width, height: labelHeight };
  return {
    heroes,
    cards,
    rows: { boxes: planPage(perPage), fewer: perPage > 1 ? planPage(perPage - 1) : [], pages, label },
  };
}

/** The boxes of a page with so many problems. */
export function selectPageBoxes({ boxes, fewer }: Pick<RowsPlan, 'boxes' | 'fewer'>, count: number): Box[] {
  return count === fewer.length ? fewer : boxes;
}

/** Wide enough for the longest name, as long as two of them stand side by side. */
function toRowWidth(problems: readonly ToPlace[], width: number, gap: number, unitPx: number): number {
  const min = WALL_SIZES.row.width * unitPx;
  const maxEm = problems.reduce((max, { nameEm }) => Math.max(max, nameEm), 0);
  const wanted = (maxEm * WALL_SIZES.text.rowName + 32) * unitPx;
  return Math.max(min, Math.min(wanted, (width - gap) / 2));
}
