import type uPlot from 'uplot';
import type { Bar } from '#lib/view/history/bars.ts';
import { toHeightShare } from '#lib/view/history/scales.ts';
import type { TimeWindow } from '#lib/view/history/time-frame.ts';
import { band } from '#words/pages/history.ts';
import type { Palette } from './read-palette.ts';

/** All that the plot shows. */
export interface HeartbeatPicture {
  bars: readonly Bar[];
  window: TimeWindow;
  /** The full height. */
  timeoutMs: number;
  /** Nothing is known of these. */
  gaps: readonly TimeWindow[];
  /** Ends of tasks. */
  ends: readonly { atMs: number; bad: boolean }[];
}

const CLOSE = 2 / 3;
const FOOT_TOP = -0.035;
const FOOT_BOTTOM = -0.115;
const WIDEST_PX = 14;

/** What everything is drawn with: pixels of the device. */
interface Pen {
  ctx: CanvasRenderingContext2D;
  palette: Palette;
  scale: number;
  x(ms: number): number;
  y(share: number): number;
}

/** Draws gaps, ends of tasks, the timeout's line, and the bars, onto a plot whose y is a share of the timeout. */
export function drawHeartbeat(u: uPlot, picture: HeartbeatPicture, palette: Palette): void {
  const { ctx, bbox } = u;
  const scale = devicePixelRatio;
  const pen: Pen = {
    ctx,
    palette,
    scale,
    x: (ms) => u.valToPos(ms, 'x', true),
    y: (share) => u.valToPos(share, 'y', true),
  };
  const { x, y } = pen;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();

  for (const gap of picture.gaps) drawGap(pen, gap);
  ctx.fillStyle = palette.lineStrong;
  ctx.fillRect(bbox.left, y(0), bbox.width, scale);
  ctx.setLineDash([4 * scale, 4 * scale]);
  ctx.strokeStyle = palette.failing;
  ctx.lineWidth = scale;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y(1));
  ctx.lineTo(bbox.left + bbox.width, y(1));
  ctx.stroke();
  for (const end of picture.ends) {
    ctx.strokeStyle = end.bad ? palette.unhealthy : palette.faint;
    ctx.beginPath();
    ctx.moveTo(x(end.atMs), bbox.top);
    ctx.lineTo(x(end.atMs), bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  const widest = toWidest(pen, picture.bars);
  for (const bar of picture.bars) drawBar(pen, bar, widest, picture.timeoutMs);
  ctx.restore();
}

function drawGap({ ctx, palette, scale, x, y }: Pen, { fromMs, untilMs }: TimeWindow) {
  const top = y(1);
  const base = y(0);
  const left = x(fromMs);
  const width = x(untilMs) - left;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, y(FOOT_BOTTOM) - top);
  ctx.clip();
  ctx.strokeStyle = palette.lineStrong;
  ctx.lineWidth = scale;
  ctx.beginPath();
  const step = 8 * scale;
  const height = y(FOOT_BOTTOM) - top;
  // The stripes stand still when the window moves.
  const from = Math.floor((left - height) / step) * step;
  for (let at = from; at < left + width; at += step) {
    ctx.moveTo(at, top + height);
    ctx.lineTo(at + height, top);
  }
  ctx.stroke();
  ctx.restore();
  const label = band;
  ctx.font = `${12 * scale}px ${palette.fontFamily}`;
  const textWidth = ctx.measureText(label).width;
  if (width < textWidth + 24 * scale) return;
  const middle = (top + base) / 2;
  ctx.fillStyle = palette.surface;
  ctx.fillRect(
    left + (width - textWidth) / 2 - 8 * scale,
    middle - 11 * scale,
    textWidth + 16 * scale,
    22 * scale,
  );
  ctx.fillStyle = palette.faint;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(label, left + width / 2, middle);
}

/** Single probes are as wide as their distance allows. */
function toWidest({ scale, x }: Pen, bars: readonly Bar[]): number {
  let min = Number.POSITIVE_INFINITY;
  for (let at = 1; at < bars.length; at += 1) {
    const before = bars[at - 1];
    const bar = bars[at];
    if (before !== undefined && bar !== undefined) min = Math.min(min, x(bar.fromMs) - x(before.fromMs));
  }
  return Math.max(2 * scale, Math.min(WIDEST_PX * scale, min * 0.64));
}

function drawBar({ ctx, palette, scale, x, y }: Pen, bar: Bar, widest: number, timeoutMs: number) {
  const base = y(0);
  const left = bar.probe === null ? x(bar.fromMs) : x(bar.fromMs) - widest / 2;
  const width = bar.probe === null ? Math.max(2 * scale, x(bar.untilMs) - left - scale) : widest;
  const allFailed = bar.failed === bar.count;
  const isClose = !allFailed && bar.medianMs >= timeoutMs * CLOSE;
  const tone = allFailed ? palette.unhealthy : isClose ? palette.failing : palette.healthy;
  const fill = (share: number, alpha: number) => {
    const height = Math.max(3 * scale, base - y(share));
    ctx.globalAlpha = alpha;
    ctx.beginPath();
    // Failed bars differ in shape as well: square, on a foot of their own.
    const round = allFailed ? 0 : Math.min(width / 2, 2.5 * scale);
    ctx.roundRect(left, base - height, width, height, [round, round, 0, 0]);
    ctx.fill();
    ctx.globalAlpha = 1;
  };
  ctx.fillStyle = tone;
  if (bar.count > 1) fill(toHeightShare(bar.maxMs, timeoutMs), 0.32);
  fill(toHeightShare(bar.medianMs, timeoutMs), 1);
  if (bar.failed === 0) return;
  const footTop = y(FOOT_TOP);
  const whole = y(FOOT_BOTTOM) - footTop;
  ctx.fillStyle = palette.unhealthy;
  ctx.fillRect(left, footTop, width, Math.max(4 * scale, whole * (bar.failed / bar.count)));
}
