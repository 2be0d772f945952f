import { expect, test, vi } from 'vitest';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';
import type { Position } from './connection.ts';
import type { ConnectionListener } from './create-connection.ts';
import { createLiveStore } from './create-live-store.ts';
import { createPictureStore } from './create-picture-store.ts';
import { createServerClock } from './create-server-clock.ts';

const AT_MS = 1_800_000_000_000;
const START = { build: 'b1', epoch: 'e1', revision: 5, atMs: AT_MS, seenAtMs: AT_MS - 5 };

function open({ asks = false } = {}) {
  const clock = createFakeClock(START.atMs);
  const picture = buildSwarmPicture({ revision: 5, atMs: START.atMs });
  const store = createPictureStore({ epoch: 'e1', picture, isPart: false }, clock);
  const link = { check: vi.fn(), restart: vi.fn(), follow: vi.fn(), close: vi.fn() };
  const captured: { listener?: ConnectionListener; position?: () => Position | null; returned?: () => void } =
    {};
  const onOtherBuild = vi.fn();
  const onSignedOut = vi.fn();
  const live = createLiveStore(START, asks, {
    store,
    clock,
    serverClock: createServerClock(clock.nowMs, START.atMs),
    openLink(listener, position) {
      Object.assign(captured, { listener, position });
      return link;
    },
    onReturn(run) {
      captured.returned = run;
      return () => {};
    },
    onOtherBuild,
    onSignedOut,
  });
  const take = (message: Message) => captured.listener?.onMessage(message);
  const beat = (revision = 5) =>
    take({ kind: 'beat', atMs: clock.nowMs(), seenAtMs: clock.nowMs() - 70, revision });
  const connect = () => captured.listener?.onConnection({ state: 'open' });
  return { clock, store, link, captured, live, take, beat, connect, onOtherBuild, onSignedOut };
}

const snapshot = (overrides: Partial<Extract<Message, { kind: 'snapshot' }>> = {}): Message => ({
  kind: 'snapshot',
  wire: WIRE_VERSION,
  build: 'b1',
  epoch: 'e1',
  picture: buildSwarmPicture({ revision: 8, atMs: START.atMs + 1_000 }),
  ...overrides,
});

test('that the server lives is one thing, when it heard of the swarm another', () => {
  const { live, connect, beat, clock } = open();
  expect(live.status()).toMatchObject({ confirmedAtMs: AT_MS, seenAtMs: AT_MS - 5 });
  connect();
  beat();
  expect(live.status()).toMatchObject({
    liveness: 'live',
    confirmedAtMs: clock.nowMs(),
    seenAtMs: AT_MS - 70,
  });
});

test('a page is stale until the server sends something, live while it does, then stale, then lost', async () => {
  const { clock, live, beat, connect } = open();
  expect(live.status()).toMatchObject({ liveness: 'stale', wasLive: false, confirmedAtMs: START.atMs });
  connect();
  beat();
  expect(live.status()).toMatchObject({ liveness: 'live', wasLive: true });
  await clock.advance(6_000);
  expect(live.status()).toMatchObject({ liveness: 'stale', confirmedAtMs: START.atMs });
  await clock.advance(20_000);
  expect(live.status()).toMatchObject({ liveness: 'lost', wasLive: true });
});

test('why it is not live is said, and forgotten once it is again', () => {
  const { live, captured, beat, connect } = open();
  captured.listener?.onConnection({ state: 'down', reason: 'The server answers 503', retryInMs: 1 });
  expect(live.status().reason).toBe('The server answers 503');
  connect();
  beat();
  expect(live.status().reason).toBeNull();
});

test('a gap asks for the whole picture once, until it is there', () => {
  const { link, captured, take, beat, live } = open();
  beat(9);
  beat(9);
  expect(link.restart).toHaveBeenCalledOnce();
  expect(captured.position?.(), 'whoever resumes now needs all of it').toBeNull();
  take(snapshot());
  expect(live.isWhole()).toBe(true);
  expect(captured.position?.()).toEqual({ epoch: 'e1', revision: 8 });
  live.askForWhole();
  expect(link.restart).toHaveBeenCalledOnce();
});

test('a page that looks at all of it asks from the start, and does not ask twice', () => {
  const { link, captured, live } = open({ asks: true });
  expect(captured.position?.()).toBeNull();
  live.askForWhole();
  expect(link.restart).not.toHaveBeenCalled();
});

test('another page that began with something older asks for what came since', () => {
  const { link, live } = open();
  live.catchUp(null);
  live.catchUp('follow');
  expect(link.follow).toHaveBeenCalledOnce();
  live.catchUp('ask');
  expect(link.restart).toHaveBeenCalledOnce();
});

test('who looks at the whole picture is called once for many changes', async () => {
  const { clock, live, take } = open();
  const onPicture = vi.fn();
  live.subscribePicture(onPicture);
  for (let revision = 5; revision < 10; revision += 1)
    take({ kind: 'changes', from: revision, to: revision + 1, atMs: 1, changes: [] });
  expect(onPicture).not.toHaveBeenCalled();
  await clock.advance(100);
  expect(onPicture).toHaveBeenCalledOnce();
});

test('another build reloads the page; one that speaks otherwise is not even read', () => {
  const { store, take, onOtherBuild } = open();
  take(snapshot({ build: 'b2' }));
  expect(onOtherBuild).toHaveBeenLastCalledWith('b2', true);
  expect(store.position().revision).toBe(8);
  take(snapshot({ build: 'b3', wire: WIRE_VERSION + 1, epoch: 'e9' }));
  expect(onOtherBuild).toHaveBeenLastCalledWith('b3', false);
  expect(store.position().epoch).toBe('e1');
});

test('a page that cannot read what a newer server says shows that it is old, however alive that server is', async () => {
  const { clock, live, take, connect, beat } = open();
  connect();
  beat();
  const { confirmedAtMs } = live.status();
  take(snapshot({ build: 'b3', wire: WIRE_VERSION + 1, epoch: 'e9' }));
  for (let each = 0; each < 10; each += 1) {
    beat();
    await clock.advance(1_000);
  }
  expect(live.status()).toMatchObject({ liveness: 'stale', confirmedAtMs });
});

test('a server that came back as a new process is noticed, also when its clock is behind', () => {
  const { live, take } = open();
  take(snapshot({ epoch: 'e2', picture: buildSwarmPicture({ revision: 1, atMs: 5 }) }));
  expect(live.status()).toMatchObject({ confirmedAtMs: 5, restartedAtMs: START.atMs });
});

test('after sleep, or when nothing is received for long, the link is looked at', async () => {
  const { clock, link, captured } = open();
  captured.returned?.();
  expect(link.check).toHaveBeenCalledOnce();
  await clock.advance(30_000);
  expect(link.check.mock.calls.length).toBeGreaterThan(2);
});

test('closed, it leaves no timer', () => {
  const { clock, live, link, store, take } = open();
  live.subscribePicture(() => {});
  take({ kind: 'changes', from: 5, to: 6, atMs: 1, changes: [] });
  live.close();
  store.close();
  expect(link.close).toHaveBeenCalledOnce();
  expect(clock.pendingTimers()).toBe(0);
});

test('says that it is signed out, and of no other end', () => {
  const { captured, onSignedOut } = open();
  captured.listener?.onConnection({ state: 'down', reason: 'The server answers 503', retryInMs: 1 });
  expect(onSignedOut).not.toHaveBeenCalled();
  captured.listener?.onConnection({ state: 'down', reason: 'out', retryInMs: 1, isSignedOut: true });
  expect(onSignedOut).toHaveBeenCalledOnce();
});
