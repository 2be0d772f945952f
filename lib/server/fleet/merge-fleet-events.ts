import { type FleetEvent, type FleetEventsPage, MAX_FLEET_CHARS } from '#lib/model/contract/fleet.ts';
import type { EventsPage } from '#lib/model/contract/history.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';

/** So many are asked of each swarm, and shown of all; more where one moment has more. */
export const MAX_PAST_EVENTS = 100;

interface Asked {
  /** They were asked for what was until then; `null`: for the newest. */
  untilMs: number | null;
  nowMs: number;
}

/**
 * The newest events of several swarms as one list without a hole: it ends where it is not known of each what was before, at a
 * whole moment, so that the next one begins there and none is told twice.
 *
 * @returns with the names of those that answered no further than they were asked from: of these not all is in the list, and
 * the others do not wait for them
 */
export function mergeFleetEvents(
  answers: readonly { swarm: string; answer: EventsPage }[],
  { untilMs, nowMs }: Asked,
): Omit<FleetEventsPage, 'gaps'> & { cut: string[] } {
  const boundMs = untilMs ?? nowMs;
  const each = answers.map(({ swarm, answer }) => readAnswer(swarm, answer, untilMs));
  const all = each.flatMap(({ events }) => events).sort(byTime);
  const [newest] = all;
  const stuck = each.filter(({ more, reachMs }) => more && (reachMs === null || reachMs >= boundMs));
  const reaches = each.flatMap((one) => (stuck.includes(one) ? [] : (one.reachMs ?? [])));
  const beyond = all[MAX_PAST_EVENTS];
  if (beyond !== undefined && newest !== undefined) reaches.push(Math.min(beyond.atMs, newest.atMs - 1));
  if (reaches.length === 0 && stuck.some(({ reachMs }) => reachMs !== null)) reaches.push(boundMs - 1);
  const olderUntilMs = reaches.length === 0 ? null : Math.max(...reaches);
  if (olderUntilMs !== null && newest?.atMs === olderUntilMs) {
    // All that is known is of one moment. It is not read through one by one.
    const ofMoment = each.filter(({ reachMs }) => reachMs === olderUntilMs);
    return {
      events: all.filter(({ atMs }) => atMs === olderUntilMs),
      olderUntilMs: olderUntilMs - 1,
      cut: [...new Set([...stuck, ...ofMoment])].map(({ swarm }) => swarm),
    };
  }
  const events = olderUntilMs === null ? all : all.filter(({ atMs }) => atMs > olderUntilMs);
  return { events, olderUntilMs, cut: stuck.map(({ swarm }) => swarm) };
}

/** What one answered, as if it had kept to what it was asked for. */
function readAnswer(swarm: string, answer: EventsPage, untilMs: number | null) {
  const isOver = answer.events.length > MAX_PAST_EVENTS;
  const events = answer.events
    .slice(0, MAX_PAST_EVENTS)
    .filter(({ atMs }) => untilMs === null || atMs <= untilMs)
    .map((event) => toFleetEvent(swarm, event))
    .sort(byTime);
  const more = answer.more || isOver;
  const reach = (isOver ? undefined : answer.lookedTo) ?? events.at(-1);
  // How far back all of it is known.
  return { swarm, events, more, reachMs: more ? (reach?.atMs ?? null) : null };
}

/** What a list of all draws of it: what a swarm wrote is cut, and what is not drawn is not sent. */
function toFleetEvent(swarm: string, event: SwarmEvent): FleetEvent {
  const { text, serviceId, serviceName, replicaKey, nodeId, hostname, taskId } = event;
  const cut = (words: string | null) => words?.slice(0, MAX_FLEET_CHARS) ?? null;
  return {
    ...event,
    ...{ swarm, text: text.slice(0, MAX_FLEET_CHARS), evidence: null },
    ...{ serviceId: cut(serviceId), serviceName: cut(serviceName), replicaKey: cut(replicaKey) },
    ...{ nodeId: cut(nodeId), hostname: cut(hostname), taskId: cut(taskId) },
  };
}

const byTime = (a: FleetEvent, b: FleetEvent) => b.atMs - a.atMs;
