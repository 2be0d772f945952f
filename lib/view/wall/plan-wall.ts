import { measureText } from './measure-text.ts';
import { type FrameInput, planFrame } from './plan-frame.ts';
import { planProblems, type ToPlace } from './plan-problems.ts';
import { planRest, type RestItem } from './plan-rest.ts';
import type { WallView } from './wall-options.ts';
import type { Box, Line, WallPlan } from './wall-plan.ts';
import { type TileSize, WALL_SIZES } from './wall-sizes.ts';
import { wrapText } from './wrap-text.ts';

export interface WallInput extends FrameInput {
  view: WallView;
  /** What is said large when there is no problem. */
  answer: string;
  /** Worst first. */
  problems: readonly ToPlace[];
  /** What is well, in the order in which it is shown. */
  rest: readonly RestItem[];
}

const LARGE_FIRST: readonly TileSize[] = ['large', 'medium', 'small'];
/** Below problems, what is well is quiet. */
const BESIDE_PROBLEMS: readonly TileSize[] = ['medium', 'small'];
/** Without problems the one answer keeps at least this share of the screen. */
const ANSWER_SHARE = 0.5;

/**
 * Decides what is where on a wall. What is well shrinks first, then folds into counts by stack; problems get smaller,
 * and turn over, but each is named. Everything fits; the smallest sizes (`WALL_SIZES.text`) are kept.
 */
export function planWall(input: WallInput): WallPlan {
  const { unitPx, head, foot, body } = planFrame(input);
  const base = { unitPx, head, foot, matrix: null };
  if (input.view === 'matrix') return { ...base, ...NOTHING, matrix: body };
  return input.problems.length === 0
    ? { ...base, ...planWithoutProblems(input, body, unitPx) }
    : { ...base, ...planWithProblems(input, body, unitPx) };
}

const NOTHING: Body = { answer: null, heroes: [], cards: [], rows: null, rest: { kind: 'none' } };

type Body = Pick<WallPlan, 'answer' | 'heroes' | 'cards' | 'rows' | 'rest'>;

function planWithoutProblems({ answer, counts, rest, view }: WallInput, body: Box, unitPx: number): Body {
  const gap = 2 * WALL_SIZES.gap * unitPx;
  const max = body.height * (1 - ANSWER_SHARE) - gap;
  const area = { ...body, y: body.y + body.height - max, height: max };
  const { plan, height } = planRest(area, {
    items: rest,
    folded: view === 'stacks',
    sizes: LARGE_FIRST,
    unitPx,
  });
  const box = { ...body, height: Math.floor(body.height - (height === 0 ? 0 : height + gap)) };
  const text = toAnswer(answer, box, unitPx);
  const countsPx = Math.min(
    4.4 * unitPx,
    Math.max(WALL_SIZES.text.counts * unitPx, box.width / (measureText(counts.join('')) + 6)),
  );
  return { answer: { box, text, countsPx }, heroes: [], cards: [], rows: null, rest: plan };
}

function toAnswer(answer: string, box: Box, unitPx: number): Line {
  const em = measureText(answer) + 1.4;
  const fontPx = Math.max(
    WALL_SIZES.text.verdict * unitPx,
    Math.min(box.width / em, box.height * 0.32, 17 * unitPx),
  );
  const lines = wrapText(answer, box.width / fontPx - 1.4, 2);
  return lines.length === 1 ? { lines, fontPx } : { lines, fontPx: WALL_SIZES.text.verdict * unitPx };
}

function planWithProblems({ problems, rest, view }: WallInput, body: Box, unitPx: number): Body {
  const gap = 1.6 * WALL_SIZES.gap * unitPx;
  // Few problems leave what is well a third at most, many a strip.
  const share = problems.length <= 2 ? 0.34 : problems.length <= 12 ? 0.2 : 0.1;
  const strip = WALL_SIZES.tiles.small.height * unitPx + 1;
  const max = Math.min(body.height * 0.4, Math.max(strip, body.height * share));
  const area = { ...body, y: Math.floor(body.y + body.height - max), height: Math.floor(max) };
  const input = { items: rest, folded: view === 'stacks', sizes: BESIDE_PROBLEMS, unitPx };
  const reserved = planRest(area, input);
  const taken = reserved.height === 0 ? 0 : Math.ceil(reserved.height + gap);
  const planned = planProblems(problems, { ...body, height: body.height - taken }, unitPx);
  const { heroes, cards, rows } = planned;
  return { answer: null, heroes, cards, rows, rest: reserved.plan };
}
