import { IncidentRow } from '#components/incidents/incident-row.tsx';
import type { FleetIncidentsPage } from '#lib/model/contract/fleet.ts';
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
            <IncidentRow
              key={`${swarm} ${incident.id}`}
              incident={incident}
              nowMs={atMs}
              of={{ swarm, href: toSwarmPath(swarm, toOwnPath(toIncidentHref(incident.id))) }}
            />
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
