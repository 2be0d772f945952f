'use client';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import type { StatusSpan, TaskSegment } from '#lib/model/contract/history.ts';
import { toGaps } from '#lib/view/history/gaps.ts';
import type { TimeWindow } from '#lib/view/history/time-frame.ts';
import { toPlace } from '#lib/view/history/to-place.ts';

/** What the pointer is over. */
export type BandPoint =
  | { kind: 'span'; span: StatusSpan }
  | { kind: 'gap'; gap: TimeWindow }
  | { kind: 'task'; segment: TaskSegment };

interface StatusBandProps {
  spans: readonly StatusSpan[];
  tasks: readonly TaskSegment[];
  window: TimeWindow;
  onPoint: (point: BandPoint | null) => void;
}

const MIN_GAP_SHARE = 0.002;

const toStyle = (place: { leftPercent: number; widthPercent: number }) => ({
  left: `${place.leftPercent}%`,
  width: `max(2px, ${place.widthPercent}%)`,
});

/** The statuses a replica had, as a band under its probes, with the ends of its tasks. The list beside it says the same in words. */
export function StatusBand({ spans, tasks, window, onPoint }: StatusBandProps) {
  const gaps = toGaps(spans, window, (window.untilMs - window.fromMs) * MIN_GAP_SHARE);
  return (
    <div className="band" aria-hidden="true" onPointerLeave={() => onPoint(null)}>
      <div className="band-track">
        {gaps.map((gap) => {
          const place = toPlace(gap, window);
          return (
            place !== null && (
              <i
                key={`gap-${gap.fromMs}`}
                className="band-gap"
                style={toStyle(place)}
                onPointerEnter={() => onPoint({ kind: 'gap', gap })}
              />
            )
          );
        })}
        {spans.map((span) => {
          const place = toPlace(span, window);
          return (
            place !== null && (
              <i
                key={`${span.fromMs}-${span.status}-${span.taskId}`}
                className={`band-piece ${STATUS_LOOKS[span.status].className}`}
                data-kind={span.status}
                style={toStyle(place)}
                onPointerEnter={() => onPoint({ kind: 'span', span })}
              />
            )
          );
        })}
      </div>
      <div className="band-ends">
        {tasks.map((segment) => {
          const place =
            segment.end === null
              ? null
              : toPlace({ fromMs: segment.end.atMs, untilMs: segment.end.atMs }, window);
          return (
            place !== null && (
              <i
                key={segment.taskId}
                className={`band-end ${segment.end?.cause == null ? 's-complete' : 's-failed'}`}
                style={{ left: `${place.leftPercent}%` }}
                onPointerEnter={() => onPoint({ kind: 'task', segment })}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
