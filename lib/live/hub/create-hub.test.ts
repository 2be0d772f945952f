import { expect, test } from 'vitest';
import type { OpenIncidents } from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createHub } from './create-hub.ts';

const EPOCH = 'e1';

function setUp() {
  let recent: SwarmEvent[] = [];
  let incidents: OpenIncidents | null = null;
  let picture: SwarmPicture = buildSwarmPicture({ revision: 0, atMs: 0, services: [] });
  const timers = {
    nowMs: () => 0,
    steadyMs: () => 0,
    setTimer: () => ({ cancel: () => {} }),
  };
  const hub = createHub({
    epoch: EPOCH,
    build: 'b',
    timers,
    picture: () => picture,
    recentEvents: () => recent,
    openIncidents: () => incidents,
    revision: () => picture.revision,
    seenAtMs: () => picture.atMs,
  });
  return {
    hub,
    /** Something happened. */
    emit(id: number) {
      const event = buildSwarmEvent({ id });
      recent = [event, ...recent];
      hub.publishEvents([event]);
    },
    /** So many incidents last from now on. */
    open(total: number) {
      incidents = { lines: [], total };
      hub.publishIncidents();
    },
    /** Publishes the next revision, with a payload of that many bytes. */
    publish(bytes = 1) {
      const from = picture.revision;
      picture = { ...picture, revision: from + 1 };
      hub.publish({ from, picture, changes: [{ kind: 'node-gone', nodeId: 'x'.repeat(bytes) }] });
    },
  };
}

/** The SSE event names and ids that a viewer has read, but for the beat after each snapshot. */
async function read(reader: ReadableStreamDefaultReader<Uint8Array>, count: number): Promise<string[]> {
  const seen: string[] = [];
  while (seen.length < count) {
    const { value, done } = await reader.read();
    if (done) return [...seen, 'end'];
    const text = new TextDecoder().decode(value);
    seen.push(`${/^event: (\w+)/.exec(text)?.[1]} ${/^id: (\S+)/m.exec(text)?.[1] ?? ''}`.trim());
    // Of when a snapshot was so, a beat tells.
    if (seen.at(-1)?.startsWith('snapshot') === true)
      expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^event: beat\n.*"seenAtMs":0/);
  }
  return seen;
}

const open = (
  hub: ReturnType<typeof createHub>,
  id: string | null = null,
  signal = new AbortController().signal,
) => hub.open(id, signal).getReader();

test('a new viewer gets a snapshot, then every change', async () => {
  const { hub, publish } = setUp();
  const viewer = open(hub);
  publish();
  publish();
  expect(await read(viewer, 3)).toEqual(['snapshot e1-0', 'changes e1-1', 'changes e1-2']);
});

test.each([
  [
    'the revision it has is recent: what it missed, and that this is all',
    'e1-1',
    ['changes e1-2', 'changes e1-3', 'beat'],
  ],
  ['it has missed nothing: it is sent that at once', 'e1-3', ['beat']],
  ['it has another life of the server: a snapshot', 'e0-1', ['snapshot e1-3']],
  ['it has a revision from the future: a snapshot', 'e1-9', ['snapshot e1-3']],
  ['its id is nonsense: a snapshot', 'x', ['snapshot e1-3']],
])('a viewer resumes, %s', async (_what, id, expected) => {
  const { hub, publish } = setUp();
  publish();
  publish();
  publish();
  expect(await read(open(hub, id), expected.length)).toEqual(expected);
});

test('a viewer that stops reading is not waited for, and starts from a fresh snapshot when it reads again', async () => {
  const { hub, publish } = setUp();
  const slow = open(hub);
  const quick = open(hub);
  for (let i = 0; i < 10; i++) publish(100_000);
  expect((await read(quick, 1))[0]).toBe('snapshot e1-0');
  expect(await read(slow, 4)).toEqual(['snapshot e1-0', 'changes e1-1', 'changes e1-2', 'snapshot e1-10']);
});

test('a viewer leaves by cancel or abort, in either order and twice', async () => {
  const { hub, publish } = setUp();
  const stop = new AbortController();
  const viewer = open(hub, null, stop.signal);
  const other = open(hub);
  expect(hub.viewers()).toBe(2);
  stop.abort();
  await viewer.cancel();
  await other.cancel();
  await other.cancel();
  expect(hub.viewers()).toBe(0);
  publish();
});

test('when the server ends, every stream ends', async () => {
  const { hub } = setUp();
  const viewer = open(hub);
  hub.close();
  expect(await read(viewer, 1)).toEqual(['end']);
  expect(await read(open(hub), 1)).toEqual(['end']);
});

test('a viewer gets what happened before it came, and each thing that happens after', async () => {
  const { hub, emit, publish } = setUp();
  emit(1);
  const viewer = open(hub);
  expect(await read(viewer, 2)).toEqual(['snapshot e1-0', 'events']);
  publish();
  emit(2);
  // Without an id: whoever resumes goes on from the last change of the picture.
  expect(await read(viewer, 2)).toEqual(['changes e1-1', 'events']);
});

test('a viewer gets which incidents last, as it comes, when they change, and after it was too slow', async () => {
  const swarm = setUp();
  swarm.open(1);
  const viewer = open(swarm.hub);
  swarm.open(2);
  expect(await read(viewer, 3)).toEqual(['snapshot e1-0', 'incidents', 'incidents']);
  expect(await read(open(swarm.hub, 'e1-0'), 2)).toEqual(['beat', 'incidents']);
  for (let i = 0; i < 10; i++) swarm.publish(100_000);
  swarm.open(0);
  const seen: string[] = [];
  while (!seen.includes('snapshot e1-10')) seen.push(...(await read(viewer, 1)));
  expect(await read(viewer, 1)).toEqual(['incidents']);
});

test('a viewer of a hub that shows no incidents gets none', async () => {
  const { hub, publish } = setUp();
  const viewer = open(hub);
  hub.publishIncidents();
  publish();
  expect(await read(viewer, 2)).toEqual(['snapshot e1-0', 'changes e1-1']);
});
