'use client';

import { type CSSProperties, type RefObject, useRef, useState } from 'react';
import { useHeldOrder } from '#lib/client/hooks/use-held-order.ts';
import { usePart } from '#lib/client/hooks/use-part.ts';
import type {
  IncidentKind,
  IncidentLine,
  OpenIncidents as OpenIncidentsShown,
} from '#lib/model/contract/incident.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/incidents.ts';
import { IncidentRow } from './incident-row.tsx';

const EXPLAINING: readonly IncidentKind[] = ['swarm', 'node', 'engine'];

/** What belongs together of what is wrong now, above each single problem; nothing is left out below for it. */
export function OpenIncidents({ initial, atMs }: { initial: OpenIncidentsShown; atMs: number }) {
  const { lines, total } = usePart('openIncidents') ?? initial;
  const box = useRef<HTMLUListElement>(null);
  const places = usePlaces(lines, box);
  const [rows, setRows] = useState(places.length);
  if (places.length > rows) setRows(places.length);
  if (rows === 0) return null;
  const left = total - places.length;
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
      <ul ref={box} style={{ '--rows': rows } as CSSProperties}>
        {places.length === 0 && <li className="incidents-none">{words.noneOpen}</li>}
        {places.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} nowMs={atMs} />
        ))}
      </ul>
    </section>
  );
}

/**
 * The worst first. In a rush those that stay keep their places, and what is new takes those of what ended: no row moves while
 * somebody reads it. What explains others is first at once.
 */
function usePlaces(lines: readonly IncidentLine[], box: RefObject<Element | null>): readonly IncidentLine[] {
  const [first] = lines;
  const root = first !== undefined && EXPLAINING.includes(first.kind) ? first.id : null;
  const wanted = lines.map(({ id }) => id);
  const { ids, fresh } = useHeldOrder(wanted, box, root);
  const waiting = [...fresh];
  return ids.flatMap(
    (id) => lines.find((one) => one.id === (wanted.includes(id) ? id : waiting.shift())) ?? [],
  );
}
