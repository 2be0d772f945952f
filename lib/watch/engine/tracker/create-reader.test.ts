import { expect, it } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import { createReader } from './create-reader.ts';

function setUp() {
  const clock = createFakeClock();
  const engine = createFakeEngine(clock);
  engine.containers.set('a', buildContainer({ id: 'a' }));
  engine.delayMs = 100;
  const sent: string[] = [];
  const answers: (Container | null | string)[] = [];
  const reader = createReader({
    client: engine.client,
    clock,
    onSend: (id) => sent.push(id),
    onRead: (_, container) => answers.push(container),
    onError: (_, error) => answers.push(error instanceof EngineError ? error.kind : 'bug'),
  });
  return { clock, engine, reader, sent, answers };
}

it('asks once for all who come while it is under way, and each has an answer that began after it came', async () => {
  const { clock, reader, sent } = setUp();
  const done: string[] = [];
  void reader.read('a', true).then(() => done.push('first'));
  await clock.advance(50);
  void reader.read('a', true).then(() => done.push('second'));
  void reader.read('a', true).then(() => done.push('third'));
  await clock.advance(50);
  expect([sent.length, done]).toEqual([2, ['first']]);
  await clock.advance(100);
  expect([sent.length, done]).toEqual([2, ['first', 'second', 'third']]);
});

it('tries twice more when it fails, and settles all the same', async () => {
  const { clock, engine, reader, sent, answers } = setUp();
  engine.failing.set('inspectContainer', new EngineError('http', '500'));
  let settled = false;
  void reader.read('a', true).then(() => {
    settled = true;
  });
  await clock.advance(100);
  expect([settled, answers]).toEqual([true, ['http']]);
  await clock.advance(60_000);
  expect(sent).toHaveLength(3);
});

it('keeps the earlier of two plans', async () => {
  const { clock, reader, sent } = setUp();
  reader.readIn('a', 1_000);
  reader.readIn('a', 5_000);
  reader.readIn('a', 200);
  await clock.advance(199);
  expect(sent).toHaveLength(0);
  await clock.advance(10_000);
  expect(sent).toHaveLength(1);
});

it.each(['reset', 'forget'] as const)(
  '%s lets those go who wait, and takes no answer any more',
  async (how) => {
    const { clock, reader, sent, answers } = setUp();
    let settled = 0;
    for (const urgent of [true, false]) void reader.read('a', urgent).then(() => (settled += 1));
    reader.readIn('b', 500);
    reader[how]('a');
    await clock.settle();
    expect(settled).toBe(2);
    if (how === 'forget') reader.forget('b');
    await clock.advance(10_000);
    expect([sent, answers, clock.pendingTimers()]).toEqual([['a'], [], 0]);
  },
);
