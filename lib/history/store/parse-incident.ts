import { INCIDENT_KINDS, type IncidentRecord } from '#lib/model/contract/incident.ts';
import { parseJson } from './codec/parse-json.ts';
import { isDate } from './to-date.ts';

/** What is kept of an incident; `null`: it cannot be read. Of one of an older release nobody kept what became of its update or its swarm. */
export function parseIncident(body: unknown): IncidentRecord | null {
  const record = parseJson<IncidentRecord>(body);
  if (record === null || !isIncident(record)) return null;
  return { ...record, rollback: record.rollback ?? null, ofSwarm: record.ofSwarm ?? null };
}

/** What whoever reads it goes into without looking. */
function isIncident(record: IncidentRecord): boolean {
  const { id, kind, rootKey, startedAtMs, recoveredAtMs, endedAtMs, reason, counts, nodes, services } =
    record;
  return (
    [id, rootKey].every(isText) &&
    INCIDENT_KINDS.includes(kind) &&
    isDate(startedAtMs) &&
    [recoveredAtMs, endedAtMs].every(isDateOrNull) &&
    isObject(reason) &&
    isObject(counts) &&
    Object.values(counts).every(Number.isFinite) &&
    areObjects(nodes) &&
    nodes.every((node) => isText(node.id) && isDate(node.fromMs) && isDateOrNull(node.untilMs)) &&
    areObjects(services) &&
    services.every(
      (service) =>
        [service.id, service.name].every(isText) &&
        isDate(service.fromMs) &&
        isDateOrNull(service.untilMs) &&
        Array.isArray(service.keys) &&
        service.keys.every(isText),
    )
  );
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isDateOrNull = (value: unknown): boolean => value === null || isDate(value);
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const areObjects = (value: unknown): boolean => Array.isArray(value) && value.every(isObject);
