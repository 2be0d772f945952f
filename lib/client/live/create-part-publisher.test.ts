import { expect, it } from 'vitest';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createPartPublisher } from './create-part-publisher.ts';

function setUp(count: number) {
  const clock = createFakeClock();
  const publisher = createPartPublisher<number>(clock);
  const called: number[] = [];
  const keys = Array.from({ length: count }, (_, each) => each);
  const leave = keys.map((key) => publisher.subscribe(key, () => called.push(key)));
  return { clock, publisher, called, keys, leave };
}

it('calls at once who reads what changed, and nobody else', () => {
  const { publisher, called } = setUp(3);
  publisher.publish([1, 7]);
  expect(called).toEqual([1]);
});

it('calls forty at a time, and lets the browser have its turn in between', async () => {
  const { clock, publisher, called, keys } = setUp(100);
  publisher.publish(keys);
  expect(called).toHaveLength(40);
  await clock.advance(0);
  expect(called).toEqual(keys);
});

it('a burst is one call each, after a rest', async () => {
  const { clock, publisher, called } = setUp(2);
  for (let each = 0; each < 5; each += 1) publisher.publish([0, 1]);
  expect(called).toEqual([0, 1]);
  await clock.advance(15);
  expect(called).toHaveLength(2);
  await clock.advance(1);
  expect(called).toEqual([0, 1, 0, 1]);
});

it('calls nobody who left, or after it was closed', async () => {
  const { clock, publisher, called, leave } = setUp(2);
  publisher.publish([0]);
  publisher.publish([0, 1]);
  leave[0]?.();
  expect([publisher.isRead(0), publisher.isRead(1)]).toEqual([false, true]);
  await clock.advance(100);
  expect(called).toEqual([0, 1]);
  publisher.publish([1]);
  publisher.publish([1]);
  publisher.close();
  await clock.advance(100);
  expect([called, clock.pendingTimers()]).toEqual([[0, 1, 1], 0]);
});
