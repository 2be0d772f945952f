'use client';

import { usePart } from '#lib/client/hooks/use-part.ts';
import type { OpenIncidents as OpenIncidentsShown } from '#lib/model/contract/incident.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/incidents.ts';
import { IncidentRow } from './incident-row.tsx';

/** What belongs together of what is wrong now, above each single problem; nothing is left out below for it. */
export function OpenIncidents({ initial, atMs }: { initial: OpenIncidentsShown; atMs: number }) {
  const { lines, total } = usePart('openIncidents') ?? initial;
  if (lines.length === 0) return null;
  const left = total - lines.length;
  return (
    <section className="panel incidents-open" aria-labelledby="open-incidents">
      <div className="panel-title">
        <h2 id="open-incidents">
          {words.openTitle} <span className="text-muted">{total}</span>
        </h2>
        <a href={toPath('/incidents')} className="text-[13px] text-accent">
          {left > 0 ? words.moreOpen(left) : words.allLink}
        </a>
      </div>
      <ul>
        {lines.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} nowMs={atMs} />
        ))}
      </ul>
    </section>
  );
}
