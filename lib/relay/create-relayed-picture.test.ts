import { expect, test } from 'vitest';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { applyChanges } from '#lib/model/derive/apply-changes.ts';
import { findDoubt } from '#lib/model/status/managers.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { WIRE_VERSION } from '#lib/wire/message.ts';
import { english } from '#lib/words/english.ts';
import { createRelayedPicture } from './create-relayed-picture.ts';

const NOW_MS = 1_800_000_000_000;
const said = (revision: number, replicas = [buildReplica()]): SwarmPicture => ({
  ...buildSwarmPicture({ services: [buildServicePicture({ replicas })] }),
  revision,
});
const snapshot = (picture: SwarmPicture) =>
  ({ kind: 'snapshot', wire: WIRE_VERSION, build: 'b', epoch: 'e1', picture }) as const;

function setUp(isNamed = false) {
  const now = { ms: NOW_MS };
  let viewer: SwarmPicture | null = null;
  const events: number[][] = [];
  const relayed = createRelayedPicture(
    { name: 'prod', endpoint: 'https://prod.example', isNamed },
    { nowMs: () => now.ms, wording: english },
  );
  relayed.subscribe({
    onUpdate({ from, picture, changes }) {
      viewer ??= { ...picture, services: [], nodes: [], revision: from };
      expect(from, 'each follows the one before').toBe(viewer.revision);
      viewer = { ...applyChanges(viewer, changes), revision: picture.revision };
    },
    onEvents: (news) => events.push(news.map(({ id }) => id)),
    onIncidents: () => {},
  });
  /** What somebody shows who looks on from the start, by changes alone. */
  const seen = () => viewer?.services.flatMap(({ replicas }) => replicas.map(({ status }) => status));
  return { relayed, now, seen, events, viewer: () => viewer };
}

test('before anything was heard there is no swarm, and the reason is said', () => {
  const { relayed } = setUp();
  expect(relayed.picture()).toMatchObject({ ready: false, verdict: 'unknown', name: 'prod' });
  relayed.onProblem({ kind: 'no-answer', code: 'ECONNREFUSED' });
  expect(relayed.picture()).toMatchObject({ ready: false, verdict: 'unknown' });
  expect(relayed.picture().sentence).toContain('ECONNREFUSED');
  expect(relayed.source()).toMatchObject({ isRead: false, heardAtMs: null });
});

test('what is lost is unknown since its last word, and true again with the next one', () => {
  const { relayed, now, seen } = setUp();
  relayed.onMessage(snapshot(said(7)));
  expect(seen()).toEqual(['healthy']);
  now.ms += 9_000;
  relayed.onProblem({ kind: 'silent' });
  expect(seen()).toEqual(['unknown']);
  expect(relayed.picture().services[0]).toMatchObject({ verdict: 'unknown', sinceMs: NOW_MS });
  const { revision } = relayed.picture();
  relayed.onProblem({ kind: 'silent' });
  expect(relayed.picture().revision, 'said once').toBe(revision);
  relayed.onMessage({ kind: 'beat', atMs: now.ms, seenAtMs: now.ms, revision: 7 });
  expect(seen()).toEqual(['healthy']);
  expect(relayed.picture()).toMatchObject({ verdict: 'healthy', atMs: now.ms });
});

test('a source that lives and hears nothing of its swarm confirms nothing: the picture is as old here as it is there', () => {
  const { relayed, now } = setUp();
  const behindMs = 70_000;
  const beat = (seenAtMs: number) =>
    relayed.onMessage({
      ...{ kind: 'beat', revision: 7 },
      ...{ atMs: now.ms - behindMs, seenAtMs: seenAtMs - behindMs },
    });
  relayed.onMessage(snapshot(said(7)));
  beat(NOW_MS - 60_000);
  expect(relayed.picture().atMs).toBe(NOW_MS - 60_000);
  for (let each = 0; each < 100; each += 1) {
    now.ms += 2_000;
    const replica = buildReplica({ sinceMs: each });
    const changes = [{ kind: 'replica', serviceId: buildServicePicture().id, replica } as const];
    relayed.onMessage({ kind: 'changes', from: 7, to: 7, atMs: now.ms - behindMs, changes });
    beat(NOW_MS);
  }
  expect(relayed.picture().atMs).toBe(NOW_MS);
  expect(findDoubt(relayed.picture(), now.ms)).toEqual({ kind: 'silent' });
  expect(relayed.source()).toMatchObject({ isRead: true, heardAtMs: now.ms });
  beat(now.ms);
  expect(findDoubt(relayed.picture(), now.ms)).toBeNull();
});

test('what changed while it was away comes with the first changes after it', () => {
  const { relayed, seen } = setUp();
  relayed.onMessage(snapshot(said(7, [buildReplica(), buildReplica({ key: '2', slot: 2 })])));
  relayed.onProblem({ kind: 'cut' });
  const replica = buildReplica({ status: 'failing', sentence: 'It fails.' });
  const changes = [{ kind: 'replica', serviceId: buildServicePicture().id, replica } as const];
  relayed.onMessage({ kind: 'changes', from: 7, to: 8, atMs: NOW_MS, changes });
  expect(seen()).toEqual(['failing', 'healthy']);
});

test('an answer beside the stream is no word of how the swarm is: since when it is lost stays', () => {
  const { relayed, now } = setUp();
  relayed.onMessage(snapshot(said(7)));
  now.ms += 9_000;
  relayed.onProblem({ kind: 'silent' });
  relayed.addEvents({ kind: 'events', atMs: now.ms, before: null, events: [buildSwarmEvent({ id: 1 })] });
  relayed.onProblem({ kind: 'cut' });
  expect(relayed.source().heardAtMs).toBe(NOW_MS);
  expect(relayed.picture().services[0]).toMatchObject({ verdict: 'unknown', sinceMs: NOW_MS });
});

test('a source that begins anew, with revisions from the start, is one more change to viewers', () => {
  const { relayed, seen } = setUp();
  relayed.onMessage(snapshot(said(700)));
  const { revision } = relayed.picture();
  relayed.onMessage(snapshot(said(1, [buildReplica({ status: 'starting' })])));
  expect(seen()).toEqual(['starting']);
  expect(relayed.picture().revision).toBe(revision + 1);
});

test('a name that is set here stays, whatever the source calls itself', () => {
  const { relayed, viewer } = setUp(true);
  relayed.onMessage(snapshot(said(7)));
  const { services: _, nodes: __, revision: ___, atMs: ____, sources: _____, ...swarm } = said(8);
  relayed.onMessage({
    kind: 'changes',
    from: 7,
    to: 8,
    atMs: NOW_MS,
    changes: [{ kind: 'swarm', swarm: { ...swarm, name: 'other' } }],
  });
  expect(relayed.picture().name).toBe('prod');
  expect(viewer()?.name, 'as viewers are told').toBe('prod');
});

test('news is handed on once, however often the source greets with it', () => {
  const { relayed, events } = setUp();
  const message = (...ids: number[]) =>
    ({
      kind: 'events',
      atMs: NOW_MS,
      before: null,
      events: ids.map((id) => buildSwarmEvent({ id })),
    }) as const;
  relayed.onMessage(message(3, 2, 1));
  relayed.onMessage(message(4, 3, 2));
  relayed.addEvents(message(4, 3));
  expect(events).toEqual([[3, 2, 1], [4]]);
  expect(relayed.recentEvents().map(({ id }) => id)).toEqual([4, 3, 2, 1]);
});
