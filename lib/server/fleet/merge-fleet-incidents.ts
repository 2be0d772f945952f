import { type FleetIncidentsPage, MAX_FLEET_CHARS } from '#lib/model/contract/fleet.ts';
import type { Incident, IncidentLine, IncidentsPage } from '#lib/model/contract/incident.ts';
import { toIncidentLine } from '#lib/model/events/to-incident.ts';
import type { FirstSeen } from './create-first-seen.ts';

/** So many are asked of each swarm. */
export const MAX_PAST_INCIDENTS = 50;
/** Of a course; the incident's own page has all of it. */
const MAX_PARTS = 12;

interface AnsweredIncidents {
  swarm: string;
  answer: IncidentsPage;
  /** Where there are older ones: those of them that last. */
  lasting: readonly Incident[];
}

/**
 * The newest incidents of several swarms as one list, none left out between them, and those that last however old they are.
 */
export function mergeFleetIncidents(
  answers: readonly AnsweredIncidents[],
  { nowMs, firstSeen }: { nowMs: number; firstSeen: FirstSeen },
): Omit<FleetIncidentsPage, 'gaps'> {
  const each = answers.map(({ swarm, answer, lasting }) => {
    const newest = answer.incidents.slice(0, MAX_PAST_INCIDENTS);
    const more = answer.more || answer.incidents.length > newest.length;
    const known = new Set(newest.map(({ id }) => id));
    const older = lasting.slice(0, MAX_PAST_INCIDENTS).filter(({ id }) => !known.has(id));
    const reachMs = more ? (newest.at(-1)?.startedAtMs ?? 0) : 0;
    return { swarm, incidents: [...newest, ...older], more, reachMs };
  });
  // Of one that has more, what is older is not here: of the others it is left out as well, or they alone would seem to have any.
  // One whose clock is ahead hides nothing of the others.
  const fromMs = Math.max(0, ...each.map(({ reachMs }) => (reachMs > nowMs ? 0 : reachMs)));
  const isShown = ({ startedAtMs, endedAtMs }: Incident) => endedAtMs === null || startedAtMs >= fromMs;
  const incidents = each
    .flatMap(({ swarm, incidents: own }) =>
      own
        .filter(isShown)
        .map((incident) => ({ swarm, incident: settleIncident(swarm, incident, firstSeen) })),
    )
    .sort((a, b) => b.incident.startedAtMs - a.incident.startedAtMs)
    .map(({ swarm, incident }) => ({ swarm, incident: toShort(toIncidentLine(incident)) }));
  const more = each.filter((one) => one.more || !one.incidents.every(isShown)).map(({ swarm }) => swarm);
  return { incidents, more };
}

/** It began when it was first seen, where its time is still to come. */
function settleIncident(swarm: string, incident: Incident, firstSeen: FirstSeen): Incident {
  const startedAtMs = firstSeen.settle(swarm, 'incident', incident.id, incident.startedAtMs);
  return startedAtMs === incident.startedAtMs ? incident : { ...incident, startedAtMs };
}

/** What a swarm wrote is cut. */
function toShort(line: IncidentLine): IncidentLine {
  const cut = (words: string) => words.slice(0, MAX_FLEET_CHARS);
  return {
    ...line,
    ...{ id: cut(line.id), title: cut(line.title), course: line.course.slice(0, MAX_PARTS).map(cut) },
  };
}
