import { expect, test, vi } from 'vitest';
import type { HistoryState } from '#lib/model/contract/history.ts';
import type { SourceProblem } from '#lib/model/contract/statement.ts';
import { NO_PLACES } from '#lib/model/derive/find-places.ts';
import { toIncident, toIncidentLine } from '#lib/model/events/to-incident.ts';
import type { Questions } from '#lib/relay/create-questions.ts';
import { SourceError } from '#lib/relay/source.ts';
import { MAX_URL_LENGTH } from '#lib/server/http/limits.ts';
import { buildIncident } from '#lib/testing/build-incident.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { english } from '#lib/words/english.ts';
import { createRelayedAnswers } from './create-relayed-answers.ts';
import { toLossSentence } from './to-loss-sentence.ts';

const WINDOW = { fromMs: 1, untilMs: 2 };
const EVENTS = {
  ...{ sinceMs: null, untilMs: null, before: null, limit: 9, service: null, node: null },
  ...{ kinds: [], levels: [] },
};
const INCIDENTS = {
  ...{ state: null, sinceMs: null, untilMs: null, before: null, limit: 9 },
  ...{ service: null, node: null, stack: null },
};

/** A relay whose source says that all is well, and does not answer this time. */
function setUp(problem: SourceProblem) {
  return setUpAsked(() => Promise.reject(new SourceError(problem)));
}

function setUpAsked(
  ask: Questions['ask'],
  state: HistoryState = { kind: 'disk', sentence: 'The history is kept.' },
  usage = true,
) {
  return createRelayedAnswers({
    questions: { ask },
    picture: () => buildSwarmPicture({ services: [buildServicePicture({ name: 'web' })] }),
    recentEvents: () => [],
    openIncidents: () => ({ lines: [], total: 0 }),
    historyState: () => state,
    logs: true,
    usage,
    sourceName: 'prod',
    nowMs: () => 2,
  });
}

test.each<SourceProblem>([{ kind: 'busy' }, { kind: 'silent' }, { kind: 'status', status: 503 }])(
  'a past that a source whose stream is well did not answer is not told as an empty one: $kind',
  async (problem) => {
    const { history, incidents, timeline, usage } = setUp(problem);
    const unread = { kind: 'broken', sentence: toLossSentence(problem) };
    const { signal } = new AbortController();
    expect(await history.events(EVENTS)).toEqual({ events: [], more: false, history: unread });
    expect((await history.service('web', WINDOW))?.history).toEqual(unread);
    expect((await history.replica('web', '1', WINDOW))?.history).toEqual(unread);
    expect((await incidents.list(INCIDENTS)).history).toEqual(unread);
    expect((await timeline.read(WINDOW, signal)).history).toEqual(unread);
    expect((await usage.service('web'))?.replicas.map(({ error }) => error)).not.toContain(
      'The history is kept.',
    );
  },
);

test('of a source that is away the past says why it is, and not that it did not answer', async () => {
  const gone: HistoryState = { kind: 'broken', sentence: toLossSentence({ kind: 'unknown-token' }) };
  const { history } = setUpAsked(() => Promise.reject(new SourceError({ kind: 'silent' })), gone);
  expect((await history.events(EVENTS)).history).toEqual(gone);
});

test('who has an address, and which incidents last, is not answered with nobody and none', async () => {
  const { places, incidents } = setUp({ kind: 'busy' });
  await expect(places(':8080')).rejects.toThrow('Too much is asked of it');
  await expect(incidents.open()).rejects.toThrow('Too much is asked of it');
});

test('what is no place is not asked for, and a long text is asked for by its beginning', async () => {
  const asked: unknown[] = [];
  const { places } = setUpAsked(async (...question) => {
    asked.push(question);
    return NO_PLACES as never;
  });
  expect(await places('shop web')).toEqual(NO_PLACES);
  expect(await places(`${'x'.repeat(10_000)}!`)).toEqual(NO_PLACES);
  expect(asked).toEqual([['places', 'x'.repeat(64)]]);
});

test('to whom stacks limit their own places count, also those beyond the ones that the source tells of', async () => {
  const network = { kind: 'network', serviceName: 'db', networkId: 'n', network: 'back' } as const;
  const { places } = setUpAsked(async () => {
    return {
      places: [{ ...network, serviceId: 'theirs' }],
      total: 40,
      serviceIds: ['theirs', 'own'],
    } as never;
  });
  expect(await places('back', (id) => id === 'own')).toEqual({ places: [], total: 1, serviceIds: ['own'] });
});

test('where VITALS_USAGE=off is set at the relay, nobody is told what containers use, whatever its source does', async () => {
  const { usage } = setUpAsked(() => expect.unreachable(), undefined, false);
  expect(usage.isOn).toBe(false);
  expect(await usage.service('web')).toMatchObject({ enabled: false });
});

test('who is in sixty groups of one stack each has its incidents from the source, in an address that it takes', async () => {
  const asked: unknown[][] = [];
  const { apart } = setUpAsked(async (...question) => {
    asked.push(question);
    return { incidents: [], more: false, history: { kind: 'disk', sentence: 'It is kept.' } } as never;
  });
  const rights = Array.from({ length: 60 }, (_, index) => {
    return { role: 'operator' as const, stacks: ['shop*', `team-${index}-*`] };
  });
  await apart({ isWall: false, rights }).incidents.list(INCIDENTS);
  const [[question, ...given] = []] = asked;
  const query = new URLSearchParams({ ask: String(question), with: JSON.stringify(given) });
  expect(`/swarms/prod/api/relay?${query}`.length).toBeLessThan(MAX_URL_LENGTH);
  expect(given[0]).toMatchObject({ rights: [{ stacks: expect.arrayContaining(['shop*', 'team-59-*']) }] });
});

test('whom stacks limit have their own incidents above the problems at once at a relay, too', async () => {
  const own = toIncident(buildIncident({ id: 'own', kind: 'node', endedAtMs: null }), english);
  const asked: unknown[] = [];
  let isSilent = false;
  const ask = (name: string, ...asking: unknown[]) => {
    asked.push([name, ...asking]);
    if (isSilent) return Promise.reject(new SourceError({ kind: 'silent' }));
    return Promise.resolve({ incidents: [own], more: false, history: { kind: 'disk', sentence: '' } });
  };
  const rights = [{ role: 'viewer' as const, stacks: ['shop*'] }];
  const { incidents } = setUpAsked(ask as Questions['ask']).apart({ isWall: false, rights });
  const shown = await incidents.shown();
  expect(shown).toEqual({ lines: [toIncidentLine(own)], total: 1 });
  expect(asked[0]).toMatchObject(['incidents-apart', { rights: [{ stacks: ['shop*'] }] }, { state: 'open' }]);
  expect(await incidents.shown(), 'nothing of it changed').toBe(shown);
  expect(incidents.overview()).toBe(shown);
  isSilent = true;
  expect(await incidents.shown(), 'of what nobody says any more').toEqual({ lines: [], total: 0 });
});

test('whom stacks limit wait no longer than a moment for a source that hangs, and see what it said last', async () => {
  vi.useFakeTimers();
  const own = toIncident(buildIncident({ id: 'own', kind: 'node', endedAtMs: null }), english);
  const answer = { incidents: [own], more: false, history: { kind: 'disk', sentence: '' } };
  let answering: Promise<unknown> = new Promise(() => {});
  const { incidents } = setUpAsked((() => answering) as Questions['ask']).apart({
    isWall: false,
    rights: [],
  });
  try {
    const first = incidents.shown();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await Promise.race([first, 'waits'])).toEqual({ lines: [], total: 0 });
    answering = Promise.resolve(answer);
    const known = await incidents.shown();
    expect(known.total).toBe(1);
    answering = new Promise(() => {});
    const again = incidents.shown();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await Promise.race([again, 'waits'])).toBe(known);
  } finally {
    vi.useRealTimers();
  }
});

test('a source that is older than silences has none, and it is said so; one that fails is not taken for it', async () => {
  const old = await setUp({ kind: 'status', status: 400 }).silences.list();
  expect(old).toEqual({ atMs: 2, silences: [], problem: expect.stringMatching(/prod .* is older/) });
  await expect(setUp({ kind: 'status', status: 503 }).silences.list()).rejects.toThrow('It answers 503');
});
