import { Age, ClockTime } from '#components/live/times.tsx';
import { StatusGlyph } from '#components/status/status-word.tsx';
import type { IncidentLine } from '#lib/model/contract/incident.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { toIncidentHref } from '#lib/view/links/to-href.ts';
import { countServices } from '#words/counts.ts';
import { toIncidentLook } from './incident-look.ts';

interface IncidentRowProps {
  incident: IncidentLine;
  nowMs: number;
  /** Among those of several swarms: which one's, and where it is there. */
  of?: { swarm: string; href: string };
}

/** One incident in a line: how bad, what it is called, its course, how many services, since when, and for how long. */
export function IncidentRow({ incident, nowMs, of }: IncidentRowProps) {
  const { id, state, title, course, counts, startedAtMs, endedAtMs } = incident;
  return (
    <li>
      <a
        href={of?.href ?? toIncidentHref(id)}
        className="incident-row"
        data-incident={id}
        data-of={of?.swarm}
        data-incident-state={state}
      >
        <StatusGlyph look={toIncidentLook(incident)} />
        <span className="incident-course">
          {of && (
            <span className="swarm-tag" title={of.swarm}>
              {of.swarm}
            </span>
          )}{' '}
          <b>{title}</b>
          {course.map((part) => (
            <span key={part}>
              <i aria-hidden="true">→</i>
              {keepTogether(part)}
            </span>
          ))}
        </span>
        <span className="incident-services">{counts.services > 0 && countServices(counts.services)}</span>
        <span className="incident-time">
          <ClockTime atMs={startedAtMs} nearMs={nowMs} />
        </span>
        <span className="incident-time">
          {endedAtMs === null ? <Age atMs={startedAtMs} form="span" /> : formatSpan(endedAtMs - startedAtMs)}
        </span>
      </a>
    </li>
  );
}
