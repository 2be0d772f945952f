import { expect, test } from 'vitest';
import type { EventsQuery, HistoryState } from '#lib/model/contract/history.ts';
import type { HistoryAnswers } from '#lib/server/answers/create-history-answers.ts';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { scopeHistory } from './scope-history.ts';

test('to whom stacks limit events that were not read are not told as none', async () => {
  const kept: HistoryState = { kind: 'disk', sentence: 'It is kept.' };
  const unread: HistoryState = { kind: 'broken', sentence: 'It does not answer.' };
  const history = {
    state: () => kept,
    events: async () => ({ events: [], more: false, history: unread }),
  } as unknown as HistoryAnswers;
  const scope = { rights: [{ role: 'viewer', stacks: ['shop'] }], isWall: false } as const;
  const own = scopeHistory(history, { scope, roleOf: () => null, stackOf: () => undefined });
  const query = { sinceMs: null, untilMs: null, before: null, limit: 9, service: null, node: null };
  expect(await own.events({ ...query, kinds: [], levels: [] })).toEqual({
    ...{ events: [], more: false },
    history: unread,
  });
});

test('to whom stacks limit what was not looked at is not told as all, and is found from where the look ended', async () => {
  const all = Array.from({ length: 5_000 }, (_, at) => {
    const name = at % 1_500 === 1_499 ? 'shop_web' : 'db';
    return buildSwarmEvent({ id: 5_000 - at, atMs: 5_000 - at, serviceId: name, serviceName: name });
  });
  const kept: HistoryState = { kind: 'disk', sentence: 'It is kept.' };
  const history = {
    state: () => kept,
    async events({ before, limit }: EventsQuery) {
      const older = all.filter(({ id }) => id < (before ?? Number.POSITIVE_INFINITY));
      return { events: older.slice(0, limit), more: older.length > limit, history: kept };
    },
  } as unknown as HistoryAnswers;
  const scope = { rights: [{ role: 'viewer', stacks: ['shop'] }], isWall: false } as const;
  const stackOf = (name: string) => (name === 'shop_web' ? 'shop' : 'data');
  const own = scopeHistory(history, { scope, roleOf: () => null, stackOf });
  const query = { sinceMs: null, untilMs: null, limit: 9, service: null, node: null, kinds: [], levels: [] };
  const pages = [await own.events({ ...query, before: null })];
  for (let last = pages[0]; last?.more; last = pages.at(-1))
    pages.push(await own.events({ ...query, before: last.lookedTo?.id ?? null }));
  expect(pages.map(({ lookedTo }) => lookedTo?.id)).toEqual([3_001, 1_001, undefined]);
  expect(pages.map(({ events }) => events.map(({ id }) => id))).toEqual([[3_501], [2_001], [501]]);
});
