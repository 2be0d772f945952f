import { expect, test } from 'vitest';
import type { MarksPiece, Window } from '#lib/history/question.ts';
import type { TimelineMark } from '#lib/model/contract/timeline.ts';
import { toIncident } from '#lib/model/events/to-incident.ts';
import { buildIncident, buildIncidentNode } from '#lib/testing/build-incident.ts';
import { timelineSchema } from '#lib/wire/schema/timeline-schema.ts';
import { english } from '#lib/words/english.ts';
import { createTimelineAnswers } from './create-timeline-answers.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const HOUR_MS = 3_600_000;
const SLOT_MS = 30_000;

const mark = (atMs: number): TimelineMark => ({
  lane: 'failures',
  stack: 'shop',
  fromMs: atMs,
  untilMs: atMs,
  count: 1,
  level: 'bad',
  isEnd: true,
  text: 'It ended.',
});

const LOST = buildIncident({
  startedAtMs: NOW - 1_000,
  nodes: [buildIncidentNode({ fromMs: NOW - 1_000 })],
  services: [],
});

/** An event a slot; a piece has two of them. */
function setUp({ isReadable: wasReadable = true, endless = false } = {}) {
  let asked = 0;
  let nowMs = NOW;
  let isReadable = wasReadable;
  const answers = createTimelineAnswers({
    async ask(question) {
      if (!isReadable) return null;
      if (question.kind === 'runs')
        return { runs: [{ fromMs: NOW - HOUR_MS / 2, untilMs: NOW }], oldestMs: NOW - HOUR_MS / 2 } as never;
      const { fromMs, untilMs } = question as unknown as Window;
      asked++;
      const atMs = Math.floor(untilMs / SLOT_MS) * SLOT_MS;
      const restUntilMs = endless ? untilMs - 1 : atMs - SLOT_MS > fromMs ? atMs - SLOT_MS - 1 : null;
      return {
        marks: endless ? [mark(untilMs)] : [mark(atMs - SLOT_MS), mark(atMs)],
        restUntilMs,
      } satisfies MarksPiece as never;
    },
    state: () => ({ kind: isReadable ? 'memory' : 'broken', sentence: 'It is so.' }),
    incidents: async () => ({
      incidents: isReadable ? [toIncident(LOST, english)] : [],
      more: false,
      history: { kind: 'memory', sentence: 'It is so.' },
    }),
    checks: false,
    nowMs: () => nowMs,
  });
  return {
    read: (signal = new AbortController().signal) =>
      answers.read({ fromMs: nowMs - HOUR_MS, untilMs: nowMs }, signal),
    asked: () => asked,
    open() {
      isReadable = true;
    },
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

test('a window is counted whole, piece by piece; when nobody looked is said, and a lost node has its bar twice', async () => {
  const { read } = setUp();
  const timeline = await read();
  expect(timelineSchema.parse(timeline)).toEqual(timeline);
  expect(timeline.marks.map(({ fromMs }) => (fromMs - timeline.fromMs) / SLOT_MS)).toEqual(
    Array.from({ length: 120 }, (_, slot) => slot),
  );
  expect(timeline.countedFromMs).toBe(null);
  expect(timeline.unknown).toEqual([{ fromMs: NOW - HOUR_MS, untilMs: NOW - HOUR_MS / 2 }]);
  expect(timeline.bars.map(({ lane, title }) => [lane, title])).toEqual([
    [null, 'docker07 lost'],
    ['nodes', 'docker07'],
  ]);
});

test('many who look at once cost what one does, and what is over is counted once', async () => {
  const { read, asked, pass } = setUp();
  await Promise.all([read(), read(), read()]);
  const whole = asked();
  expect(whole).toBe(60);
  pass(60_000);
  await read();
  expect(asked() - whole).toBeLessThan(whole / 2);
});

test('what cannot be counted is said: nothing is empty because nobody counted it', async () => {
  const endless = await setUp({ endless: true }).read();
  expect(endless.countedFromMs).not.toBe(null);
  const unread = await setUp({ isReadable: false }).read();
  expect(unread).toMatchObject({
    marks: [],
    countedFromMs: NOW,
    unknown: [{ fromMs: NOW - HOUR_MS, untilMs: NOW }],
    history: { kind: 'broken' },
  });
});

test('what could not be read while the history was opened is read as soon as it is', async () => {
  const { read, open } = setUp({ isReadable: false });
  expect((await read()).marks).toEqual([]);
  open();
  expect((await read()).marks).toHaveLength(120);
});

test('whoever leaves is counted for no longer; one of many who leaves costs the others nothing', async () => {
  const { read, asked } = setUp();
  const [first, second] = [new AbortController(), new AbortController()];
  const abandoned = read(first.signal);
  first.abort();
  await abandoned;
  expect(asked()).toBeLessThan(5);
  const left = read(second.signal);
  const stayed = read();
  second.abort();
  expect((await stayed).countedFromMs).toBe(null);
  expect(await left).toBe(await stayed);
});
