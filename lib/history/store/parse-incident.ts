import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import { parseJson } from './codec/parse-json.ts';

/** What is kept of an incident; `null`: it cannot be read. Of one of an older release nobody kept what became of its update. */
export function parseIncident(body: unknown): IncidentRecord | null {
  const record = parseJson<IncidentRecord>(body);
  return record && { ...record, rollback: record.rollback ?? null };
}
