'use client';

import { useOpenIncidents } from '#lib/client/hooks/use-open-incidents.ts';
import type { Incident } from '#lib/model/contract/incident.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/incidents.ts';
import { IncidentRow } from './incident-row.tsx';

const MAX_ROWS = 4;

/** What belongs together of what is wrong now, above each single problem; nothing is left out below for it. */
export function OpenIncidents({ initial, atMs }: { initial: readonly Incident[]; atMs: number }) {
  const incidents = useOpenIncidents(initial);
  // One service with a problem of its own has its article below: here it would be said twice.
  const several = incidents.filter(({ kind, counts }) => kind !== 'service' || counts.services > 1);
  // What takes most along is where to begin.
  several.sort((a, b) => b.counts.services - a.counts.services || b.startedAtMs - a.startedAtMs);
  const rows = several.slice(0, MAX_ROWS);
  if (rows.length === 0) return null;
  const left = incidents.length - rows.length;
  return (
    <section className="panel incidents-open" aria-labelledby="open-incidents">
      <div className="panel-title">
        <h2 id="open-incidents">
          {words.openTitle} <span className="text-muted">{incidents.length}</span>
        </h2>
        <a href={toPath('/incidents')} className="text-[13px] text-accent">
          {left > 0 ? words.moreOpen(left) : words.allLink}
        </a>
      </div>
      <ul>
        {rows.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} nowMs={atMs} />
        ))}
      </ul>
    </section>
  );
}
