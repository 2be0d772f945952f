import { expect, test } from 'vitest';
import { createServerClock } from '#lib/client/live/create-server-clock.ts';
import { buildFleet, buildFleetSwarm, buildSilentSwarm } from '#lib/testing/build-fleet.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { encodeFleetMessage, type FleetMessage } from '#lib/wire/fleet-message.ts';
import { WIRE_VERSION } from '#lib/wire/message.ts';
import { createFleetStore } from './create-fleet-store.ts';

/** A page of all swarms whose stream the test feeds by hand. */
function start() {
  const clock = createFakeClock();
  const first = buildFleet([buildFleetSwarm('a'), buildFleetSwarm('b')]);
  const opened: ReadableStreamDefaultController<Uint8Array>[] = [];
  const builds: string[] = [];
  const fetchStream = async (_url: unknown, init?: RequestInit) => {
    const body = new ReadableStream<Uint8Array>({ start: (own) => void opened.push(own) });
    const controller = opened.at(-1);
    init?.signal?.addEventListener('abort', () => controller?.error(new Error('aborted')));
    return new Response(body);
  };
  const store = createFleetStore(
    '/api/fleet/stream',
    { build: 'b1', epoch: 'e1', revision: 1, atMs: 20_000, seenAtMs: 20_000 },
    first,
    {
      clock,
      serverClock: createServerClock(clock.nowMs, 20_000),
      fetchStream: fetchStream as typeof fetch,
      onReturn: () => () => {},
      onOtherBuild: (build) => builds.push(build),
      onSignedOut() {},
    },
  );
  let drawn = 0;
  store.subscribe(() => {
    drawn += 1;
  });
  const send = async (message: FleetMessage) => {
    opened.at(-1)?.enqueue(encodeFleetMessage(message));
    await clock.settle();
  };
  return { clock, store, first, send, opened, builds, drawn: () => drawn };
}

const whole = (build = 'b1', epoch = 'e1'): FleetMessage => ({
  ...{ kind: 'fleet', wire: WIRE_VERSION, build, epoch },
  fleet: { ...buildFleet([buildFleetSwarm('a')]), atMs: 21_000 },
});

test('a page shows what it was drawn with, then what the stream says, and many changes in a row are drawn once', async () => {
  const { clock, store, first, send, drawn } = start();
  await clock.settle();
  expect(store.picture()).toBe(first);
  expect(store.status()).toMatchObject({ liveness: 'stale', wasLive: false });
  await send(whole());
  await send({ kind: 'swarm', atMs: 22_000, revision: 2, swarm: buildSilentSwarm('a') });
  expect(store.status()).toMatchObject({ liveness: 'live', wasLive: true, confirmedAtMs: 22_000 });
  await clock.advance(100);
  expect(store.picture().swarms).toMatchObject([{ name: 'a', state: 'silent' }]);
  expect(drawn()).toBe(1);
  store.close();
});

test('a stream that falls silent is stale after 5 s, and opened anew', async () => {
  const { clock, store, send, opened } = start();
  await clock.settle();
  await send(whole());
  await send({ kind: 'beat', atMs: 23_000, revision: 2 });
  expect(store.status().liveness).toBe('live');
  await clock.advance(7_000);
  expect(store.status()).toMatchObject({ liveness: 'stale', confirmedAtMs: 23_000 });
  expect(store.status().reason).not.toBeNull();
  await clock.advance(5_000);
  expect(opened.length).toBeGreaterThan(1);
  store.close();
});

test('a page that cannot read what a newer server says shows that it is old, however alive that server is', async () => {
  const { clock, store, first, send, builds } = start();
  await clock.settle();
  await send({ ...whole('b2', 'e2'), wire: WIRE_VERSION + 1 } as FleetMessage);
  for (let beat = 0; beat < 10; beat += 1) {
    await send({ kind: 'beat', atMs: 30_000, revision: 2 });
    await clock.advance(1_000);
  }
  expect(builds).toEqual(['b2']);
  expect(store.picture()).toBe(first);
  expect(store.status()).toMatchObject({ liveness: 'stale', confirmedAtMs: 20_000 });
  store.close();
});

test('a server of another build is noticed, and one that came back as a new process is said to have', async () => {
  const { clock, store, send, builds } = start();
  await clock.settle();
  await send(whole('b2', 'e2'));
  expect(builds).toEqual(['b2']);
  expect(store.status().restartedAtMs).not.toBeNull();
  store.close();
});
