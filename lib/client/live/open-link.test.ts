import { expect, test } from 'vitest';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import type { Message } from '#lib/wire/message.ts';
import type { FromWorker, Position, ToWorker } from './connection.ts';
import type { ConnectionListener, createConnection } from './create-connection.ts';
import { openLink, type StreamWorker } from './open-link.ts';

const at = (revision: number): Position => ({ epoch: 'e1', revision });
const beat: Message = { kind: 'beat', atMs: 1, seenAtMs: 1, revision: 5 };

/** A page in a browser that has shared workers, unless it `isAlone`. */
function start({ isAlone = false } = {}) {
  const clock = createFakeClock();
  const sent: ToWorker[] = [];
  const received: Message[] = [];
  const page = new EventTarget();
  const own: { from: Position | null; listener: ConnectionListener; did: string[] }[] = [];
  const kept = { since: null as Message[] | null };
  const worker: StreamWorker = {
    port: { postMessage: (message: ToWorker) => sent.push(message), onmessage: null, close: () => {} },
    onerror: null,
  };
  const connect = (_url: string, listener: ConnectionListener, from: Position | null) => {
    const stream = { from, listener, did: [] as string[] };
    own.push(stream);
    return {
      since: () => kept.since,
      connection: () => ({ state: 'open' as const }),
      restart: () => stream.did.push('restart'),
      check: () => stream.did.push('check'),
      close: () => stream.did.push('close'),
    };
  };
  const link = openLink(
    { onMessage: (message) => received.push(message), onConnection: () => {} },
    () => at(5),
    {
      clock,
      page: page as unknown as Window,
      startWorker: () => (isAlone ? null : worker),
      connect: connect as typeof createConnection,
    },
  );
  const answer = (data: FromWorker) =>
    worker.port.onmessage?.call(worker.port as MessagePort, new MessageEvent('message', { data }));
  const show = (persisted: boolean) =>
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
  return { clock, sent, received, page, own, kept, link, worker, answer, show };
}

test('a tab joins the stream of all tabs where it stands, and takes what that sends', async () => {
  const { clock, sent, received, own, answer } = start();
  expect(sent).toEqual([{ kind: 'join', from: at(5) }]);
  answer({ kind: 'message', message: beat });
  await clock.advance(60_000);
  expect([received, own.length]).toEqual([[beat], 0]);
});

test('a worker that does not answer within three seconds is left for a stream of its own', async () => {
  const { clock, own } = start();
  await clock.advance(2_999);
  expect(own).toHaveLength(0);
  await clock.advance(1);
  expect(own.map(({ from }) => from)).toEqual([at(5)]);
});

test('one that answered, and does not when it is asked whether it lives, is left as well', async () => {
  const { clock, own, link, answer } = start();
  answer({ kind: 'alive' });
  link.check();
  await clock.advance(3_000);
  expect(own).toHaveLength(1);
  link.check();
  expect(own[0]?.did).toEqual(['check']);
});

test('one that breaks is left at once; a page that is closed opens nothing any more', async () => {
  const { own, worker } = start();
  worker.onerror?.({} as ErrorEvent);
  expect(own).toHaveLength(1);
  const closed = start();
  closed.link.close();
  await closed.clock.advance(10_000);
  closed.worker.onerror?.({} as ErrorEvent);
  expect([closed.own.length, closed.sent.at(-1)]).toEqual([0, { kind: 'leave' }]);
});

test('a page that is left says so, and joins again only where the browser kept it as it was', () => {
  const { sent, page, show } = start();
  page.dispatchEvent(new Event('pagehide'));
  show(false);
  expect(sent.map(({ kind }) => kind)).toEqual(['join', 'leave']);
  show(true);
  expect(sent.at(-1)).toEqual({ kind: 'join', from: at(5) });
});

test('with a stream of its own a page that stands elsewhere is given what came since, or asks for all of it', () => {
  const { received, own, kept, link } = start({ isAlone: true });
  kept.since = [beat];
  link.follow();
  expect(received).toEqual([beat]);
  kept.since = null;
  link.follow();
  expect(own[0]?.did).toEqual(['restart']);
});
