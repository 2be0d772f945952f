import type { Facts } from '#lib/facts/create-facts.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { createHistoryAnswers } from '#lib/server/answers/create-history-answers.ts';
import { createIncidentAnswers } from '#lib/server/answers/create-incident-answers.ts';
import { createReportAnswers } from '#lib/server/answers/create-report-answers.ts';
import type { Config } from '#lib/server/config.ts';
import type { Past } from '#lib/server/keep-past.ts';
import { createApartAnswers, keepApart } from '#lib/server/scoped/create-apart-answers.ts';
import type { WholeVitals } from '#lib/server/vitals.ts';
import { createMomentAnswers } from './create-moment-answers.ts';
import { createTimelineAnswers } from './create-timeline-answers.ts';

/** What is answered of the past, by what is kept of it and what is so now. */
export type PastAnswers = Pick<
  WholeVitals,
  'history' | 'incidents' | 'moment' | 'timeline' | 'reports' | 'apart'
>;

export function createPastAnswers(
  { logs, checks }: Pick<Config, 'logs' | 'checks'>,
  { history, recorder }: Past,
  now: { facts: Pick<Facts, 'services'>; picture(): SwarmPicture; nowMs(): number },
): PastAnswers {
  const { facts, picture, nowMs } = now;
  const { ask, state } = history;
  const { recentEvents, openIncidents, overIncidents } = recorder;
  const listSlos = () =>
    new Map([...facts.services()].flatMap(({ name, slo }) => (slo === null ? [] : [[name, slo]])));
  const asking = { ask, state, picture, nowMs, openIncidents, overIncidents, listSlos };
  const incidents = createIncidentAnswers(asking);
  return {
    history: createHistoryAnswers({ ...asking, logs, recentEvents }),
    incidents,
    moment: createMomentAnswers({ ask, nowMs }),
    timeline: createTimelineAnswers({ ...asking, incidents: incidents.list, checks }),
    reports: createReportAnswers(asking),
    apart: keepApart((scope) => createApartAnswers(asking, scope)),
  };
}
