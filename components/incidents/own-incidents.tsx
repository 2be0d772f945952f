'use client';
import { useAsked } from '#lib/client/hooks/use-asked.ts';
import { keys } from '#lib/client/live/keys.ts';
import { fetchJson } from '#lib/client/page/fetch-json.ts';
import type { IncidentsPage, OpenIncidents as OpenIncidentsShown } from '#lib/model/contract/incident.ts';
import { selectOpenIncidents, toIncidentLine } from '#lib/model/events/to-incident.ts';
import { OpenIncidents } from './open-incidents.tsx';

const EVERY_MS = 5_000;
const MAX_ASKED = 200;

/** The same to whom stacks limit: the stream tells the incidents of all to those who see all, so theirs are asked for. */
export function OwnIncidents({ initial, atMs }: { initial: OpenIncidentsShown; atMs: number }) {
  const { data } = useAsked<IncidentsPage>(keys.openIncidents(MAX_ASKED), fetchJson<IncidentsPage>, {
    refreshInterval: EVERY_MS,
  });
  const shown =
    data === undefined
      ? initial
      : { lines: selectOpenIncidents(data.incidents).map(toIncidentLine), total: data.incidents.length };
  return <OpenIncidents initial={shown} atMs={atMs} />;
}
