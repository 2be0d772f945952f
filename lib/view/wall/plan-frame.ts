import { planHead, type WallScope } from './plan-head.ts';
import type { WallDensity } from './wall-options.ts';
import type { Box, WallPlan } from './wall-plan.ts';
import { toUnitPx, WALL_SIZES } from './wall-sizes.ts';

export interface FrameInput {
  screen: { widthPx: number; heightPx: number };
  density: WallDensity;
  headline: string;
  scope: WallScope;
  counts: readonly string[];
  /** Do the counts stand in the bar on top? */
  headCounts: boolean;
}

/** What every wall has: a bar on top and one at the foot, and the room between them. */
export interface WallFrame {
  unitPx: number;
  head: WallPlan['head'];
  foot: Box;
  /** Between the two, within margins. */
  body: Box;
  /** All of it, without what is kept free to move it about. */
  width: number;
  height: number;
}

export function planFrame(input: FrameInput): WallFrame {
  const { widthPx, heightPx } = input.screen;
  const unitPx = toUnitPx(input.screen, input.density);
  const marginPx = 2 * Math.ceil(WALL_SIZES.shift * unitPx);
  const width = widthPx - marginPx;
  const height = heightPx - marginPx;
  const counts = input.headCounts ? input.counts : [];
  const head = planHead({ ...input, counts, width, isTall: height > width * 1.3, unitPx });
  const footHeight = Math.ceil(WALL_SIZES.foot * unitPx);
  const foot: Box = { x: 0, y: height - footHeight, width, height: footHeight };
  const pad = WALL_SIZES.margin * unitPx;
  const body: Box = {
    x: Math.floor(pad),
    y: Math.ceil(head.box.height + pad),
    width: Math.floor(width - 2 * pad),
    height: Math.floor(foot.y - head.box.height - 2 * pad),
  };
  return { unitPx, head, foot, body, width, height };
}
