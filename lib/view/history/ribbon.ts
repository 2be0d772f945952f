import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { SlotRibbon, StatusSpan, TaskSegment } from '#lib/model/contract/history.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { toReplicaHref } from '#lib/view/links/to-href.ts';
import { nameCause } from '#words/causes.ts';
import { countTasks } from '#words/counts.ts';
import * as words from '#words/pages/history.ts';
import { formatTimeFrame, MAX_WINDOW_MS, MIN_WINDOW_MS, type TimeWindow } from './time-frame.ts';
import { type Place, toPlace } from './to-place.ts';

/** A stretch of one status inside a task, in percent of the task's width. */
export interface StatusPiece extends Place {
  /** `null`: not known. */
  status: ReplicaStatus | null;
}

/** One thing to draw in a slot's ribbon: a task, or tasks too short to be drawn each. */
export interface RibbonPiece extends Place {
  key: string;
  /** Oldest first, at least one. */
  segments: TaskSegment[];
  /** Of a task alone; of several there are none. */
  statuses: StatusPiece[];
  endsBadly: boolean;
}

const isBad = ({ end }: TaskSegment) => end !== null && end.cause !== null;

function toStatuses(segment: TaskSegment, spans: readonly StatusSpan[], window: TimeWindow): StatusPiece[] {
  const own = {
    fromMs: Math.max(segment.fromMs, window.fromMs),
    untilMs: Math.min(segment.untilMs ?? window.untilMs, window.untilMs),
  };
  return spans.flatMap((span) => {
    if (span.taskId !== segment.taskId) return [];
    const place = toPlace(span, own);
    return place === null || place.widthPercent === 0 ? [] : [{ ...place, status: span.status }];
  });
}

/**
 * Lays a slot's tasks out in a window, oldest first. A task narrower than `minPercent` is drawn at that width; when
 * that would cover the next one, both become one piece that stands for all of them.
 */
export function toRibbon(
  { segments, spans }: Pick<SlotRibbon, 'segments' | 'spans'>,
  window: TimeWindow,
  minPercent: number,
): RibbonPiece[] {
  const pieces: RibbonPiece[] = [];
  for (const segment of segments) {
    const place = toPlace(segment, window);
    if (place === null) continue;
    const last = pieces.at(-1);
    const rightPercent = place.leftPercent + place.widthPercent;
    const covers =
      last !== undefined &&
      last.leftPercent + Math.max(minPercent, last.widthPercent) > place.leftPercent + 0.01;
    const isShort = (width: number) => width < minPercent;
    if (last !== undefined && covers && (isShort(last.widthPercent) || isShort(place.widthPercent))) {
      last.widthPercent = Math.max(last.widthPercent, rightPercent - last.leftPercent);
      last.segments.push(segment);
      last.statuses = [];
      last.endsBadly ||= isBad(segment);
    } else {
      pieces.push({
        ...place,
        key: segment.taskId,
        segments: [segment],
        statuses: toStatuses(segment, spans, window),
        endsBadly: isBad(segment),
      });
    }
  }
  return pieces.map((piece) => {
    const widthPercent = Math.max(minPercent, piece.widthPercent);
    return { ...piece, widthPercent, leftPercent: Math.min(piece.leftPercent, 100 - widthPercent) };
  });
}

/** A ribbon's piece in words: `Up`, `Killed for its health`, or of several tasks `12 tasks, 11 × exited by itself`. */
export function describePiece(segments: readonly TaskSegment[]): string {
  const [only] = segments;
  if (segments.length === 1 && only !== undefined) {
    if (only.end === null) return only.untilMs === null ? words.up : words.endNotSeen;
    return only.end.cause === null ? words.endedAsExpected : nameCause(only.end.cause);
  }
  const counts = new Map<Cause, number>();
  for (const { end } of segments)
    if (end !== null && end.cause !== null) counts.set(end.cause, (counts.get(end.cause) ?? 0) + 1);
  const causes = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([cause, count]) => {
      const name = nameCause(cause);
      return `${formatCount(count)} × ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    });
  return [countTasks(segments.length), ...causes].join(', ');
}

const MARGIN = 0.05;
const END_WINDOW_MS = 15 * 60_000;

/** The address of a replica's page at the time of one or more of its tasks: the end is what one wants to see. */
export function toSegmentHref(
  serviceName: string,
  key: string,
  segments: readonly TaskSegment[],
  nowMs: number,
): string {
  const first = segments[0];
  const last = segments.at(-1);
  const href = toReplicaHref(serviceName, key);
  if (first === undefined || last === undefined || last.untilMs === null) return href;
  const lengthMs = Math.min(MAX_WINDOW_MS, Math.max(MIN_WINDOW_MS, last.untilMs - first.fromMs));
  const shownMs = Math.min(lengthMs * (1 + 2 * MARGIN), Math.max(END_WINDOW_MS, MIN_WINDOW_MS));
  const untilMs = Math.min(nowMs, last.untilMs + shownMs * MARGIN);
  const query = formatTimeFrame({ kind: 'fixed', fromMs: untilMs - shownMs, untilMs });
  return `${href}?${new URLSearchParams(query)}`;
}
