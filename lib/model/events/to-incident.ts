import type { Incident, IncidentLine, IncidentRecord, IncidentsQuery } from '#lib/model/contract/incident.ts';
import type { Wording } from '#lib/model/contract/wording.ts';

/** What is kept of an incident, as it is answered. */
export function toIncident(record: IncidentRecord, wording: Pick<Wording, 'incident'>): Incident {
  const { rootKey: _root, rollback: _rollback, ofSwarm: _swarm, mergedInto: _merged, ...rest } = record;
  const { endedAtMs, recoveredAtMs } = record;
  const state = endedAtMs !== null ? 'over' : recoveredAtMs !== null ? 'recovered' : 'open';
  const { why, ...phrase } = wording.incident(record);
  return { ...rest, state, ...phrase, reason: { ...rest.reason, ...why } };
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

const MAX_LINES = 4;

type Ranked = Pick<IncidentRecord, 'kind' | 'counts' | 'startedAtMs' | 'recoveredAtMs'>;

/** Of all that last, those that the overview shows above its single problems, the first to look at first. */
export function selectOpenIncidents<T extends Ranked>(open: readonly T[]): T[] {
  return (
    open
      // One service with a problem of its own has its article below: here it would be said twice.
      .filter(({ kind, counts }) => kind !== 'service' || counts.services > 1)
      .sort(
        (a, b) =>
          rankOpen(a) - rankOpen(b) || b.counts.services - a.counts.services || b.startedAtMs - a.startedAtMs,
      )
      .slice(0, MAX_LINES)
  );
}

/** What explains others is where to begin, then what takes most along; what all are well of again comes last. */
function rankOpen({ kind, recoveredAtMs }: Ranked): number {
  if (recoveredAtMs !== null) return 3;
  if (kind === 'swarm') return 0;
  return kind === 'node' || kind === 'engine' ? 1 : 2;
}

/** What a line says of it. */
export function toIncidentLine(incident: Incident): IncidentLine {
  const { id, kind, state, title, course, counts, startedAtMs, endedAtMs, isCritical } = incident;
  return { id, kind, state, title, course, counts, startedAtMs, endedAtMs, isCritical };
}

/** Does it touch whom the query names? */
export function isAskedFor({ nodes, services }: IncidentRecord, query: IncidentsQuery): boolean {
  const { service, node, stack } = query;
  if (node !== null && !nodes.some(({ id, hostname }) => id === node || hostname === node)) return false;
  if (service !== null && !services.some(({ id, name }) => id === service || name === service)) return false;
  return stack === null || services.some((one) => one.stack === stack);
}
