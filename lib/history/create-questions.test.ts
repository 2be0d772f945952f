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

it('asks no more than may wait, until one of them is answered', async () => {
  const { sent, questions } = setUp();
  for (let each = 0; each < 300; each += 1) void questions.ask(SIZE, HANG_MS);
  expect(sent).toHaveLength(256);
  questions.settle(sent[0] ?? 0, null);
  void questions.ask(SIZE, HANG_MS);
  expect(sent).toHaveLength(257);
});

it('lets all go when the thread is gone, and asks the next one', async () => {
  const { sent, questions } = setUp();
  const waiting = Array.from({ length: 256 }, () => questions.ask(SIZE, HANG_MS));
  questions.abandon();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set([null]));
  void questions.ask(SIZE, HANG_MS);
  expect(sent).toHaveLength(257);
});
