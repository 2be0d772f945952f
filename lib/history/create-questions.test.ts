import { expect, it } from 'vitest';
import { createQuestions } from './create-questions.ts';

const HANG_MS = 5_000;
const SIZE = { kind: 'size' } as const;

function setUp() {
  const sent: number[] = [];
  return { sent, questions: createQuestions((id) => sent.push(id)) };
}

it('gives each its own answer, in whatever order they come', async () => {
  const { sent, questions } = setUp();
  const first = questions.ask(SIZE, HANG_MS);
  const second = questions.ask(SIZE, HANG_MS);
  questions.settle(sent[1] ?? 0, { bytes: 2, oldestMs: null });
  questions.settle(sent[0] ?? 0, { bytes: 1, oldestMs: null });
  expect([(await first)?.bytes, (await second)?.bytes]).toEqual([1, 2]);
});

it('waits for no answer that takes too long, and takes a late one for nothing', async () => {
  const { sent, questions } = setUp();
  expect(await questions.ask(SIZE, 1)).toBeNull();
  questions.settle(sent[0] ?? 0, { bytes: 1, oldestMs: null });
});

it('sends a few at a time, so that what is written comes between, and no more than may wait', async () => {
  const { sent, questions } = setUp();
  const answers = Array.from({ length: 257 }, () => questions.ask(SIZE, HANG_MS));
  expect(sent).toEqual([1, 2, 3, 4]);
  expect(await answers[256], 'too many').toBeNull();
  questions.settle(2, null);
  expect(sent).toEqual([1, 2, 3, 4, 5]);
  void questions.ask(SIZE, HANG_MS);
  for (let id = 1; id <= sent.length; id += 1) if (id !== 2) questions.settle(id, null);
  expect(sent).toHaveLength(257);
});

it('does not send what nobody waits for any more', async () => {
  const { sent, questions } = setUp();
  const few = Array.from({ length: 4 }, () => questions.ask(SIZE, HANG_MS));
  const left = await Promise.all(Array.from({ length: 20 }, () => questions.ask(SIZE, 1)));
  const last = questions.ask(SIZE, HANG_MS);
  for (const id of [...sent]) questions.settle(id, null);
  await Promise.all(few);
  expect([new Set(left), sent]).toEqual([new Set([null]), [1, 2, 3, 4, 25]]);
  questions.settle(25, { bytes: 1, oldestMs: null });
  expect((await last)?.bytes).toBe(1);
});

it('lets all go when the thread is gone, and asks the next one', async () => {
  const { sent, questions } = setUp();
  const waiting = Array.from({ length: 256 }, () => questions.ask(SIZE, HANG_MS));
  questions.abandon();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set([null]));
  void questions.ask(SIZE, HANG_MS);
  expect(sent).toEqual([1, 2, 3, 4, 257]);
});
