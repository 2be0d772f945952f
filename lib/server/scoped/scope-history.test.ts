import { expect, test } from 'vitest';
import type { HistoryState } from '#lib/model/contract/history.ts';
import type { HistoryAnswers } from '#lib/server/answers/create-history-answers.ts';
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
