import { measureText } from '#lib/view/wall/measure-text.ts';
import { type FrameInput, planFrame } from '#lib/view/wall/plan-frame.ts';
import { countCells, planGrid } from '#lib/view/wall/plan-grid.ts';
import { type ProblemsPlan, planProblems, type ToPlace } from '#lib/view/wall/plan-problems.ts';
import type { Box, Line, WallPlan } from '#lib/view/wall/wall-plan.ts';
import { WALL_SIZES } from '#lib/view/wall/wall-sizes.ts';
import { wrapText } from '#lib/view/wall/wrap-text.ts';
import { fitSwarmName } from './fit-swarm-name.ts';

export interface FleetWallInput extends FrameInput {
  /** What is said large when there is no problem. */
  answer: string;
  problems: readonly ToPlace[];
  /** Names, the worst first. */
  swarms: readonly string[];
  /** So many of them, from the first on, are not well, or not known. */
  uneasy: number;
}

/** Where the swarms are. Where they are too many, those that are well are counted; those that are not turn over. */
export interface TilesPlan {
  /** `full`: with the counts beneath; `line`: name and word. */
  kind: 'full' | 'line';
  boxes: Box[];
  pages: string[][];
  /** Those for which there is no place, all of them well; `null`: none. */
  folded: { count: number; box: Box } | null;
}

export interface FleetWallPlan extends ProblemsPlan {
  unitPx: number;
  head: WallPlan['head'];
  foot: Box;
  answer: WallPlan['answer'];
  tiles: TilesPlan;
}

/** At each side of a tile, in hundredths. */
export const TILE_PAD = 1.2;

/** Sizes of a swarm's tile in hundredths, as all of the wall. */
export const TILES = {
  full: { width: 40, height: 10.4, maxHeight: 15, name: 3, text: 2.2 },
  line: { width: 36, height: 4.6, maxHeight: 6.4, name: 2.4, text: 2.2 },
} as const;

/** Beside problems, on a screen that lies; above them on one that stands. */
const SIDE_SHARE = 0.27;
const TOP_SHARE = 0.34;
/** Without problems the one answer keeps this share. */
const ANSWER_SHARE = 0.44;

/** Decides what is where on a wall of several swarms: everything fits, and no size is below `WALL_SIZES.text`. */
export function planFleetWall(input: FleetWallInput): FleetWallPlan {
  const { unitPx, head, foot, body, width, height } = planFrame(input);
  const isTall = height > width * 1.1;
  const gap = WALL_SIZES.gap * unitPx;
  const base = { unitPx, head, foot };
  if (input.problems.length === 0) {
    const tilesArea = toLower(body, 1 - ANSWER_SHARE);
    const tiles = toBottom(planTiles(input.swarms, input.uneasy, tilesArea, unitPx), tilesArea);
    const top = Math.min(...tiles.boxes.map(({ y }) => y), body.y + body.height);
    const box = { ...body, height: Math.floor(top - body.y - gap) };
    const answer = planAnswer(input, box, unitPx);
    return { ...base, answer, heroes: [], cards: [], rows: null, tiles };
  }
  const side = isTall ? toUpper(body, TOP_SHARE) : toSide(body, input, unitPx);
  const tiles = planTiles(input.swarms, input.uneasy, side, unitPx);
  const end = Math.max(
    ...[...tiles.boxes, ...(tiles.folded === null ? [] : [tiles.folded.box])].map(
      (box) => box.y + box.height,
    ),
    body.y,
  );
  const area = isTall
    ? { ...body, y: Math.ceil(end + gap), height: Math.floor(body.y + body.height - end - gap) }
    : {
        ...body,
        x: Math.floor(side.x + side.width + gap),
        width: Math.floor(body.width - side.width - gap),
      };
  return { ...base, answer: null, ...planProblems(input.problems, area, unitPx), tiles };
}

const toUpper = (body: Box, share: number): Box => ({ ...body, height: Math.floor(body.height * share) });
const toLower = (body: Box, share: number): Box => {
  const height = Math.floor(body.height * share);
  return { ...body, y: body.y + body.height - height, height };
};

/** The same at the lower end of their area: what they leave is the answer's. */
function toBottom(tiles: TilesPlan, area: Box): TilesPlan {
  const all = [...tiles.boxes, ...(tiles.folded === null ? [] : [tiles.folded.box])];
  const end = Math.max(...all.map(({ y, height }) => y + height), area.y);
  const move = (box: Box): Box => ({ ...box, y: box.y + area.y + area.height - end });
  const folded = tiles.folded && { ...tiles.folded, box: move(tiles.folded.box) };
  return { ...tiles, boxes: tiles.boxes.map(move), folded };
}

/** One column, or two where one has no room for those that are not well. */
function toSide(body: Box, { uneasy }: FleetWallInput, unitPx: number): Box {
  const one = Math.floor(Math.max(TILES.line.width * unitPx, body.width * SIDE_SHARE));
  const { rows } = countCells({ width: one, height: body.height }, toGrid('line', unitPx));
  const width = uneasy > rows - 1 ? Math.floor(Math.min(body.width * 0.5, 2 * one)) : one;
  return { ...body, width: Math.min(width, Math.floor(body.width * 0.5)) };
}

function toGrid(kind: TilesPlan['kind'], unitPx: number) {
  const { width, height } = TILES[kind];
  return { minWidth: width * unitPx, height: height * unitPx, gap: WALL_SIZES.gap * 0.8 * unitPx };
}

/** The longest word beside a name, with its age, in em. */
const WORD_EM = 8.5;
const LINE_HEIGHT = 1.2;
/** What is beneath the name in a tile with counts. */
const COUNTS = 5.4;

/** The room of a name on a tile, in px: beside it stands a word of so many em. */
export function toNameWidth(tileWidth: number, kind: TilesPlan['kind'], unitPx: number, wordEm: number) {
  return tileWidth - 2 * TILE_PAD * unitPx - 1.2 * unitPx - (wordEm + 1) * TILES[kind].text * unitPx;
}

/** As high as the name with the most lines needs: no name is cut. */
function toHigherGrid(kind: TilesPlan['kind'], area: Box, swarms: readonly string[], unitPx: number) {
  const grid = toGrid(kind, unitPx);
  const { columns } = countCells(area, grid);
  const width = toNameWidth((area.width - grid.gap * (columns - 1)) / columns, kind, unitPx, WORD_EM);
  const { name, text } = TILES[kind];
  const size = { maxPx: name * unitPx, minPx: text * unitPx };
  const lines = Math.max(1, ...swarms.map((swarm) => fitSwarmName(swarm, width, size).lines.length));
  const needed = lines === 1 ? 0 : lines * text * LINE_HEIGHT + (kind === 'full' ? COUNTS : 0) + 1;
  return { ...grid, height: Math.max(grid.height, Math.ceil(needed * unitPx)) };
}

/** All of them with their counts while that fits, else a line each, and at last those that are well as one number. */
function planTiles(swarms: readonly string[], uneasy: number, area: Box, unitPx: number): TilesPlan {
  for (const kind of ['full', 'line'] as const) {
    const grid = toHigherGrid(kind, area, swarms, unitPx);
    const { columns, rows } = countCells(area, grid);
    if (swarms.length > columns * rows) continue;
    const lines = Math.max(1, Math.ceil(swarms.length / columns));
    // They fill what room there is, within reason.
    // Whole px: a hair too high, and the last line would have no room.
    const height = Math.floor(
      Math.min(
        Math.max(grid.height, TILES[kind].maxHeight * unitPx),
        (area.height - grid.gap * (lines - 1)) / lines,
      ),
    );
    return {
      kind,
      boxes: planGrid(area, swarms.length, { ...grid, height }),
      pages: [[...swarms]],
      folded: null,
    };
  }
  const grid = toHigherGrid('line', area, swarms, unitPx);
  const { columns, rows } = countCells(area, grid);
  const height = Math.floor(
    Math.min(
      Math.max(grid.height, TILES.line.maxHeight * unitPx),
      (area.height - grid.gap * (rows - 1)) / Math.max(1, rows),
    ),
  );
  const boxes = planGrid(area, Math.max(2, columns * rows), { ...grid, height });
  const last = boxes.at(-1);
  const room = Math.max(1, boxes.length - 1);
  // Where all that are not well have room, the rest of it is for those that are.
  const shown = swarms.slice(0, Math.max(room, uneasy));
  const pages: string[][] = [];
  for (let at = 0; at < shown.length; at += room) pages.push(shown.slice(at, at + room));
  const count = swarms.length - shown.length;
  return {
    kind: 'line',
    boxes: boxes.slice(0, room),
    pages,
    folded: count === 0 || last === undefined ? null : { count, box: last },
  };
}

function planAnswer({ answer, counts }: FleetWallInput, box: Box, unitPx: number): WallPlan['answer'] {
  const em = measureText(answer) + 1.4;
  const min = WALL_SIZES.text.verdict * unitPx;
  const fontPx = Math.max(min, Math.min(box.width / em, box.height * 0.32, 15 * unitPx));
  const lines = wrapText(answer, box.width / fontPx - 1.4, 2);
  const text: Line = lines.length === 1 ? { lines, fontPx } : { lines, fontPx: min };
  const countsPx = Math.min(
    4 * unitPx,
    Math.max(WALL_SIZES.text.counts * unitPx, box.width / (measureText(counts.join('')) + 6)),
  );
  return { box, text, countsPx };
}
