import {
  type FleetEventsPage,
  type FleetGap,
  type FleetIncidentsPage,
  MAX_FLEET_CHARS,
} from '#lib/model/contract/fleet.ts';
import type { HistoryState } from '#lib/model/contract/history.ts';
import type { IncidentsQuery } from '#lib/model/contract/incident.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import type { SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import { answerWithin } from '#lib/server/answers/answer-within.ts';
import type { Vitals } from '#lib/server/vitals.ts';
import { findFleetDoubt } from '#lib/view/fleet/to-fleet-swarm.ts';
import * as words from '#words/pages/fleet.ts';
import { inSwarm } from './current-swarm.ts';
import type { FleetMember } from './fleet.ts';

/** Nobody waits longer for a swarm that does not answer: the others are shown without it. */
const WITHIN_MS = 2_000;
const MAX_EVENTS = 100;
const MAX_INCIDENTS = 50;

interface Asked {
  scope: Scope;
  nowMs(): number;
}

/** The newest events of all swarms, as far as somebody may see them. */
export async function readFleetEvents(
  members: readonly FleetMember[],
  { untilMs, levels }: { untilMs: number | null; levels: SwarmEventLevel[] },
  asked: Asked,
): Promise<FleetEventsPage> {
  const query = {
    ...{ sinceMs: null, untilMs, before: null, limit: MAX_EVENTS },
    ...{ service: null, node: null, kinds: [], levels },
  };
  const { answers, gaps } = await askEach(members, asked, (vitals) => vitals.history.events(query));
  const all = answers
    .flatMap(({ swarm, answer }) => answer.events.map((event) => ({ ...event, swarm })))
    .map((event) => ({ ...event, text: event.text.slice(0, MAX_FLEET_CHARS) }))
    .sort((a, b) => b.atMs - a.atMs);
  const events = all.slice(0, MAX_EVENTS);
  const next = all[MAX_EVENTS] ?? (answers.some(({ answer }) => answer.more) ? events.at(-1) : undefined);
  // So many of one moment are not read through one by one.
  const olderUntilMs = next === undefined ? null : next.atMs === untilMs ? next.atMs - 1 : next.atMs;
  return { events, olderUntilMs, gaps };
}

/** The newest incidents of all swarms, as far as somebody may see them. */
export async function readFleetIncidents(
  members: readonly FleetMember[],
  state: IncidentsQuery['state'],
  asked: Asked,
): Promise<FleetIncidentsPage> {
  const query: IncidentsQuery = {
    ...{ state, sinceMs: null, untilMs: null, before: null, limit: MAX_INCIDENTS },
    ...{ service: null, node: null, stack: null },
  };
  const { answers, gaps } = await askEach(members, asked, (vitals) => vitals.incidents.list(query));
  const cut = answers.filter(({ answer }) => answer.more);
  // Of one that has more, what is older is not here: of the others it is left out as well, or they alone would seem to have any.
  const fromMs = Math.max(0, ...cut.map(({ answer }) => answer.incidents.at(-1)?.startedAtMs ?? 0));
  const incidents = answers
    .flatMap(({ swarm, answer }) => answer.incidents.map((incident) => ({ swarm, incident })))
    .filter(({ incident }) => incident.startedAtMs >= fromMs)
    .sort((a, b) => b.incident.startedAtMs - a.incident.startedAtMs);
  const more = answers
    .filter(({ answer }) => answer.more || answer.incidents.some(({ startedAtMs }) => startedAtMs < fromMs))
    .map(({ swarm }) => swarm);
  return { incidents, more, gaps };
}

/** Asks all at once, each on their behalf. */
async function askEach<T extends { history: HistoryState }>(
  members: readonly FleetMember[],
  { scope, nowMs }: Asked,
  ask: (vitals: Vitals) => Promise<T>,
): Promise<{ answers: { swarm: string; answer: T }[]; gaps: FleetGap[] }> {
  const each = await Promise.all(
    members.map(async ({ name, product }) => {
      const vitals = product.of(scope);
      const doubt = findFleetDoubt(vitals.picture(), nowMs());
      const answer = await answerWithin(
        inSwarm(name, () => ask(vitals)),
        WITHIN_MS,
      );
      return { swarm: name, answer, sentence: toGap(answer?.history ?? null, doubt?.reason ?? null) };
    }),
  );
  return {
    answers: each.flatMap(({ swarm, answer }) => (answer === null ? [] : { swarm, answer })),
    gaps: each.flatMap(({ swarm, sentence }) => (sentence === null ? [] : { swarm, sentence })),
  };
}

/** @param reason why nothing is known of the swarm now; `null`: it is */
function toGap(history: HistoryState | null, reason: string | null): string | null {
  const text = reason ?? (history === null ? words.pastNotAnswered : null);
  if (text !== null) return text.slice(0, MAX_FLEET_CHARS);
  const isTroubled = history?.kind === 'broken' || history?.kind === 'late';
  return isTroubled ? history.sentence.slice(0, MAX_FLEET_CHARS) : null;
}
