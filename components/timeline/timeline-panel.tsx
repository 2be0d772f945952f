'use client';
import { useRouter } from 'next/navigation';
import { useTimeline } from '#lib/client/hooks/use-timeline.ts';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import type { Timeline } from '#lib/model/contract/timeline.ts';
import { formatClock, formatMoment } from '#lib/view/format/times.ts';
import type { TimeFrame, TimeWindow } from '#lib/view/history/time-frame.ts';
import { toTimeWindow } from '#lib/view/history/time-frame.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { withAt } from '#lib/view/moment/parse-at.ts';
import { AXIS_RANGES, type Axis } from '#lib/view/timeline/axis-window.ts';
import { type TimelinePlace, toTimelineHref } from '#lib/view/timeline/timeline-address.ts';
import * as words from '#words/pages/timeline.ts';
import { AxisBrush } from './axis-brush.tsx';
import { AxisLanes } from './axis-lanes.tsx';

interface TimelinePanelProps {
  axis: Axis;
  /** `null`: the server had no time to read it. */
  initial: Timeline | null;
  /** What the list below is limited to. */
  frame: TimeFrame | null;
  place: TimelinePlace;
  /** Failures have a line for each of these stacks; left out, they have one. */
  stacks?: readonly (string | null)[];
}

/** The swarm on one axis of time: a lane for each kind of what happens; what is chosen on it limits the list below. */
export function TimelinePanel({ axis, initial, frame, place, stacks }: TimelinePanelProps) {
  const router = useRouter();
  const { timeline, window, error } = useTimeline(axis, initial);
  const chosen = frame === null ? null : toTimeWindow(frame, window.untilMs);
  const choose = (next: TimeWindow | null) =>
    router.replace(toTimelineHref({ ...place, axis: place.axis ?? axis.key }, next), { scroll: false });
  return (
    <section className="panel timeline" aria-labelledby="timeline-title" data-axis={axis.key}>
      <div className="panel-title timeline-head">
        <h2 id="timeline-title">{words.title}</h2>
        <Ranges axis={axis} place={place} />
        {stacks === undefined && (
          <a className="timeline-more" href={toPath('/timeline')}>
            {words.wholePage}
          </a>
        )}
      </div>
      <AxisLanes timeline={timeline} window={window} place={place} stacks={stacks ?? null} error={error}>
        <AxisBrush window={window} chosen={frame?.kind === 'newest' ? null : chosen} onChoose={choose} />
      </AxisLanes>
      <Foot timeline={timeline} error={error} chosen={frame?.kind === 'fixed' ? chosen : null} />
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

interface FootProps {
  timeline: Timeline | null;
  error: Error | null;
  chosen: TimeWindow | null;
}

function Foot({ timeline, error, chosen }: FootProps) {
  const zone = useZone();
  // Of what cannot be read nobody can say that more happened.
  const cutMs =
    timeline?.history.kind === 'broken' || timeline?.history.kind === 'late'
      ? null
      : (timeline?.countedFromMs ?? null);
  return (
    <p className="timeline-foot">
      <span className="timeline-help">{words.help}</span>
      {chosen !== null && (
        <a className="text-accent" href={withAt(toPath('/'), chosen.fromMs)}>
          {words.asItWas(formatClock(chosen.fromMs, zone))}
        </a>
      )}
      {cutMs !== null && <b>{words.cut(formatMoment(cutMs, zone))}</b>}
      {timeline?.moreIncidents && <b>{words.moreIncidents}</b>}
      {error !== null && <b>{words.unreadable(error.message)}</b>}
    </p>
  );
}
