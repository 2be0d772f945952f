import { keys } from '#lib/client/live/keys.ts';
import { fetchJson } from '#lib/client/page/fetch-json.ts';
import type { Incident, IncidentsPage } from '#lib/model/contract/incident.ts';
import { useAsked } from './use-asked.ts';

const NONE: readonly Incident[] = [];

/** The newest incidents, asked for once while it is in use; none until they are there. */
export function useNewestIncidents(): readonly Incident[] {
  const { data } = useAsked<IncidentsPage>(keys.newestIncidents(), fetchJson<IncidentsPage>, {
    shouldRetryOnError: false,
  });
  return data?.incidents ?? NONE;
}
