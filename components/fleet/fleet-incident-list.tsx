import { toIncidentLook } from '#components/incidents/incident-look.ts';
import { Age, ClockTime } from '#components/live/times.tsx';
import { StatusGlyph } from '#components/status/status-word.tsx';
import type { FleetIncidentsPage } from '#lib/model/contract/fleet.ts';
import type { IncidentLine } from '#lib/model/contract/incident.ts';
import { plural } from '#lib/view/format/numbers.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { toIncidentHref } from '#lib/view/links/to-href.ts';
import { toOwnPath, toSwarmPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/fleet.ts';

/** Incidents of all swarms, the newest first, each a link into its swarm. */
export function FleetIncidentList({ page, atMs }: { page: FleetIncidentsPage; atMs: number }) {
  const { incidents, more } = page;
  return (
    <>
      {incidents.length === 0 ? (
        <p className="panel p-6 text-muted">{words.noneFits}</p>
      ) : (
        <ol className="panel incidents-all">
          {incidents.map(({ swarm, incident }) => (
            <FleetIncidentRow key={`${swarm} ${incident.id}`} swarm={swarm} incident={incident} atMs={atMs} />
          ))}
        </ol>
      )}
      {more.length > 0 && (
        <p className="flex flex-wrap items-baseline gap-2 text-muted">
          {words.olderOf}
          {more.map((name) => (
            <a key={name} className="swarm-tag" href={toSwarmPath(name, '/incidents')}>
              {name}
            </a>
          ))}
        </p>
      )}
    </>
  );
}

function FleetIncidentRow({
  swarm,
  incident,
  atMs,
}: {
  swarm: string;
  incident: IncidentLine;
  atMs: number;
}) {
  const { id, state, title, course, counts, startedAtMs, endedAtMs } = incident;
  const href = toSwarmPath(swarm, toOwnPath(toIncidentHref(id)));
  return (
    <li>
      <a href={href} className="incident-row" data-incident={id} data-of={swarm} data-incident-state={state}>
        <StatusGlyph look={toIncidentLook(incident)} />
        <span className="incident-course">
          <span className="swarm-tag" title={swarm}>
            {swarm}
          </span>{' '}
          <b>{title}</b>
          {course.map((part) => (
            <span key={part}>
              <i aria-hidden="true">→</i>
              {part}
            </span>
          ))}
        </span>
        <span className="incident-services">{counts.services > 0 && plural(counts.services, 'service')}</span>
        <span className="incident-time">
          <ClockTime atMs={startedAtMs} nearMs={atMs} />
        </span>
        <span className="incident-time">
          {endedAtMs === null ? <Age atMs={startedAtMs} form="span" /> : formatSpan(endedAtMs - startedAtMs)}
        </span>
      </a>
    </li>
  );
}
