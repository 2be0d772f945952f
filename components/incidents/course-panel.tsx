'use client';
import type { CSSProperties } from 'react';

import { TimeAxis } from '#components/history/time-axis.tsx';
import { ClockTime } from '#components/live/times.tsx';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { Panel } from '#components/ui/panel.tsx';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import type { Incident, IncidentLane } from '#lib/model/contract/incident.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { formatTimeFrame, type TimeWindow } from '#lib/view/history/time-frame.ts';
import { toPlace } from '#lib/view/history/to-place.ts';
import { LANES_SHOWN, toBackMs, toCourseWindow, toGuides, toSteps } from '#lib/view/incident/to-course.ts';
import { toNodeHref, toReplicaHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/incident.ts';

interface CoursePanelProps {
  incident: Incident;
  lanes: readonly IncidentLane[];
  /** The server's clock when it drew the page. */
  atMs: number;
  /** As it was at that moment: nothing moves on. */
  isPast?: boolean;
}

const NODES_SHOWN = 8;
/** An axis that moves less often can be read. */
const TICK_MS = 2_000;
const GUIDES = {
  first: { className: 's-failed', word: words.first },
  whole: { className: 's-healthy', word: words.whole },
  end: { className: 's-complete', word: words.end },
} as const;

/** The whole incident on one axis of time: its nodes, how many services are not whole, and each replica. */
export function CoursePanel({ incident, lanes, atMs, isPast = false }: CoursePanelProps) {
  const isOpen = !isPast && incident.recoveredAtMs === null && incident.endedAtMs === null;
  const nowMs = Number(useTickingText((ms) => String(isOpen ? Math.ceil(ms / TICK_MS) * TICK_MS : atMs)));
  const window = toCourseWindow({ incident }, nowMs);
  const guides = toGuides({ incident }, window);
  const shown = lanes.slice(0, LANES_SHOWN);
  const hidden = Math.max(lanes.length, incident.counts.replicas) - shown.length;
  return (
    <Panel title={words.courseTitle} note={words.courseNote} className="course">
      <div className="course-scroll">
        <div className="course-grid" style={{ '--guides': guides.length } as CSSProperties}>
          <div className="course-guides">
            {guides.map(({ kind, atMs: momentMs }, row) => (
              <u
                key={kind}
                className={GUIDES[kind].className}
                style={{ left: toLeft(momentMs, window), '--row': row } as CSSProperties}
                data-guide={kind}
                data-half={momentMs < (window.fromMs + window.untilMs) / 2 ? 'first' : 'second'}
              >
                <span>
                  <ClockTime atMs={momentMs} /> {GUIDES[kind].word}
                </span>
              </u>
            ))}
          </div>
          {incident.nodes.slice(0, NODES_SHOWN).map(({ id, hostname, cause, fromMs, untilMs }) => (
            <div key={id} className="course-lane course-node">
              <a href={toNodeHref(id)}>{hostname ?? id}</a>
              <span className="course-track">
                <Piece
                  className={cause === 'engine-unread' ? 's-unknown' : 's-lost'}
                  stretch={{ fromMs, untilMs }}
                  window={window}
                />
              </span>
              <span>{untilMs === null ? '' : formatSpan(untilMs - fromMs)}</span>
            </div>
          ))}
          {incident.services.length > 1 && <StepsLane incident={incident} window={window} />}
          {shown.map((lane) => (
            <ReplicaLane
              key={`${lane.serviceId} ${lane.key}`}
              lane={lane}
              incident={incident}
              window={window}
            />
          ))}
          <div className="course-lane course-axis">
            <span />
            <TimeAxis window={window} />
            <span />
          </div>
        </div>
      </div>
      {hidden > 0 && <p className="px-[18px] py-2 text-muted">{words.lanesCut(hidden)}</p>}
    </Panel>
  );
}

function toLeft(atMs: number, window: TimeWindow): string {
  return `${toPlace({ fromMs: atMs, untilMs: atMs }, window)?.leftPercent ?? 0}%`;
}

interface PieceProps {
  className: string;
  stretch: { fromMs: number; untilMs: number | null };
  window: TimeWindow;
}

function Piece({ className, stretch, window }: PieceProps) {
  const place = toPlace(stretch, window);
  if (place === null) return null;
  return (
    <i
      className={className}
      style={{ left: `${place.leftPercent}%`, width: `max(2px, ${place.widthPercent}%)` }}
    />
  );
}

const AROUND_MS = 300_000;

function ReplicaLane({
  lane,
  incident,
  window,
}: {
  lane: IncidentLane;
  incident: Incident;
  window: TimeWindow;
}) {
  const { serviceName, key, slot, hostname, spans } = lane;
  const backMs = toBackMs(lane, incident.startedAtMs);
  const frame = { kind: 'fixed', fromMs: window.fromMs - AROUND_MS, untilMs: window.untilMs } as const;
  const query = new URLSearchParams(formatTimeFrame(frame));
  return (
    <div className="course-lane" data-lane={`${serviceName}.${key}`}>
      <span className="course-name">
        <a href={`${toReplicaHref(serviceName, key)}?${query}`}>
          {slot === null ? serviceName : `${serviceName}.${slot}`}
        </a>
        {hostname !== null && <span className="text-faint">{hostname}</span>}
      </span>
      <span className="course-track">
        {spans.map((span) => (
          <Piece
            key={`${span.fromMs}-${span.status}-${span.taskId}`}
            className={STATUS_LOOKS[span.status].className}
            stretch={span}
            window={window}
          />
        ))}
      </span>
      <span>{backMs === null ? '' : formatSpan(backMs)}</span>
    </div>
  );
}

/** How many services are not whole, as steps. */
function StepsLane({ incident, window }: { incident: Incident; window: TimeWindow }) {
  const steps = toSteps(incident.services);
  const most = Math.max(1, ...steps.map(({ count }) => count));
  const toX = (atMs: number) => toPlace({ fromMs: atMs, untilMs: atMs }, window)?.leftPercent ?? 0;
  const toY = (count: number) => 100 - (count / most) * 92;
  let path = `M${toX(Math.max(incident.startedAtMs, window.fromMs))} 100`;
  for (const { atMs, count } of steps) {
    if (atMs > window.untilMs) break;
    path += ` H${toX(atMs)} V${toY(count)}`;
  }
  path += ` H${incident.recoveredAtMs === null && incident.endedAtMs === null ? 100 : toX(steps.at(-1)?.atMs ?? 0)} V100Z`;
  return (
    <div className="course-lane course-steps">
      <span className="course-name">
        <b>{words.notWhole}</b>
        <span className="text-faint">{words.atMost(most)}</span>
      </span>
      <span className="course-track">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path d={path} />
        </svg>
      </span>
      <span />
    </div>
  );
}
