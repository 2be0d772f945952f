import { expect, onTestFinished, test } from 'vitest';
import type { HistoryState } from '#lib/model/contract/history.ts';
import type { Questions } from '#lib/relay/create-questions.ts';
import { createRelayedPicture } from '#lib/relay/create-relayed-picture.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { WIRE_VERSION } from '#lib/wire/message.ts';
import { english } from '#lib/words/english.ts';
import { createSourceHistory } from './create-source-history.ts';

const BROKEN: HistoryState = { kind: 'broken', sentence: 'The disk is full.' };

function setUp() {
  const asked: string[] = [];
  const answers = { isThere: true };
  const relayed = createRelayedPicture(
    { name: 'prod', endpoint: 'https://prod.example', isNamed: false },
    { nowMs: () => 5_000, wording: english },
  );
  const ask = async (kind: string) => {
    asked.push(kind);
    if (!answers.isThere) throw new Error('reset');
    return kind === 'history-state' ? BROKEN : [buildSwarmEvent({ id: 7 })];
  };
  const history = createSourceHistory({ ask: ask as Questions['ask'] }, relayed, () => 5_000);
  onTestFinished(history.close);
  const read = (revision: number, sources = [buildSource()]) =>
    relayed.onMessage({
      ...{ kind: 'snapshot', wire: WIRE_VERSION, build: 'b', epoch: 'e1' },
      picture: buildSwarmPicture({ revision, sources }),
    });
  return { asked, answers, relayed, history, read };
}

test('what the source says of its history is said here, and why not while it is not heard', async () => {
  const { relayed, history, read } = setUp();
  expect(history.state().kind).toBe('broken');
  read(1);
  await history.read();
  expect(history.state()).toEqual(BROKEN);
  expect(relayed.recentEvents().map(({ id }) => id)).toEqual([7]);
  relayed.onProblem({ kind: 'silent' });
  expect(history.state()).not.toEqual(BROKEN);
});

test('once the sources of the source are others it is asked anew; where it does not answer, what it said stays', async () => {
  const { asked, answers, history, read } = setUp();
  read(1);
  await history.read();
  const before = asked.length;
  answers.isThere = false;
  read(2, [buildSource({ state: 'unreachable', error: 'gone' })]);
  expect(asked.length).toBe(before + 2);
  await history.read();
  expect(history.state()).toEqual(BROKEN);
});
