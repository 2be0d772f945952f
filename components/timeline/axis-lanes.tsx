'use client';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { TimeAxis } from '#components/history/time-axis.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import { useElementSize } from '#lib/client/hooks/use-element.ts';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import { moveAmong } from '#lib/client/page/move-among.ts';
import type { Timeline, TimelineMark } from '#lib/model/contract/timeline.ts';
import { formatMoment } from '#lib/view/format/times.ts';
import type { TimeWindow } from '#lib/view/history/time-frame.ts';
import { toPlace } from '#lib/view/history/to-place.ts';
import { holdStacks, toAxisLanes, toMarkSlotMs } from '#lib/view/timeline/lanes.ts';
import type { TimelinePlace } from '#lib/view/timeline/timeline-address.ts';
import * as words from '#words/pages/timeline.ts';
import { AxisLaneRow } from './axis-lane-row.tsx';

interface AxisLanesProps {
  /** `null`: it is not read yet. */
  timeline: Timeline | null;
  window: TimeWindow;
  place: Pick<TimelinePlace, 'axis'>;
  /** Failures have a line for each stack, of these; `null`: they have one. */
  stacks: readonly (string | null)[] | null;
  error: Error | null;
  /** What lies over the tracks: where one drags. */
  children?: ReactNode;
}

/** What is empty to whom stacks limit, whatever happened. */
const OF_SWARM: ReadonlySet<string> = new Set(['nodes', 'managers', 'unknown', 'checks']);

const NOTHING = { marks: [], bars: [] };
const NO_MARKS: readonly TimelineMark[] = [];
const NO_STACKS: readonly (string | null)[] = [];

/** Before it is measured. */
const WIDTH_PX = 900;

/** The lines of the one axis, of the same times wherever they stand: a lane for each kind of what happens. */
export function AxisLanes({ timeline, window, place, stacks, error, children }: AxisLanesProps) {
  const track = useRef<HTMLDivElement>(null);
  const widthPx = useElementSize(track)?.widthPx ?? WIDTH_PX;
  const slotMs =
    timeline === null
      ? 0
      : toMarkSlotMs(window.untilMs - window.fromMs, Math.max(60, widthPx), timeline.slotMs);
  const { swarm } = useSeen();
  const shown = useHeldStacks(stacks, timeline);
  const lanes = useMemo(
    () => toAxisLanes(timeline ?? NOTHING, slotMs, shown).filter(({ lane }) => swarm || !OF_SWARM.has(lane)),
    [timeline, slotMs, shown, swarm],
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move among the links within.
    <div
      className="timeline-body"
      onKeyDown={(event) => {
        if (moveAmong(event.currentTarget, '.timeline-lane', '.timeline-track a', event.key))
          event.preventDefault();
      }}
    >
      <div className="timeline-over" ref={track}>
        {timeline !== null && <Unknown timeline={timeline} window={window} />}
        {children}
      </div>
      {timeline === null && stacks === null ? (
        <Waiting error={error} />
      ) : (
        lanes.map((lane) => (
          <AxisLaneRow
            key={lane.key}
            lane={lane}
            window={window}
            widthPx={widthPx}
            place={place}
            note={lane.lane === 'checks' && timeline?.checks === false ? words.checksOff : null}
          />
        ))
      )}
      <div className="timeline-lane timeline-axis">
        <span />
        <TimeAxis window={window} />
        <span />
      </div>
    </div>
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

/** The stacks that have a line, in the order that they had when the page was opened: what fails later moves none. */
function useHeldStacks(stacks: AxisLanesProps['stacks'], timeline: Timeline | null) {
  const [held, setHeld] = useState<readonly (string | null)[]>(NO_STACKS);
  if (stacks === null) return null;
  const marks = timeline?.marks ?? NO_MARKS;
  const shown = holdStacks(held, marks, stacks);
  if (timeline !== null && shown.join('\n') !== held.join('\n')) setHeld(shown);
  return shown;
}

function Waiting({ error }: { error: Error | null }) {
  const { swarm } = useSeen();
  const names = Object.entries(words.lanes).filter(([lane]) => swarm || !OF_SWARM.has(lane));
  return names.map(([key, name], at) => (
    <div key={key} className={key === 'incidents' ? 'timeline-lane timeline-incidents' : 'timeline-lane'}>
      <b>{name}</b>
      <span className="timeline-track">
        {at === 0 && error !== null ? words.unreadable(error.message) : ''}
      </span>
      <span />
    </div>
  ));
}
