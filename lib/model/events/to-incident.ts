import type { Incident, IncidentRecord, IncidentsQuery } from '#lib/model/contract/incident.ts';
import type { Wording } from '#lib/model/contract/wording.ts';

/** What is kept of an incident, as it is answered. */
export function toIncident(record: IncidentRecord, wording: Pick<Wording, 'incident'>): Incident {
  const { rootKey: _root, mergedInto: _merged, ...rest } = record;
  const { endedAtMs, recoveredAtMs } = record;
  const state = endedAtMs !== null ? 'over' : recoveredAtMs !== null ? 'recovered' : 'open';
  return { ...rest, state, ...wording.incident(record) };
}

/** Of each in a list; its own page has all that is kept. */
const LISTED = 8;

/** The same for a list: the first of whom it touches, without what others wrote. */
export function toShortIncident(record: IncidentRecord, wording: Pick<Wording, 'incident'>): Incident {
  const incident = toIncident(record, wording);
  const bare = { evidence: null, hint: null };
  return {
    ...incident,
    reason: { ...incident.reason, evidence: null },
    nodes: incident.nodes.slice(0, LISTED).map((node) => ({ ...node, ...bare })),
    services: incident.services.slice(0, LISTED).map((service) => ({ ...service, ...bare })),
  };
}

/** Does it touch whom the query names? */
export function isAskedFor({ nodes, services }: IncidentRecord, query: IncidentsQuery): boolean {
  const { service, node, stack } = query;
  if (node !== null && !nodes.some(({ id, hostname }) => id === node || hostname === node)) return false;
  if (service !== null && !services.some(({ id, name }) => id === service || name === service)) return false;
  return stack === null || services.some((one) => one.stack === stack);
}
