import type { HistoryState } from '#lib/model/contract/history.ts';
import type { IncidentsPage, IncidentsQuery, OpenIncidents } from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import type { SilencesPage } from '#lib/model/contract/silence.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { NO_PLACES, parsePlaceQuery } from '#lib/model/derive/find-places.ts';
import { selectOpenIncidents, toIncidentLine } from '#lib/model/events/to-incident.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import type { Questions } from '#lib/relay/create-questions.ts';
import { SourceError, toSourceProblem } from '#lib/relay/source.ts';
import { answerWithin } from '#lib/server/answers/answer-within.ts';
import { createHistoryAnswers } from '#lib/server/answers/create-history-answers.ts';
import { createIncidentAnswers } from '#lib/server/answers/create-incident-answers.ts';
import { createUsageAnswers } from '#lib/server/answers/create-usage-answers.ts';
import { NotRead } from '#lib/server/answers/not-read.ts';
import { createTimelineAnswers } from '#lib/server/past/create-timeline-answers.ts';
import { NO_INCIDENTS } from '#lib/server/scoped/create-apart-answers.ts';
import type { SilenceResult } from '#lib/server/silences/create-silence-answers.ts';
import type { WholeVitals } from '#lib/server/vitals.ts';
import * as words from '#words/pages/silences.ts';
import { toLossSentence } from './to-loss-sentence.ts';

export interface RelayedAnswersParts {
  questions: Questions;
  picture(): SwarmPicture;
  recentEvents(): readonly SwarmEvent[];
  openIncidents(): OpenIncidents;
  /** As the source said last, or why it cannot be asked. */
  historyState(): HistoryState;
  logs: boolean;
  usage: boolean;
  /** How the server is called that is read. */
  sourceName: string;
  nowMs(): number;
}

export type RelayedAnswers = Pick<
  WholeVitals,
  | 'serviceDetail'
  | 'replicaDetail'
  | 'nodeDetail'
  | 'nodeLabels'
  | 'places'
  | 'history'
  | 'incidents'
  | 'moment'
  | 'timeline'
  | 'reports'
  | 'usage'
  | 'silences'
  | 'apart'
>;

/**
 * What pages and routes ask, asked of the source. Where it cannot be asked the past answers as a history that cannot be
 * read, empty, and says so; what something is now is not answered at all.
 */
export function createRelayedAnswers(parts: RelayedAnswersParts): RelayedAnswers {
  const { historyState } = parts;
  const asker = createAsker(parts);
  const { ask, orNotRead, or } = asker;

  return {
    serviceDetail: (name) => orNotRead(ask('service', name)),
    replicaDetail: (name, key) => orNotRead(ask('replica', name, key)),
    nodeDetail: (nodeId) => orNotRead(ask('node', nodeId)),
    nodeLabels: () => orNotRead(ask('node-labels')),
    async places(text, isSeen) {
      // Most texts are the name of something, and no place.
      if (parsePlaceQuery(text) === null) return NO_PLACES;
      const page = await orNotRead(ask('places', text.trim().slice(0, MAX_PLACE)));
      if (isSeen === undefined) return page;
      const places = page.places.filter(({ serviceId }) => isSeen(serviceId));
      const serviceIds = page.serviceIds.filter(isSeen);
      // How many more there are elsewhere is not theirs to know. Their own may come after those that the source tells of.
      return { places, total: Math.max(places.length, serviceIds.length), serviceIds };
    },
    history: {
      state: historyState,
      recentEvents: parts.recentEvents,
      events: (query) => or(ask('events', query), (unread) => unread.history.events(query)),
      find: (name) => or(ask('find-service', name), (unread) => unread.history.find(name)),
      findAt: (name, atMs) =>
        or(ask('find-service-at', name, atMs), (unread) => unread.history.findAt(name, atMs)),
      service: (name, window) =>
        or(ask('service-history', name, window), (unread) => unread.history.service(name, window)),
      compare: (name, window) => or(ask('comparison', name, window), () => null),
      replica: (name, key, window) =>
        or(ask('replica-history', name, key, window), (unread) => unread.history.replica(name, key, window)),
      lastLogLines: (taskId) =>
        parts.logs
          ? orNotRead(ask('last-log-lines', taskId))
          : createUnreadAnswers(parts, historyState).history.lastLogLines(taskId),
    },
    incidents: {
      open: () => orNotRead(ask('open-incidents')),
      overview: parts.openIncidents,
      shown: async () => parts.openIncidents(),
      list: (query) => or(ask('incidents', query), (unread) => unread.incidents.list(query)),
      detail: (id) => orNotRead(ask('incident', id)),
    },
    moment: {
      read: (atMs, serviceId) => or(ask('moment', atMs, serviceId), () => null),
      isSeen: (atMs) => or(ask('moment-seen', atMs), () => null),
    },
    timeline: {
      read: (window, signal) => or(ask('timeline', window), (unread) => unread.timeline.read(window, signal)),
      knownFromMs: () => or(ask('known-from'), () => null),
    },
    // What it is asked with is what it may have, and no more.
    reports: { report: ({ days, untilMs }) => or(ask('report', { days, untilMs }), () => null) },
    apart: (scope) => createAnswersApart(asker, scope),
    silences: {
      elsewhere: parts.sourceName,
      list: () => orNotRead(ask('silences').catch((error) => toOlderSource(error, parts))),
      add: async () => elsewhere(parts.sourceName),
      end: async () => elsewhere(parts.sourceName),
    },
    usage: parts.usage
      ? {
          isOn: true,
          service: (name) => or(ask('service-usage', name), (unread) => unread.usage.service(name)),
          node: (name) => or(ask('node-usage', name), (unread) => unread.usage.node(name)),
          replica: (name, key, window) =>
            or(ask('replica-usage', name, key, window), (unread) => unread.usage.replica(name, key, window)),
        }
      : createUsageAnswers({ ...parts, ask: async () => null, reader: null, nodeOf: () => null }),
  };
}

type Asker = ReturnType<typeof createAsker>;

/** Asks the source, and says what is said where it does not answer. */
function createAsker(parts: RelayedAnswersParts) {
  return {
    ask: parts.questions.ask,

    /** @throws NotRead */
    async orNotRead<T>(answer: Promise<T>): Promise<T> {
      try {
        return await answer;
      } catch (error) {
        throw new NotRead(toLossSentence(toSourceProblem(error)));
      }
    },

    /** The answer, or what is said while the source does not give it: with the reason, also where it is well otherwise. */
    async or<T>(answer: Promise<T>, otherwise: (unread: UnreadAnswers) => T | Promise<T>): Promise<T> {
      try {
        return await answer;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        const sentence = toLossSentence(error.problem);
        // Where nothing at all is heard it knows the reason better than one answer that did not come.
        const known = parts.historyState();
        const state: HistoryState = known.kind === 'broken' ? known : { kind: 'broken', sentence };
        return otherwise(createUnreadAnswers(parts, () => state));
      }
    },
  };
}

/** As those whom stacks limit here: the source leaves out what is of others, and the relay need not know of it. */
function createAnswersApart(
  { ask, orNotRead, or }: Asker,
  scope: Scope,
): ReturnType<RelayedAnswers['apart']> {
  const asked = toAsked(scope);
  return {
    incidents: {
      open: async () => (await orNotRead(ask('incidents-apart', asked, OPEN))).incidents,
      ...createOverviewApart(async () => ask('incidents-apart', asked, OVERVIEW)),
      list: (query) => or(ask('incidents-apart', asked, query), (unread) => unread.incidents.list(query)),
      detail: (id) => orNotRead(ask('incident-apart', asked, id)),
    },
    timeline: {
      read: (window, signal) =>
        or(ask('timeline-apart', asked, window), (unread) => unread.timeline.read(window, signal)),
      knownFromMs: () => or(ask('known-from'), () => null),
    },
    reports: {
      report: ({ days, untilMs }) => or(ask('report-apart', asked, { days, untilMs }), () => null),
    },
  };
}

/** It keeps nothing: what is silenced at the source is silenced here. */
const elsewhere = (name: string): SilenceResult => ({
  kind: 'refused',
  statusCode: 409,
  error: `This server is a relay and keeps nothing: silence it at the server of ${name} that it reads, and it is silenced here.`,
});

/** What is asked has nothing in it that could be wrong: a source that does not take it knows no silences. */
function toOlderSource(error: unknown, { sourceName, nowMs }: RelayedAnswersParts): SilencesPage {
  const problem = toSourceProblem(error);
  if (problem.kind !== 'status' || problem.status !== 400) throw error;
  return { atMs: nowMs(), silences: [], problem: words.olderSource(sourceName) };
}

/** Of these the first lines are chosen, as the page does when it asks again. */
const MAX_OVERVIEW = 200;

/** So long the overview waits for what lasts; its browser asks again soon. */
const SHOWN_WITHIN_MS = 1_000;

/** What lasts of some stacks, as the source said when it was asked last: its stream tells what lasts of all. */
function createOverviewApart(ask: () => Promise<IncidentsPage>) {
  let known = NO_INCIDENTS;

  async function read(): Promise<void> {
    try {
      const { incidents } = await ask();
      const lines = selectOpenIncidents(incidents).map(toIncidentLine);
      const now = { lines, total: incidents.length };
      if (!hasEqualContent(known, now)) known = now;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      known = NO_INCIDENTS;
    }
  }

  return {
    overview: () => known,
    async shown(): Promise<OpenIncidents> {
      await answerWithin(read(), SHOWN_WITHIN_MS);
      return known;
    },
  };
}

const OPEN: IncidentsQuery = {
  ...{ state: 'open', sinceMs: null, untilMs: null, before: null, limit: 50 },
  ...{ service: null, node: null, stack: null },
};

const OVERVIEW: IncidentsQuery = { ...OPEN, limit: MAX_OVERVIEW };

/** Which stacks, each once, since an address has an end: what of them their roles show is decided here. */
function toAsked({ rights }: Scope) {
  const stacks = [...new Set(rights.flatMap((right) => right.stacks ?? []))].sort();
  return { isWall: false as const, rights: [{ role: 'viewer' as const, stacks }] };
}

/** Longer is no address. */
const MAX_PLACE = 64;

type UnreadAnswers = ReturnType<typeof createUnreadAnswers>;

/** What a server says whose history cannot be read, and why. */
function createUnreadAnswers(
  { picture, nowMs, recentEvents, logs }: RelayedAnswersParts,
  state: () => HistoryState,
) {
  const nothing = { ask: async () => null, state, picture, nowMs };
  const incidents = createIncidentAnswers({ ...nothing, openIncidents: () => [], overIncidents: () => [] });
  return {
    history: createHistoryAnswers({ ...nothing, logs, recentEvents }),
    incidents,
    timeline: createTimelineAnswers({ ...nothing, incidents: incidents.list, checks: false }),
    usage: createUsageAnswers({
      ...nothing,
      reader: { look: () => ({ usage: null, error: state().sentence }) },
      nodeOf: () => null,
    }),
  };
}
