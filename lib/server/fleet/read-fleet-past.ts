import {
  type FleetEventsPage,
  type FleetGap,
  type FleetIncidentsPage,
  MAX_FLEET_CHARS,
} from '#lib/model/contract/fleet.ts';
import type { HistoryState } from '#lib/model/contract/history.ts';
import type { IncidentsQuery } from '#lib/model/contract/incident.ts';
import type { SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import { answerWithin } from '#lib/server/answers/answer-within.ts';
import type { Vitals } from '#lib/server/vitals.ts';
import { findFleetDoubt } from '#lib/view/fleet/to-fleet-swarm.ts';
import * as words from '#words/pages/fleet.ts';
import type { FirstSeen } from './create-first-seen.ts';
import { inSwarm } from './current-swarm.ts';
import type { SeenSwarm } from './fleet.ts';
import { MAX_PAST_EVENTS, mergeFleetEvents } from './merge-fleet-events.ts';
import { MAX_PAST_INCIDENTS, mergeFleetIncidents } from './merge-fleet-incidents.ts';

/** Nobody waits longer for a swarm that does not answer: the others are shown without it. */
const WITHIN_MS = 2_000;

/** Ours, and what times of sources mean that are still to come. */
interface Clocks {
  nowMs(): number;
  firstSeen: FirstSeen;
}

/** The newest events of these swarms. */
export async function readFleetEvents(
  seen: readonly SeenSwarm[],
  { untilMs, levels }: { untilMs: number | null; levels: SwarmEventLevel[] },
  { nowMs, firstSeen }: Clocks,
): Promise<FleetEventsPage> {
  const query = {
    ...{ sinceMs: null, untilMs, before: null, limit: MAX_PAST_EVENTS },
    ...{ service: null, node: null, kinds: [], levels },
  };
  const { answers, gaps } = await askEach(seen, nowMs, (vitals) => vitals.history.events(query));
  const { cut, ...page } = mergeFleetEvents(answers, { untilMs, nowMs: nowMs(), firstSeen });
  const told = new Set(gaps.map(({ swarm }) => swarm));
  const more = cut.filter((swarm) => !told.has(swarm));
  return { ...page, gaps: [...gaps, ...more.map((swarm) => ({ swarm, sentence: words.pastCut }))] };
}

/** The newest incidents of these swarms. */
export async function readFleetIncidents(
  seen: readonly SeenSwarm[],
  state: IncidentsQuery['state'],
  { nowMs, firstSeen }: Clocks,
): Promise<FleetIncidentsPage> {
  const query: IncidentsQuery = {
    ...{ state, sinceMs: null, untilMs: null, before: null, limit: MAX_PAST_INCIDENTS },
    ...{ service: null, node: null, stack: null },
  };
  const { answers, gaps } = await askEach(seen, nowMs, async ({ incidents }) => {
    const answer = await incidents.list(query);
    const open = answer.more && state === null ? await incidents.list({ ...query, state: 'open' }) : null;
    return { history: (open ?? answer).history, answer, lasting: open?.incidents ?? [] };
  });
  const each = answers.map(({ swarm, answer }) => ({ swarm, ...answer }));
  return { ...mergeFleetIncidents(each, { nowMs: nowMs(), firstSeen }), gaps };
}

/** Asks all at once. */
async function askEach<T extends { history: HistoryState }>(
  seen: readonly SeenSwarm[],
  nowMs: () => number,
  ask: (vitals: Vitals) => Promise<T>,
): Promise<{ answers: { swarm: string; answer: T }[]; gaps: FleetGap[] }> {
  const each = await Promise.all(
    seen.map(async ({ name, vitals }) => {
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
