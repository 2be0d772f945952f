'use client';
import { useRouter } from 'next/navigation';
import { useMemo, useRef } from 'react';
import { TimeAxis } from '#components/history/time-axis.tsx';
import { useElementSize } from '#lib/client/hooks/use-element.ts';
import { useTimeline } from '#lib/client/hooks/use-timeline.ts';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import { moveAmong } from '#lib/client/page/move-among.ts';
import type { Timeline } from '#lib/model/contract/timeline.ts';
import { formatMoment } from '#lib/view/format/times.ts';
import type { TimeFrame, TimeWindow } from '#lib/view/history/time-frame.ts';
import { toTimeWindow } from '#lib/view/history/time-frame.ts';
import { toPlace } from '#lib/view/history/to-place.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { AXIS_RANGES, type Axis } from '#lib/view/timeline/axis-window.ts';
import { toAxisLanes, toMarkSlotMs } from '#lib/view/timeline/lanes.ts';
import { type TimelinePlace, toTimelineHref } from '#lib/view/timeline/timeline-address.ts';
import * as words from '#words/pages/timeline.ts';
import { AxisBrush } from './axis-brush.tsx';
import { AxisLaneRow } from './axis-lane-row.tsx';

interface TimelinePanelProps {
  axis: Axis;
  /** `null`: the server had no time to read it. */
  initial: Timeline | null;
  /** What the list below is limited to. */
  frame: TimeFrame | null;
  place: TimelinePlace;
}

/** Before it is measured. */
const WIDTH_PX = 900;

/** The swarm on one axis of time: a lane for each kind of what happens; what is chosen on it limits the list below. */
export function TimelinePanel({ axis, initial, frame, place }: TimelinePanelProps) {
  const router = useRouter();
  const { timeline, window, error } = useTimeline(axis, initial);
  const track = useRef<HTMLDivElement>(null);
  const widthPx = useElementSize(track)?.widthPx ?? WIDTH_PX;
  const byStack = place.page === '/timeline';
  const slotMs =
    timeline === null
      ? 0
      : toMarkSlotMs(window.untilMs - window.fromMs, Math.max(60, widthPx), timeline.slotMs);
  const lanes = useMemo(
    () => (timeline === null ? [] : toAxisLanes(timeline, slotMs, byStack)),
    [timeline, slotMs, byStack],
  );
  const chosen = frame === null ? null : toTimeWindow(frame, window.untilMs);
  const choose = (next: TimeWindow | null) =>
    router.replace(toTimelineHref({ ...place, axis: place.axis ?? axis.key }, next), { scroll: false });
  return (
    <section className="panel timeline" aria-labelledby="timeline-title" data-axis={axis.key}>
      <div className="panel-title timeline-head">
        <h2 id="timeline-title">{words.title}</h2>
        <Ranges axis={axis} place={place} />
        {!byStack && (
          <a className="timeline-more" href={toPath('/timeline')}>
            {words.wholePage}
          </a>
        )}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move among the links within. */}
      <div
        className="timeline-body"
        onKeyDown={(event) => {
          if (moveAmong(event.currentTarget, '.timeline-lane', '.timeline-track a', event.key))
            event.preventDefault();
        }}
      >
        <div className="timeline-over" ref={track}>
          {timeline !== null && <Unknown timeline={timeline} window={window} />}
          <AxisBrush window={window} chosen={frame?.kind === 'newest' ? null : chosen} onChoose={choose} />
        </div>
        {timeline === null ? (
          <Waiting error={error} byStack={byStack} />
        ) : (
          lanes.map((lane) => (
            <AxisLaneRow
              key={lane.key}
              lane={lane}
              window={window}
              widthPx={widthPx}
              place={place}
              note={lane.lane === 'checks' && !timeline.checks ? words.checksOff : null}
            />
          ))
        )}
        <div className="timeline-lane timeline-axis">
          <span />
          <TimeAxis window={window} />
          <span />
        </div>
      </div>
      <Foot timeline={timeline} error={error} />
    </section>
  );
}

function Ranges({ axis, place }: { axis: Axis; place: TimelinePlace }) {
  return (
    <nav className="timeline-ranges" aria-label={words.rangeLabel}>
      {AXIS_RANGES.map(({ key, label, words: length }) => (
        <a
          key={key}
          href={toTimelineHref({ ...place, axis: key as Axis['key'] }, null)}
          aria-current={axis.key === key ? 'true' : undefined}
          title={words.last(length)}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}

/** When nobody looked, over all lanes: nothing there is empty, since nothing there is known. */
function Unknown({ timeline, window }: { timeline: Timeline; window: TimeWindow }) {
  const zone = useZone();
  return timeline.unknown.map(({ fromMs, untilMs }) => {
    const place = toPlace({ fromMs, untilMs }, window);
    if (place === null) return null;
    const help = words.unknownHelp(formatMoment(fromMs, zone), formatMoment(untilMs, zone));
    return (
      <i
        key={fromMs}
        className="timeline-unknown"
        data-unknown={fromMs}
        title={help}
        style={{ left: `${place.leftPercent}%`, width: `max(3px, ${place.widthPercent}%)` }}
      >
        <span className={place.widthPercent > 8 ? undefined : 'sr-only'}>
          {words.unknownTime}
          <span className="sr-only">: {help}</span>
        </span>
      </i>
    );
  });
}

function Waiting({ error, byStack }: { error: Error | null; byStack: boolean }) {
  const names = Object.entries(words.lanes);
  return names.map(([key, name], at) => (
    <div key={key} className={key === 'incidents' ? 'timeline-lane timeline-incidents' : 'timeline-lane'}>
      <b>{name}</b>
      <span className="timeline-track">
        {at === 0 && !byStack && error !== null ? words.unreadable(error.message) : ''}
      </span>
      <span />
    </div>
  ));
}

function Foot({ timeline, error }: { timeline: Timeline | null; error: Error | null }) {
  const zone = useZone();
  // Of what cannot be read nobody can say that more happened.
  const cutMs = timeline?.history.kind === 'broken' ? null : (timeline?.countedFromMs ?? null);
  return (
    <p className="timeline-foot">
      <span className="timeline-help">{words.help}</span>
      {cutMs !== null && <b>{words.cut(formatMoment(cutMs, zone))}</b>}
      {timeline?.moreIncidents && <b>{words.moreIncidents}</b>}
      {error !== null && <b>{words.unreadable(error.message)}</b>}
    </p>
  );
}
