import { describe, expect, test, vi } from 'vitest';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';
import { createPictureStore, type PartKey } from './create-picture-store.ts';

const web = buildServicePicture();
const db = buildServicePicture({ id: 'service-2', name: 'db' });
const at = (revision: number, ...services: ServicePicture[]): SwarmPicture =>
  buildSwarmPicture({ revision, services });
const replica = (from: number, overrides: Parameters<typeof buildReplica>[0], serviceId = 'service-1') =>
  ({
    kind: 'changes',
    from,
    to: from + 1,
    atMs: 1,
    changes: [{ kind: 'replica', serviceId, replica: buildReplica(overrides) }],
  }) satisfies Message;
const snapshot = (picture: SwarmPicture, epoch = 'e1'): Message => ({
  kind: 'snapshot',
  wire: WIRE_VERSION,
  build: 'b1',
  epoch,
  picture,
});

/** A page that was rendered with the whole picture, or with the swarm's head alone. */
function open(picture: SwarmPicture | null) {
  const clock = createFakeClock();
  const head = at(5);
  const start = { epoch: 'e1', picture: picture ?? { ...head, nodes: [] }, isPart: picture === null };
  const store = createPictureStore(start, clock);
  const follow = (key: PartKey) => {
    const onChange = vi.fn();
    store.subscribe(key, onChange);
    store.read(key);
    return onChange;
  };
  return { store, follow, clock };
}

describe('a page with the whole picture', () => {
  test('calls who reads what changed, and nobody else', () => {
    const { store, follow } = open(at(5, web, db));
    const [ofWeb, ofDb, stacks, summary] = [
      follow('service:service-1'),
      follow('service:service-2'),
      follow('stacks'),
      follow('summary'),
    ];
    expect(store.take(replica(5, { status: 'failing' }))).toBe('advanced');
    expect(ofWeb).toHaveBeenCalledOnce();
    expect(summary).toHaveBeenCalledOnce();
    expect(ofDb).not.toHaveBeenCalled();
    expect(stacks, 'it is the same as before').not.toHaveBeenCalled();
    expect(store.read('service:service-1')).toMatchObject({ replicas: [{ status: 'failing' }] });
    expect(store.position()).toEqual({ epoch: 'e1', revision: 6 });
  });

  test('says that a service is gone, once', () => {
    const { store, follow } = open(at(5, web, db));
    const ofDb = follow('service:service-2');
    const gone: Message = {
      kind: 'changes',
      from: 5,
      to: 6,
      atMs: 1,
      changes: [{ kind: 'service-gone', serviceId: 'service-2' }],
    };
    store.take(gone);
    store.take(gone);
    expect(ofDb).toHaveBeenCalledOnce();
    expect(store.read('service:service-2')).toBeUndefined();
  });

  test('a snapshot that says the same calls nobody, and keeps every object', () => {
    const { store, follow } = open(at(5, web, db));
    const calls = [follow('service:service-1'), follow('nodes'), follow('swarm'), follow('problems')];
    const before = store.read('service:service-1');
    store.take(snapshot(structuredClone(at(9, web, db))));
    for (const call of calls) expect(call).not.toHaveBeenCalled();
    expect(store.read('service:service-1')).toBe(before);
    expect(store.position().revision).toBe(9);
  });

  test('a large snapshot is shown in portions, so that the browser can answer its user in between', async () => {
    const many = Array.from({ length: 100 }, (_, i) =>
      buildServicePicture({ id: `s${i}`, name: `s${i}`, replicas: [] }),
    );
    const { store, follow, clock } = open(at(5));
    const calls = many.map(({ id }) => follow(`service:${id}`));
    store.take(snapshot(at(6, ...many)));
    const called = () => calls.filter((call) => call.mock.calls.length > 0).length;
    expect(called()).toBe(40);
    await clock.advance(0);
    expect(called()).toBe(100);
  });

  test('the first of a burst of changes is shown at once, the others together, soon', async () => {
    const { store, follow, clock } = open(at(5, web, db));
    const ofWeb = follow('service:service-1');
    for (let revision = 5; revision < 25; revision += 1)
      store.take(replica(revision, { status: 'failing', sinceMs: revision }));
    expect(ofWeb).toHaveBeenCalledOnce();
    await clock.advance(16);
    expect(ofWeb).toHaveBeenCalledTimes(2);
    expect(store.read('service:service-1')).toMatchObject({ replicas: [{ sinceMs: 24 }] });
    await clock.advance(1_000);
    expect(ofWeb).toHaveBeenCalledTimes(2);
    expect(clock.pendingTimers()).toBe(0);
  });

  test('renders first what the server rendered, also where that happens late', () => {
    const { store } = open(at(5, web));
    store.take(replica(5, { status: 'failing' }));
    expect(store.readFirst('service:service-1')).toBe(web);
    expect(store.readFirst('recentEvents')).toBeUndefined();
  });

  test('has the newest events once the stream has sent some', () => {
    const { store, follow } = open(at(5, web));
    expect(store.read('recentEvents')).toBeUndefined();
    const onEvents = follow('recentEvents');
    const event = buildSwarmEvent();
    store.take({ kind: 'events', atMs: 1, before: null, events: [event] });
    expect(onEvents).toHaveBeenCalledOnce();
    expect(store.read('recentEvents')).toEqual([event]);
  });

  test('has which incidents last once the stream has said it', () => {
    const { store, follow } = open(at(5, web));
    expect(store.read('openIncidents')).toBeNull();
    const onIncidents = follow('openIncidents');
    store.take({ kind: 'incidents', atMs: 2, lines: [], total: 3 });
    expect(onIncidents).toHaveBeenCalledOnce();
    expect(store.read('openIncidents')).toEqual({ lines: [], total: 3 });
  });

  test('what was missed is a gap, and changes nothing', () => {
    const { store } = open(at(5, web));
    expect(store.take(replica(7, { status: 'failed' }))).toBe('gap');
    expect(store.read('service:service-1')).toBe(web);
  });
});

describe('a page of one service', () => {
  const here = (revision: number, epoch = 'e1') => ({ epoch, revision });

  test('keeps that service true without the swarm', () => {
    const { store } = open(null);
    expect(store.follow(here(5), web, true)).toBeNull();
    expect(store.readFirst('service:service-1')).toBe(web);
    store.take(replica(5, { status: 'failing' }));
    store.take(replica(6, { status: 'failed' }, 'service-2'));
    expect(store.read('service:service-1')).toMatchObject({ replicas: [{ status: 'failing' }] });
    expect(store.read('service:service-2')).toBeUndefined();
    expect(store.isPart()).toBe(true);
  });

  test('rendered before what the stream has sent, it has to get what came since', () => {
    const { store } = open(null);
    store.take(replica(5, {}, 'service-9'));
    expect(store.follow(here(4), web, true)).toBe('follow');
    expect(store.position().revision).toBe(4);
    expect(store.follow(here(4, 'e0'), web, true), 'of another life of the server').toBe('ask');
  });

  test('a page of one replica, then of the whole service, then of another replica: none is lost', () => {
    const { store } = open(null);
    const two = buildReplica({ key: '2', slot: 2 });
    const three = buildReplica({ key: '3', slot: 3 });
    const replicas = () => (store.read('service:service-1') as ServicePicture).replicas.map(({ key }) => key);
    store.follow(here(5), { ...web, replicas: [two] }, false);
    expect(replicas()).toEqual(['2']);
    store.follow(here(5), { ...web, replicas: [...web.replicas, two, three] }, true);
    store.follow(here(5), { ...web, replicas: [three] }, false);
    expect(replicas()).toEqual(['1', '2', '3']);
  });

  test('opens the overview: from then on all is followed', () => {
    const { store } = open(null);
    store.follow(here(5), web, true);
    store.take(replica(5, {}, 'service-9'));
    expect(store.begin('e1', at(5, web, db))).toBe('follow');
    expect(store.isPart()).toBe(false);
    store.take(replica(5, { status: 'failed' }, 'service-2'));
    expect(store.read('service:service-2')).toMatchObject({ replicas: [{ status: 'failed' }] });
    expect(store.begin('e1', at(1)), 'an older page from the browser’s memory').toBeNull();
    expect(store.read('services')).toHaveLength(2);
  });
});
