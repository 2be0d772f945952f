import type { Incident, IncidentDetail, IncidentState } from '#lib/model/contract/incident.ts';

/** An incident as far as it had come at a moment; how it went on is left out. Names, causes and sentences are those of today. */
export interface IncidentThen
  extends Pick<IncidentDetail, 'incident' | 'events' | 'isCut' | 'before' | 'lanes'> {
  /** Services that were not whole, of those that it had touched. */
  notWhole: number;
}

/** @returns `null`: it had not begun */
export function toIncidentThen(detail: IncidentDetail, atMs: number): IncidentThen | null {
  const { incident, events, lanes, before, isCut } = detail;
  if (incident.startedAtMs > atMs) return null;
  const isBy = ({ fromMs }: { fromMs: number }) => fromMs <= atMs;
  const toThen = <T extends { fromMs: number; untilMs: number | null }>(one: T): T => ({
    ...one,
    untilMs: toBy(one.untilMs, atMs),
  });
  const services = incident.services.filter(isBy).map(toThen);
  const nodes = incident.nodes.filter(isBy).map(toThen);
  const recoveredAtMs = toBy(incident.recoveredAtMs, atMs);
  const endedAtMs = toBy(incident.endedAtMs, atMs);
  return {
    incident: {
      ...incident,
      ...{ services, nodes, recoveredAtMs, endedAtMs },
      state: toState(recoveredAtMs, endedAtMs),
      counts: toCounts(incident, services, nodes),
    },
    events: events.filter((event) => event.atMs <= atMs),
    isCut,
    before,
    lanes: lanes.flatMap((lane) => {
      const spans = lane.spans.filter(isBy).map(toThen);
      return spans.length === 0 ? [] : [{ ...lane, spans }];
    }),
    notWhole: services.filter(({ untilMs }) => untilMs === null).length,
  };
}

/** What was still to come had not been. */
function toBy(ms: number | null, atMs: number): number | null {
  return ms === null || ms > atMs ? null : ms;
}

function toState(recoveredAtMs: number | null, endedAtMs: number | null): IncidentState {
  if (endedAtMs !== null) return 'over';
  return recoveredAtMs === null ? 'open' : 'recovered';
}

/** By name only the first of many are kept: of those how many there were by then is not known. */
function toCounts(
  incident: Incident,
  services: Incident['services'],
  nodes: Incident['nodes'],
): Incident['counts'] {
  const { counts } = incident;
  const areServicesAll = incident.services.length === counts.services;
  return {
    ...counts,
    services: areServicesAll ? services.length : counts.services,
    replicas: areServicesAll ? services.reduce((sum, { replicas }) => sum + replicas, 0) : counts.replicas,
    nodes: incident.nodes.length === counts.nodes ? nodes.length : counts.nodes,
  };
}
