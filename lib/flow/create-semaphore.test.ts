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

test('a signal ends the wait, also one that was aborted before, and holds up nobody', async () => {
  const semaphore = createSemaphore(1);
  const [first, gone] = [new AbortController(), new AbortController()];
  const release = await semaphore.acquireUnless(first.signal);
  const waits = semaphore.acquireUnless(gone.signal);
  const next = semaphore.acquireUnless(first.signal);
  gone.abort(new Error('left'));
  await expect(waits).rejects.toThrow('left');
  await expect(semaphore.acquireUnless(gone.signal)).rejects.toThrow('left');
  release();
  first.abort(new Error('after it was acquired'));
  expect(await next.then(String, ({ message }: Error) => message)).toBe('after it was acquired');
  const last = await semaphore.acquireUnless(new AbortController().signal);
  last();
});

test('lets more in when more may, and fewer when fewer may', async () => {
  let max = 1;
  const semaphore = createSemaphore(() => max);
  const permits = Array.from({ length: 6 }, () => semaphore.acquire());
  const readyOnes = async () => {
    const ready: number[] = [];
    for (const [at, permit] of permits.entries()) void permit.ready.then(() => ready.push(at));
    await Promise.resolve();
    await Promise.resolve();
    return ready;
  };
  expect(await readyOnes()).toEqual([0]);
  max = 3;
  permits[0]?.release();
  expect(await readyOnes()).toEqual([0, 1, 2, 3]);
  max = 1;
  permits[1]?.release();
  permits[2]?.release();
  expect(await readyOnes()).toEqual([0, 1, 2, 3]);
  permits[3]?.release();
  expect(await readyOnes()).toEqual([0, 1, 2, 3, 4]);
});
