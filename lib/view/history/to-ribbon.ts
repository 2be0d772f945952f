import type { SlotRibbon, StatusSpan, TaskSegment } from '#lib/model/contract/history.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { TimeWindow } from './time-frame.ts';
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
 * Lays a slot's tasks out in a window, oldest first. A task narrower than `leastPercent` is drawn at that width; when
 * that would cover the next one, both become one piece that stands for all of them.
 */
export function toRibbon(
  { segments, spans }: Pick<SlotRibbon, 'segments' | 'spans'>,
  window: TimeWindow,
  leastPercent: number,
): RibbonPiece[] {
  const pieces: RibbonPiece[] = [];
  for (const segment of segments) {
    const place = toPlace(segment, window);
    if (place === null) continue;
    const last = pieces.at(-1);
    const rightPercent = place.leftPercent + place.widthPercent;
    const covers =
      last !== undefined &&
      last.leftPercent + Math.max(leastPercent, last.widthPercent) > place.leftPercent + 0.01;
    const isShort = (width: number) => width < leastPercent;
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
    const widthPercent = Math.max(leastPercent, piece.widthPercent);
    return { ...piece, widthPercent, leftPercent: Math.min(piece.leftPercent, 100 - widthPercent) };
  });
}
