import {
  TIMELINE_LANES,
  type Timeline,
  type TimelineBar,
  type TimelineLane,
  type TimelineMark,
} from '#lib/model/contract/timeline.ts';
import { foldMarks, joinMarks } from '#lib/model/events/fold-marks.ts';
import { rankStacks, STACKS_SHOWN } from '#lib/model/events/fold-stacks.ts';
import type { TimeWindow } from '#lib/view/history/time-frame.ts';
import { type Place, toPlace } from '#lib/view/history/to-place.ts';

/** A mark with its count takes so much room. */
const MARK_PX = 24;
/** More rows of incidents at a time are not drawn apart. */
const BAR_ROWS = 3;

/** One line of the axis. */
export interface AxisLane {
  key: string;
  lane: TimelineLane | 'incidents';
  /** Failures of one stack alone; `undefined`: of all, or another lane. */
  stack?: string | null;
  marks: TimelineMark[];
  bars: PlacedBar[];
}

/** A bar, and in which row of its lane it lies. */
export interface PlacedBar extends TimelineBar {
  row: number;
  /** So many others lie over it, for want of a row. */
  others: number;
}

/**
 * Which stacks have a line of failures: those that failed, the worst first, then others while there is room. Whatever fails
 * later moves none: each keeps its line, and one more takes the last that nothing of is to be shown.
 *
 * @param before as it was; empty: nothing stands yet
 * @param stacks all that the swarm has
 */
export function holdStacks(
  before: readonly (string | null)[],
  marks: readonly TimelineMark[],
  stacks: readonly (string | null)[],
): readonly (string | null)[] {
  const ranked = rankStacks(marks);
  const others = stacks.filter((stack) => !ranked.includes(stack)).sort();
  if (before.length === 0) return [...ranked, ...others].slice(0, Math.max(ranked.length, STACKS_SHOWN));
  const fresh = ranked.filter((stack) => !before.includes(stack));
  const kept = before
    .toReversed()
    .map((stack) => (ranked.includes(stack) ? stack : (fresh.shift() ?? stack)))
    .toReversed();
  return fresh.length === 0 ? kept : [...kept, ...fresh];
}

/**
 * The lines of the axis, from the top. Which lanes there are does not depend on what happened, so that nothing moves.
 *
 * @param slotMs what is nearer together than that is one mark
 * @param stacks failures have a line for each of these; `null`: they have one
 */
export function toAxisLanes(
  { marks, bars }: Pick<Timeline, 'marks' | 'bars'>,
  slotMs: number,
  stacks: readonly (string | null)[] | null,
): AxisLane[] {
  const incidents = placeBars(bars.filter(({ lane }) => lane === null));
  const lanes: AxisLane[] = [{ key: 'incidents', lane: 'incidents', marks: [], bars: incidents }];
  for (const lane of TIMELINE_LANES) {
    const own = marks.filter((mark) => mark.lane === lane);
    const placed = placeBars(bars.filter((bar) => bar.lane === lane));
    if (lane === 'failures' && stacks !== null)
      for (const stack of stacks)
        lanes.push({
          key: `failures ${stack ?? ''}`,
          ...toLane(
            lane,
            own.filter((mark) => mark.stack === stack),
            [],
            slotMs,
          ),
          stack,
        });
    if (lane !== 'failures' || stacks === null || stacks.length === 0)
      lanes.push({
        key: lane,
        ...toLane(
          lane,
          own.map((mark) => ({ ...mark, stack: null })),
          placed,
          slotMs,
        ),
      });
  }
  return lanes;
}

function toLane(lane: TimelineLane, own: TimelineMark[], bars: PlacedBar[], slotMs: number) {
  return { lane, marks: keepApart(foldMarks(own, slotMs), slotMs), bars };
}

/** Two may lie at either side of where one slot ends and the next begins: those would be drawn over each other. */
function keepApart(marks: readonly TimelineMark[], slotMs: number): TimelineMark[] {
  const apart: TimelineMark[] = [];
  for (const mark of marks) {
    const before = apart.at(-1);
    if (before !== undefined && toMiddleMs(mark) - toMiddleMs(before) < slotMs)
      apart[apart.length - 1] = joinMarks(before, mark);
    else apart.push(mark);
  }
  return apart;
}

const toMiddleMs = ({ fromMs, untilMs }: TimelineMark) => (fromMs + untilMs) / 2;

/** A mark lies in the middle of what it counts. */
export function toMarkPlace(mark: TimelineMark, window: TimeWindow): Place | null {
  const middleMs = toMiddleMs(mark);
  return toPlace({ fromMs: middleMs, untilMs: middleMs }, window);
}

/** What of a lane lies on the axis, which moves on and is seldom a whole number of slots; the first can be reached by Tab. */
export function selectDrawn({ lane, ...all }: AxisLane, window: TimeWindow) {
  const marks = all.marks.filter((mark) => toMarkPlace(mark, window) !== null);
  const bars = all.bars.filter((bar) => toPlace(bar, window) !== null);
  const count = lane === 'incidents' ? bars.length : marks.reduce((sum, mark) => sum + mark.count, 0);
  return { marks, bars, count };
}

/** Those that lasted at the same time lie in rows of their own, as far as there are any; the longest ones first. */
export function placeBars(bars: readonly TimelineBar[]): PlacedBar[] {
  const endsMs: number[] = [];
  /** The bar that others lie over, in the last row. */
  let under: PlacedBar | null = null;
  return bars
    .toSorted(
      (a, b) => a.fromMs - b.fromMs || (b.untilMs ?? Number.MAX_VALUE) - (a.untilMs ?? Number.MAX_VALUE),
    )
    .map((bar) => {
      const free = endsMs.findIndex((endMs) => endMs <= bar.fromMs);
      const row = free >= 0 ? free : Math.min(endsMs.length, BAR_ROWS - 1);
      const isOver = free < 0 && endsMs.length === BAR_ROWS;
      endsMs[row] = Math.max(endsMs[row] ?? 0, bar.untilMs ?? Number.MAX_VALUE);
      const placed: PlacedBar = { ...bar, row, others: 0 };
      if (isOver && under !== null) under.others += 1;
      else if (row === BAR_ROWS - 1) under = placed;
      return placed;
    });
}

/** So long is a slot on an axis of this width. */
export function toMarkSlotMs(lengthMs: number, widthPx: number, slotMs: number): number {
  const slots = Math.max(1, Math.floor(widthPx / MARK_PX));
  // Whole multiples, so that no slot of the server lies in two of these.
  return Math.max(1, Math.ceil(lengthMs / slots / slotMs)) * slotMs;
}

/** Wide enough for most letters of the labels' size. */
const LETTER_PX = 6.3;
const GAP_PX = 14;

/** Which marks have room for their sentence at their right, before the next one or the axis's end; by their place. */
export function findLabelled(
  marks: readonly TimelineMark[],
  toPx: (atMs: number) => number,
  widthPx: number,
): Set<TimelineMark> {
  const labelled = new Set<TimelineMark>();
  marks.forEach((mark, at) => {
    if (mark.text === null) return;
    const next = marks[at + 1];
    const endPx = next === undefined ? widthPx : toPx(next.fromMs) - GAP_PX;
    if (toPx(mark.fromMs) + GAP_PX + mark.text.length * LETTER_PX <= endPx) labelled.add(mark);
  });
  return labelled;
}
