import type { UsageSeries } from '#lib/model/contract/usage.ts';
import type { TimeWindow } from '#lib/view/history/time-frame.ts';

type Point = UsageSeries['points'][number];

/** A measure over time, drawn into a box 1000 wide and 100 high, as SVG paths. */
export interface Track {
  /** Empty: nothing of it is known in this window. */
  line: string;
  /** Beneath the line. */
  area: string;
  /** What the full height is. */
  top: number;
  /** Where the limit is, from 0 (top) to 100; `null`: there is none. */
  limitY: number | null;
  /** Stretches of the window in which nothing was read, from 0 to 1000. */
  gaps: { x: number; width: number }[];
}

const WIDTH = 1_000;
const HEIGHT = 100;
/** Above the highest value, so that a line at its limit is not the frame. */
const HEADROOM = 1.12;

/** Draws what `read` finds in each point. The line ends where nothing was read for long, and where another task begins. */
export function toTrack(
  { points, gapMs }: Pick<UsageSeries, 'points' | 'gapMs'>,
  window: TimeWindow,
  read: (point: Point) => number | null,
  max: number | null,
): Track {
  const { fromMs, untilMs } = window;
  const x = (atMs: number) => round(((atMs - fromMs) / Math.max(1, untilMs - fromMs)) * WIDTH);
  const pieces = toPieces(points, gapMs, read);
  const highest = Math.max(0, ...pieces.flat().map(({ value }) => value));
  const top = Math.max(max ?? 0, highest) * HEADROOM || 1;
  const y = (value: number) => round(HEIGHT - (value / top) * HEIGHT);
  const drawn = pieces.map((piece) => {
    const line = piece.map(({ atMs, value }) => ({ x: x(atMs), y: y(value) }));
    // One alone is a dot: a line to itself with round ends.
    return line.length === 1 ? [...line, ...line] : line;
  });
  return {
    line: drawn
      .map((piece) => piece.map((at, i) => `${i === 0 ? 'M' : 'L'}${at.x} ${at.y}`).join(''))
      .join(''),
    area: drawn
      .map((piece) => {
        const [first, last] = [piece[0], piece.at(-1)];
        if (!first || !last) return '';
        return `M${first.x} ${HEIGHT}${piece.map((at) => `L${at.x} ${at.y}`).join('')}L${last.x} ${HEIGHT}Z`;
      })
      .join(''),
    top,
    limitY: max === null ? null : y(max),
    gaps: toGaps(pieces, gapMs, window).map((gap) => ({
      x: x(gap.fromMs),
      width: x(gap.untilMs) - x(gap.fromMs),
    })),
  };
}

interface Value {
  atMs: number;
  value: number;
}

function toPieces(points: readonly Point[], gapMs: number, read: (point: Point) => number | null): Value[][] {
  const pieces: Value[][] = [];
  let last: Point | null = null;
  for (const point of points) {
    const value = read(point);
    if (value === null) continue;
    const goesOn = last !== null && point.atMs - last.atMs <= gapMs && point.taskId === last.taskId;
    const piece = goesOn ? pieces.at(-1) : undefined;
    if (piece) piece.push({ atMs: point.atMs, value });
    else pieces.push([{ atMs: point.atMs, value }]);
    last = point;
  }
  return pieces;
}

function toGaps(pieces: readonly Value[][], gapMs: number, { fromMs, untilMs }: TimeWindow): TimeWindow[] {
  const gaps: TimeWindow[] = [];
  let knownMs = fromMs;
  for (const piece of pieces) {
    const beginMs = piece[0]?.atMs ?? fromMs;
    if (beginMs - knownMs > gapMs) gaps.push({ fromMs: knownMs, untilMs: beginMs });
    knownMs = piece.at(-1)?.atMs ?? knownMs;
  }
  if (untilMs - knownMs > gapMs) gaps.push({ fromMs: knownMs, untilMs });
  return gaps;
}

const round = (value: number) => Math.round(value * 10) / 10;

/** The reading nearest to a moment; `null`: none within reach. */
export function findNearest(points: readonly Point[], atMs: number, withinMs: number): Point | null {
  let nearest: Point | null = null;
  for (const point of points)
    if (nearest === null || Math.abs(point.atMs - atMs) < Math.abs(nearest.atMs - atMs)) nearest = point;
  return nearest !== null && Math.abs(nearest.atMs - atMs) <= withinMs ? nearest : null;
}
