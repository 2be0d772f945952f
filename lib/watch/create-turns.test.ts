import { expect, test } from 'vitest';
import { createTurns } from './create-turns.ts';

async function setUp(count: number) {
  const turns = createTurns(2);
  const ready: number[] = [];
  const all = Array.from({ length: count }, (_, index) => {
    const turn = turns.take();
    void turn.ready.then(() => ready.push(index));
    return turn;
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  await settle();
  return { all, ready, settle };
}

test('two at a time, the others in their order', async () => {
  const { all, ready, settle } = await setUp(4);
  expect(ready).toEqual([0, 1]);
  all[1]?.leave();
  all[1]?.leave();
  await settle();
  expect(ready).toEqual([0, 1, 2]);
});

test('who leaves the line is not called, and holds up nobody', async () => {
  const { all, ready, settle } = await setUp(4);
  all[2]?.leave();
  all[0]?.leave();
  await settle();
  expect(ready).toEqual([0, 1, 3]);
});
