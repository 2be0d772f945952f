import { expect, test, vi } from 'vitest';
import type { Message } from '#lib/wire/message.ts';
import type { FromWorker, Position } from './connection.ts';
import type { ConnectionListener } from './create-connection.ts';
import { createStreamShare } from './create-stream-share.ts';

const at = (revision: number): Position => ({ epoch: 'e1', revision });
const beat: Message = { kind: 'beat', atMs: 1, seenAtMs: 1, revision: 5 };

function start() {
  const streams: {
    from: Position | null;
    listener: ConnectionListener;
    restart: () => void;
    close: () => void;
  }[] = [];
  const kept = { since: [] as Message[] | null };
  const share = createStreamShare((listener, from) => {
    const stream = { from, listener, restart: vi.fn(), close: vi.fn() };
    streams.push(stream);
    return { ...stream, since: () => kept.since, connection: () => ({ state: 'open' }), check: vi.fn() };
  });
  const open = (from: Position | null) => {
    const received: FromWorker[] = [];
    const port = { postMessage: (message: FromWorker) => void received.push(message) };
    share.receive(port, { kind: 'join', from });
    return { port, received };
  };
  return { share, streams, kept, open };
}

test('all tabs share one stream, opened for the first and closed after the last', () => {
  const { share, streams, open } = start();
  const [first, second] = [open(at(5)), open(at(6))];
  expect(streams.map(({ from }) => from)).toEqual([at(5)]);
  streams[0]?.listener.onMessage(beat);
  for (const { received } of [first, second])
    expect(received.at(-1)).toEqual({ kind: 'message', message: beat });
  share.receive(first.port, { kind: 'leave' });
  expect(streams[0]?.close).not.toHaveBeenCalled();
  share.leave(second.port);
  expect(streams[0]?.close).toHaveBeenCalledOnce();
  open(null);
  expect(streams).toHaveLength(2);
});

test('who joins late is sent what was missed, or the whole picture is asked for', () => {
  const { streams, kept, open } = start();
  open(at(5));
  kept.since = [beat];
  expect(open(at(4)).received).toEqual([
    { kind: 'connection', connection: { state: 'open' } },
    { kind: 'message', message: beat },
  ]);
  kept.since = null;
  open(null);
  expect(streams[0]?.restart).toHaveBeenCalledOnce();
});

test('a tab that asks whether the worker lives is answered, also while no stream is open', () => {
  const { share } = start();
  const received: FromWorker[] = [];
  share.receive({ postMessage: (message) => void received.push(message) }, { kind: 'check' });
  expect(received).toEqual([{ kind: 'alive' }]);
});
