'use client';

import { type CSSProperties, useState } from 'react';
import { usePart } from '#lib/client/hooks/use-part.ts';
import type { IncidentLine, OpenIncidents as OpenIncidentsShown } from '#lib/model/contract/incident.ts';
import { fillPlaces } from '#lib/view/incident/fill-places.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/incidents.ts';
import { IncidentRow } from './incident-row.tsx';

/** What belongs together of what is wrong now, above each single problem; nothing is left out below for it. */
export function OpenIncidents({ initial, atMs }: { initial: OpenIncidentsShown; atMs: number }) {
  const { lines, total } = usePart('openIncidents') ?? initial;
  const places = usePlaces(lines);
  const [rows, setRows] = useState(lines.length);
  if (lines.length > rows) setRows(lines.length);
  if (rows === 0) return null;
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
      {/* The room of those that ended stays. */}
      <ul style={{ '--rows': rows } as CSSProperties}>
        {lines.length === 0 && <li className="incidents-none">{words.noneOpen}</li>}
        {places.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} nowMs={atMs} />
        ))}
      </ul>
    </section>
  );
}

/** Those that stay keep their places, and what is new takes those of what ended: no row moves while somebody reads it. */
function usePlaces(lines: readonly IncidentLine[]): readonly IncidentLine[] {
  const [before, setBefore] = useState(lines);
  const places = fillPlaces(before, lines, ({ id }) => id);
  if (before.length !== places.length || before.some(({ id }, at) => id !== places[at]?.id))
    setBefore(places);
  return places;
}
