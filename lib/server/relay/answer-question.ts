import type { Scope } from '#lib/model/contract/scope.ts';
import {
  isQuestion,
  QUESTIONS,
  type QuestionAnswer,
  type QuestionName,
  type QuestionWith,
} from '#lib/relay/question.ts';
import { QueryError } from '#lib/server/answers/queries.ts';
import type { ApartAnswers } from '#lib/server/scoped/create-apart-answers.ts';
import type { Vitals } from '#lib/server/vitals.ts';

type Answers = {
  readonly [Q in QuestionName]: (
    vitals: Vitals,
    asked: QuestionWith<Q>,
    signal: AbortSignal,
  ) => QuestionAnswer<Q> | Promise<QuestionAnswer<Q>>;
};

/** How each question of a relay is answered: by what pages ask, so by no more than whoever asks may see. */
const ANSWERS: Answers = {
  service: (vitals, [name]) => vitals.serviceDetail(name),
  replica: (vitals, [name, key]) => vitals.replicaDetail(name, key),
  node: (vitals, [nodeId]) => vitals.nodeDetail(nodeId),
  'node-labels': (vitals) => vitals.nodeLabels(),
  places: (vitals, [text]) => vitals.places(text),
  'history-state': ({ history }) => history.state(),
  'recent-events': ({ history }) => [...history.recentEvents()],
  events: ({ history }, [query]) => history.events(query),
  'find-service': ({ history }, [name]) => history.find(name),
  'find-service-at': ({ history }, [name, atMs]) => history.findAt(name, atMs),
  'service-history': ({ history }, [name, window]) => history.service(name, window),
  comparison: ({ history }, [name, window]) => history.compare(name, window),
  'replica-history': ({ history }, [name, key, window]) => history.replica(name, key, window),
  'last-log-lines': ({ history }, [taskId]) => history.lastLogLines(taskId),
  'open-incidents': async ({ incidents }) => [...(await incidents.open())],
  incidents: ({ incidents }, [query]) => incidents.list(query),
  incident: ({ incidents }, [id]) => incidents.detail(id),
  moment: ({ moment }, [atMs, serviceId]) => moment.read(atMs, serviceId),
  'moment-seen': ({ moment }, [atMs]) => moment.isSeen(atMs),
  timeline: ({ timeline }, [window], signal) => timeline.read(window, signal),
  'known-from': ({ timeline }) => timeline.knownFromMs(),
  report: ({ reports }, [time]) => reports.report(time),
  'incidents-apart': (vitals, [scope, query]) => apart(vitals, scope).incidents.list(query),
  'incident-apart': (vitals, [scope, id]) => apart(vitals, scope).incidents.detail(id),
  'timeline-apart': (vitals, [scope, window], signal) => apart(vitals, scope).timeline.read(window, signal),
  'report-apart': (vitals, [scope, time]) => apart(vitals, scope).reports.report(time),
  silences: ({ silences }) => silences.list(),
  'service-usage': ({ usage }, [name]) => usage.service(name),
  'node-usage': ({ usage }, [name]) => usage.node(name),
  'replica-usage': ({ usage }, [name, key, window]) => usage.replica(name, key, window),
};

/** Who sees no more than some stacks asks as anybody does. */
function apart(vitals: Vitals, scope: Scope): ApartAnswers {
  const answers = vitals.apart(scope);
  if (answers === null) throw new QueryError('ask: this is told to those alone who see everything.');
  return answers;
}

/**
 * `?ask=service&with=["web"]`.
 *
 * @throws QueryError there is no such question, or it is asked with something else
 */
export function answerQuestion(vitals: Vitals, query: URLSearchParams, signal: AbortSignal): unknown {
  const name = query.get('ask') ?? '';
  if (!isQuestion(name)) throw new QueryError('ask: there is no such question.');
  return answer(name, vitals, parseWith(name, query.get('with') ?? '[]'), signal);
}

function answer<Q extends QuestionName>(
  name: Q,
  vitals: Vitals,
  asked: QuestionWith<Q>,
  signal: AbortSignal,
) {
  const find: Answers[Q] = ANSWERS[name];
  return find(vitals, asked, signal);
}

function parseWith<Q extends QuestionName>(name: Q, text: string): QuestionWith<Q> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new QueryError('with: a list in JSON.');
  }
  const parsed = QUESTIONS[name].with.safeParse(value);
  if (!parsed.success) throw new QueryError('with: not what this question is asked with.');
  return parsed.data as QuestionWith<Q>;
}
