'use client';
import { useMemo } from 'react';
import { EVENT_LEVEL_LOOKS } from '#components/status/looks.ts';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import type { TimelineMark } from '#lib/model/contract/timeline.ts';
import { OTHER_STACKS } from '#lib/model/events/fold-stacks.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { formatClock, formatMoment, formatSpan } from '#lib/view/format/times.ts';
import type { TimeWindow } from '#lib/view/history/time-frame.ts';
import { toPlace } from '#lib/view/history/to-place.ts';
import { toIncidentHref } from '#lib/view/links/to-href.ts';
import {
  type AxisLane,
  findLabelled,
  type PlacedBar,
  selectDrawn,
  toMarkPlace,
} from '#lib/view/timeline/lanes.ts';
import { type TimelinePlace, toMarkHref } from '#lib/view/timeline/timeline-address.ts';
import * as words from '#words/pages/timeline.ts';

interface AxisLaneRowProps {
  lane: AxisLane;
  window: TimeWindow;
  widthPx: number;
  place: Pick<TimelinePlace, 'axis'>;
  /** In place of what there is none of. */
  note: string | null;
}

/** One line of the axis: its name, its marks and bars, and how many they are. */
export function AxisLaneRow({ lane, window, widthPx, place, note }: AxisLaneRowProps) {
  const { key, stack } = lane;
  const { marks, bars, count } = useMemo(() => selectDrawn(lane, window), [lane, window]);
  const lengthMs = window.untilMs - window.fromMs;
  const labelled = useMemo(
    () => findLabelled(marks, (atMs) => ((atMs - window.fromMs) / lengthMs) * widthPx, widthPx),
    [marks, window.fromMs, lengthMs, widthPx],
  );
  const name = stack === OTHER_STACKS ? words.otherStacks : (stack ?? words.noStack);
  return (
    <div
      className={lane.lane === 'incidents' ? 'timeline-lane timeline-incidents' : 'timeline-lane'}
      data-lane={key}
    >
      <span className="timeline-name">
        <b>{words.lanes[lane.lane]}</b>
        {stack !== undefined && <span title={name}>{name}</span>}
        {note !== null && <span>{note}</span>}
      </span>
      <span className="timeline-track">
        {bars.map((bar, at) => (
          <Bar
            key={`${bar.incidentId} ${bar.title}`}
            bar={bar}
            window={window}
            isFirst={at === 0}
            isLow={lane.lane === 'incidents'}
          />
        ))}
        {marks.map((mark, at) => (
          <Mark
            key={`${mark.fromMs} ${mark.stack}`}
            mark={mark}
            window={window}
            place={place}
            isFirst={at === 0 && bars.length === 0}
            isLabelled={labelled.has(mark)}
          />
        ))}
      </span>
      <span className="timeline-count">{count === 0 ? '' : formatCount(count)}</span>
    </div>
  );
}

interface BarProps {
  bar: PlacedBar;
  window: TimeWindow;
  isFirst: boolean;
  isLow: boolean;
}

/** What lasted: a link to its incident. */
function Bar({ bar, window, isFirst, isLow }: BarProps) {
  const { incidentId, kind, isCritical, title, fromMs, untilMs, row, others } = bar;
  const zone = useZone();
  const place = toPlace({ fromMs, untilMs }, window);
  if (place === null) return null;
  const tone = isCritical ? 's-failed' : kind === 'engine' ? 's-unknown' : 's-failing';
  const lasted = untilMs === null ? words.lasts : formatSpan(untilMs - fromMs);
  const over = others === 0 ? '' : `, ${words.othersOver(others)}`;
  const text = `${title}, ${formatMoment(fromMs, zone)}, ${lasted}${over}`;
  return (
    <>
      <a
        href={toIncidentHref(incidentId)}
        className={`timeline-bar ${tone}`}
        data-row={isLow ? row : undefined}
        data-open={untilMs === null}
        tabIndex={isFirst ? 0 : -1}
        title={text}
        style={{ left: `${place.leftPercent}%`, width: `max(6px, ${place.widthPercent}%)` }}
      >
        <span className="sr-only">{text}</span>
      </a>
      {others > 0 && (
        <b className="timeline-others" aria-hidden="true" style={{ left: `${place.leftPercent}%` }}>
          +{others}
        </b>
      )}
    </>
  );
}

interface MarkProps {
  mark: TimelineMark;
  window: TimeWindow;
  place: Pick<TimelinePlace, 'axis'>;
  isFirst: boolean;
  isLabelled: boolean;
}

/** What happened within a slot: one glyph, with its number where it is more than one; a link to these events. */
function Mark({ mark, window, place, isFirst, isLabelled }: MarkProps) {
  const zone = useZone();
  const at = toMarkPlace(mark, window);
  if (at === null) return null;
  const look = mark.lane === 'unknown' ? 's-unknown' : EVENT_LEVEL_LOOKS[mark.level].className;
  const isFilled = mark.lane === 'failures' ? mark.isEnd : mark.level === 'bad';
  const text = describeMark(mark, zone);
  const half = mark.count === 1 ? HALF_PX : HALF_WIDE_PX;
  return (
    <>
      <a
        href={toMarkHref(mark, place.axis, window)}
        className={`timeline-mark ${look}`}
        data-filled={isFilled}
        data-count={mark.count}
        tabIndex={isFirst ? 0 : -1}
        title={text}
        style={{ left: `clamp(${half}px, ${at.leftPercent}%, 100% - ${half}px)` }}
      >
        {mark.count < GLYPH_BELOW && <span className="status-glyph" aria-hidden="true" />}
        {/* A short number is no part of the long one that is said. */}
        {mark.count > 1 && <span aria-hidden="true">{formatShort(mark.count)}</span>}
        <span className="sr-only">{text}</span>
      </a>
      {isLabelled && (
        <span className="timeline-label" aria-hidden="true" style={{ left: `${at.leftPercent}%` }}>
          {mark.text}
        </span>
      )}
    </>
  );
}

/** Three digits and a glyph are wider than a slot: they would lie over the next mark. Fill and name say the same. */
const GLYPH_BELOW = 100;
/** So much of a mark lies on each side of its moment: at an end of the axis it stays within it. */
const HALF_PX = 8;
const HALF_WIDE_PX = 14;

function describeMark(
  { text, count, lane, level, isEnd, fromMs, untilMs }: TimelineMark,
  zone: 'utc' | 'local',
): string {
  const moment = formatMoment(fromMs, zone);
  if (text !== null) return `${moment}: ${text}`;
  const until = untilMs > fromMs ? ` – ${formatClock(untilMs, zone)}` : '';
  const how =
    lane === 'failures'
      ? `, ${isEnd ? words.ended : words.probesFailed}`
      : level === 'bad'
        ? `, ${words.bad}`
        : '';
  return `${moment}${until}: ${words.happened(count, lane)}${how}`;
}

/** Three characters at most: the number itself is in the mark's name. */
function formatShort(count: number): string {
  if (count < 1_000) return String(count);
  return count < 100_000 ? `${Math.floor(count / 1_000)}k` : '99k';
}
