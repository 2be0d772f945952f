import { type FleetEvent, type FleetEventsPage, MAX_FLEET_CHARS } from '#lib/model/contract/fleet.ts';
import type { EventsPage } from '#lib/model/contract/history.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import type { FirstSeen } from './create-first-seen.ts';

/** So many are asked of each swarm, and shown of all; more where one moment has more. */
export const MAX_PAST_EVENTS = 100;

interface Asked {
  /** They were asked for what was until then; `null`: for the newest. */
  untilMs: number | null;
  nowMs: number;
  firstSeen: FirstSeen;
}

/**
 * The newest events of several swarms as one list without a hole: it ends where it is not known of each what was before, at a
 * whole moment, so that the next one begins there and none is told twice. What is of a time still to come is where it was first
 * seen, on the page that it came with.
 *
 * @returns with the names of those that answered no further than they were asked from: of these not all is in the list, and
 * the others do not wait for them
 */
export function mergeFleetEvents(
  answers: readonly { swarm: string; answer: EventsPage }[],
  { untilMs, nowMs, firstSeen }: Asked,
): Omit<FleetEventsPage, 'gaps'> & { cut: string[] } {
  const boundMs = untilMs ?? nowMs;
  const each = answers.map(({ swarm, answer }) => readAnswer(swarm, answer, untilMs));
  const told = each.flatMap(({ events }) =>
    events.map((event) => ({ event, own: settleEvent(event, firstSeen) })),
  );
  const all = told.flatMap(({ event, own }) => (event === own ? own : [])).sort(byTime);
  const settled = told.flatMap(({ event, own }) => (event === own ? [] : own)).sort(byTime);
  const early = settled.slice(0, MAX_PAST_EVENTS);
  const left = settled.slice(MAX_PAST_EVENTS).map(({ swarm }) => swarm);
  const finish = (events: FleetEvent[], olderUntilMs: number | null, cut: readonly { swarm: string }[]) => ({
    events: early.length === 0 ? events : [...events, ...early].sort(byTime),
    olderUntilMs,
    cut: [...new Set([...cut.map(({ swarm }) => swarm), ...left])],
  });
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
    return finish(
      all.filter(({ atMs }) => atMs === olderUntilMs),
      olderUntilMs - 1,
      [...stuck, ...ofMoment],
    );
  }
  const events = olderUntilMs === null ? all : all.filter(({ atMs }) => atMs > olderUntilMs);
  return finish(events, olderUntilMs, stuck);
}

/** The same object, where its time says something. */
export function settleEvent(event: FleetEvent, firstSeen: FirstSeen): FleetEvent {
  const atMs = firstSeen.settle(event.swarm, 'event', event.id, event.atMs);
  return atMs === event.atMs ? event : { ...event, atMs };
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
