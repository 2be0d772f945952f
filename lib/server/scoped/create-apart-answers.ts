import type { Answer, Ask, QuestionKind } from '#lib/history/question.ts';
import { toStatusApart } from '#lib/live/scoped/select-picture.ts';
import type { IncidentRecord, OpenIncidents } from '#lib/model/contract/incident.ts';
import { findRole, type Scope, toScopeKey } from '#lib/model/contract/scope.ts';
import { narrowIncident } from '#lib/model/events/narrow-incident.ts';
import {
  createIncidentAnswers,
  type IncidentAnswers,
  type IncidentAnswersParts,
} from '#lib/server/answers/create-incident-answers.ts';
import {
  createReportAnswers,
  type ReportAnswers,
  type ReportAnswersParts,
} from '#lib/server/answers/create-report-answers.ts';
import { createTimelineAnswers, type TimelineAnswers } from '#lib/server/past/create-timeline-answers.ts';
import { english } from '#lib/words/english.ts';

/** What belongs together, is counted and is summed up of some stacks, as if these were all that there is. */
export interface ApartAnswers {
  incidents: IncidentAnswers;
  timeline: TimelineAnswers;
  reports: ReportAnswers;
}

/** So much of an axis is kept for each that may see the same: they are many. */
const STRETCHES_KEPT = 24;
export const NO_INCIDENTS: OpenIncidents = { lines: [], total: 0 };
/** Of so many scopes the answers are kept, which hold what was counted for them. */
const MAX_KEPT = 64;

/** The same answers for all who see the same stacks: a relay asks each question anew, and what is counted once is enough. */
export function keepApart(make: (scope: Scope) => ApartAnswers): (scope: Scope) => ApartAnswers {
  const kept = new Map<string, ApartAnswers>();
  return (scope) => {
    const key = toScopeKey(scope);
    const answers = kept.get(key) ?? make(scope);
    kept.delete(key);
    kept.set(key, answers);
    for (const oldest of kept.keys()) if (kept.size > MAX_KEPT) kept.delete(oldest);
    return answers;
  };
}

/** The same answers as for all, made of a history that is asked for these stacks alone: nothing else ever comes near them. */
export function createApartAnswers(
  parts: IncidentAnswersParts & ReportAnswersParts,
  scope: Scope,
): ApartAnswers {
  let open: { of: readonly IncidentRecord[]; own: readonly IncidentRecord[] } | null = null;
  const own = {
    ...parts,
    async ask<K extends QuestionKind>(question: Ask<K>): Promise<Answer<K> | null> {
      const answer = await parts.ask({ ...question, scope });
      if (answer === null || question.kind !== 'report-tallies') return answer;
      const tallies = answer as Answer<'report-tallies'>;
      const services = tallies.services.filter(({ stack }) => findRole(scope, stack) !== null);
      return { ...tallies, services } as Answer<K>;
    },
    openIncidents() {
      const of = parts.openIncidents();
      if (open?.of !== of) {
        const narrowed = of.flatMap((record) => narrowIncident(record, scope, english) ?? []);
        const lasting = narrowed.filter(({ endedAtMs }) => endedAtMs === null);
        open = { of, own: lasting.sort((a, b) => b.startedAtMs - a.startedAtMs) };
      }
      return open.own;
    },
    overIncidents: () =>
      parts
        .overIncidents()
        .flatMap((record) =>
          record.mergedInto === null ? (narrowIncident(record, scope, english) ?? []) : [],
        ),
  };
  const incidents = createIncidentAnswers(own);
  return {
    incidents: {
      ...incidents,
      async detail(id) {
        const found = await incidents.detail(id);
        if (found === null) return null;
        const lanes = found.lanes.map((lane) => ({ ...lane, spans: lane.spans.map(toStatusApart) }));
        return { ...found, lanes };
      },
    },
    // Whose ports they are that are asked nobody keeps by stack.
    timeline: createTimelineAnswers({
      ...own,
      incidents: incidents.list,
      checks: false,
      stretchesKept: STRETCHES_KEPT,
    }),
    reports: createReportAnswers(own),
  };
}
