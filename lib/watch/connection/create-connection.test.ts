import { describe, expect, it } from 'vitest';
import { EngineError, type EngineEvent, type EngineIdentity } from '#lib/engine/port.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import type { ConnectionInput } from './connection-machine.ts';
import { type ConnectionPolicy, createConnection } from './create-connection.ts';

/** A connection to engines in memory, with what its policy was asked to do. */
function setUp(over: Partial<ConnectionPolicy<ConnectionInput>> = {}, endpoints = 1) {
  const clock = createFakeClock();
  const engines = Array.from({ length: endpoints }, (_, n) => createFakeEngine(clock, { nodeId: `n${n}` }));
  const asked: string[] = [];
  const events: EngineEvent[] = [];
  let active = 0;
  let lastMs = 0;
  const engineOf = (n: number) => engines[n] ?? expect.unreachable();
  const policy: ConnectionPolicy<ConnectionInput> = {
    endpoints,
    endsOnFailure: false,
    scope: 'engine',
    endedSentence: 'It ended.',
    client: () => engineOf(active).client,
    identify: (client) => client.identify(),
    onIdentity(identity: EngineIdentity) {
      asked.push(`identity ${identity.nodeId}`);
      return { kind: 'identified' };
    },
    onFailure: (error) => ({ kind: 'failed', error: (error as Error).message, leaderless: false }),
    replayFromMs: () => null,
    async sync() {
      asked.push('sync');
    },
    follow: () => asked.push('follow'),
    onEvent: (event) => events.push(event),
    onActivity(atMs) {
      lastMs = atMs;
    },
    drop: () => asked.push('drop'),
    next() {
      active = (active + 1) % endpoints;
      asked.push(`next ${active}`);
    },
    onSource: (state) => asked.push(state),
    ...over,
  };
  const connection = createConnection(policy, clock);
  connection.start();
  return { clock, engine: engineOf(0), engineOf, connection, asked, events, lastMs: () => lastMs };
}

const event = { kind: 'node', nodeId: 'n', action: 'update', atMs: 1, engineAtMs: 1 } as const;

describe('a connection', () => {
  it('is live when it was reached, identified, opened and read, in this order', async () => {
    const { clock, connection, asked } = setUp();
    await clock.advance(5);
    expect(asked).toEqual(['connecting', 'identity n0', 'sync', 'live', 'follow']);
    expect(connection.state()).toBe('live');
  });

  it('passes events on, and takes each for a sign of life', async () => {
    const { clock, engine, events, lastMs } = setUp();
    await clock.advance(1_000);
    engine.emit(event);
    expect(events).toEqual([event]);
    expect(lastMs()).toBe(clock.nowMs());
    const pings = engine.counts.ping;
    for (let second = 0; second < 10; second += 1) {
      engine.emit(event);
      await clock.advance(1_000);
    }
    expect(engine.counts.ping).toBe(pings);
  });

  it('takes in nothing more of what was under way when it was dropped', async () => {
    let finish = () => {};
    const { clock, connection, engine, asked } = setUp({
      sync: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    });
    await clock.advance(5);
    expect(connection.state()).toBe('syncing');
    engine.endStreams(new EngineError('unreachable', 'gone'));
    finish();
    await clock.settle();
    expect(asked.slice(-2)).toEqual(['drop', 'unreachable']);
    expect(connection.state()).toBe('waiting');
  });

  it('with several endpoints turns to the next one at once, and waits after a whole round', async () => {
    const { clock, engineOf, connection, asked } = setUp({}, 2);
    engineOf(0).setMode('refused');
    engineOf(1).setMode('refused');
    await clock.advance(5);
    expect(asked).toEqual(['connecting', 'drop', 'unreachable', 'next 1', 'drop', 'unreachable', 'next 0']);
    expect(connection.state()).toBe('waiting');
  });

  it('is tried again at once, and once, when it is told that it is due', async () => {
    const { clock, engine, connection } = setUp();
    engine.setMode('refused');
    await clock.advance(5);
    const pings = engine.counts.ping ?? 0;
    connection.input({ kind: 'due' });
    expect(engine.counts.ping).toBe(pings + 1);
    engine.setMode('up');
    await clock.advance(5_000);
    expect(connection.state()).toBe('live');
  });

  it('leaves nothing behind when it is closed', async () => {
    const { clock, engine, connection } = setUp();
    await clock.advance(5);
    connection.input({ kind: 'close' });
    connection.input({ kind: 'start' });
    await clock.settle();
    expect([clock.pendingTimers(), engine.openStreams(), connection.state()]).toEqual([0, 0, 'closed']);
  });
});
