import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { waitForChange } from './wait-for-change.ts';

/** Notifies whoever waits until one was woken, changing nothing; then changes the value where that is asked for. */
const OTHER = `
  const { workerData: { shared, isChanged } } = require('node:worker_threads');
  const value = new Int32Array(shared);
  while (Atomics.notify(value, 0) === 0) Atomics.wait(value, 1, 0, 1);
  if (isChanged) {
    Atomics.wait(value, 1, 0, 50);
    Atomics.add(value, 0, 1);
    Atomics.notify(value, 0);
  }
`;

function startOther(isChanged: boolean): { value: Int32Array<SharedArrayBuffer>; end(): Promise<number> } {
  const shared = new SharedArrayBuffer(8);
  const worker = new Worker(OTHER, { eval: true, workerData: { shared, isChanged } });
  return { value: new Int32Array(shared), end: () => worker.terminate() };
}

test('a late notification of the answer before does not pass for the next answer', async () => {
  const { value, end } = startOther(true);
  expect(waitForChange(value, 0, 60_000)).toBe(true);
  expect(Atomics.load(value, 0)).toBe(1);
  await end();
});

test('what was changed before anybody waited is not waited for', () => {
  expect(waitForChange(new Int32Array(new SharedArrayBuffer(4)), 1, 60_000)).toBe(true);
});

test('a value that nobody changes is given up, whoever notifies', async () => {
  const { value, end } = startOther(false);
  expect(waitForChange(value, 0, 500)).toBe(false);
  await end();
});
