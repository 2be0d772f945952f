import type { Incident, IncidentRecord } from '#lib/model/contract/incident.ts';
import type { Wording } from '#lib/model/contract/wording.ts';

/** What is kept of an incident, as it is answered. */
export function toIncident(record: IncidentRecord, wording: Pick<Wording, 'incident'>): Incident {
  const { rootKey: _root, mergedInto: _merged, ...rest } = record;
  const { endedAtMs, recoveredAtMs } = record;
  const state = endedAtMs !== null ? 'over' : recoveredAtMs !== null ? 'recovered' : 'open';
  return { ...rest, state, ...wording.incident(record) };
}
