import { expect, test } from 'vitest';
import { createSemaphore } from './create-semaphore.ts';

async function setUp(count: number) {
  const semaphore = createSemaphore(2);
  const ready: number[] = [];
  const all = Array.from({ length: count }, (_, index) => {
    const permit = semaphore.acquire();
    void permit.ready.then(() => ready.push(index));
    return permit;
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  await settle();
  return { all, ready, settle };
}

test('two at a time, the others in their order', async () => {
  const { all, ready, settle } = await setUp(4);
  expect(ready).toEqual([0, 1]);
  all[1]?.release();
  all[1]?.release();
  await settle();
  expect(ready).toEqual([0, 1, 2]);
});

test('who leaves the line is not called, and holds up nobody', async () => {
  const { all, ready, settle } = await setUp(4);
  all[2]?.release();
  all[0]?.release();
  await settle();
  expect(ready).toEqual([0, 1, 3]);
});
