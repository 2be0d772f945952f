import { expect, it, vi } from 'vitest';
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
  const unread = new Set<string>();
  const answers: (Container | null | string)[] = [];
  const reader = createReader({
    client: engine.client,
    clock,
    isUnread: (id) => unread.has(id),
    onSend: (id) => sent.push(id),
    onRead: (_, container) => answers.push(container),
    onError: (_, error) => answers.push(error instanceof EngineError ? error.kind : 'bug'),
  });
  return { clock, engine, reader, sent, unread, answers };
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

it('waits longer for what is known not to answer, so that a slow engine can, and lets two at a time do so', async () => {
  const { clock, engine, reader, unread, answers } = setUp();
  engine.delayMs = 8_000;
  const ids = ['a', 'b', 'c'];
  for (const id of ids) {
    engine.containers.set(id, buildContainer({ id }));
    unread.add(id);
    void reader.read(id, true);
  }
  await clock.advance(7_999);
  expect(answers).toEqual(['timeout']);
  await clock.advance(1);
  expect(answers).toEqual([
    'timeout',
    expect.objectContaining({ id: 'a' }),
    expect.objectContaining({ id: 'b' }),
  ]);
});

it('says soon of what was read so far that it does not answer', async () => {
  const { clock, engine, reader, answers } = setUp();
  engine.delayMs = 8_000;
  void reader.read('a', true);
  await clock.advance(4_000);
  expect(answers).toEqual(['timeout']);
});

it('answers an event at once where a question that may wait long is under way, and lets one alone be overtaken', async () => {
  const { clock, engine, reader, sent, unread, answers } = setUp();
  unread.add('a');
  engine.delayMs = 9_000;
  void reader.read('a', true);
  await clock.advance(1_000);
  engine.delayMs = 100;
  const settled = vi.fn();
  void reader.read('a', true).then(settled);
  await clock.advance(100);
  expect([sent, answers, settled.mock.calls.length]).toEqual([
    ['a', 'a'],
    [expect.objectContaining({ id: 'a' })],
    1,
  ]);
  await clock.advance(10_000);
  expect(answers).toHaveLength(1);
});

it('holds two questions of a container that hangs at most, whatever comes of it', async () => {
  const { clock, engine, reader, sent, unread } = setUp();
  unread.add('a');
  engine.hanging.add('a');
  for (let second = 0; second < 9; second += 1) {
    void reader.read('a', true);
    await clock.advance(1_000);
  }
  expect(sent).toHaveLength(2);
});

it.each([3_000, 9_000])(
  'is answered by an engine that needs %i ms while events never stop',
  async (delayMs) => {
    const { clock, engine, reader, unread, answers } = setUp();
    unread.add('a');
    engine.delayMs = delayMs;
    for (let second = 0; second < 2 * (delayMs / 1_000); second += 1) {
      void reader.read('a', true);
      await clock.advance(1_000);
    }
    expect(answers).toContainEqual(expect.objectContaining({ id: 'a' }));
  },
);
