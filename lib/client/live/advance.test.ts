import { expect, test } from 'vitest';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';
import { advance, type StreamCursor } from './advance.ts';

const picture = {
  version: 1,
  demo: false,
  name: 'swarm',
  verdict: 'healthy',
  sentence: '',
  quorum: { state: 'unknown', managers: 0, reachable: 0, needed: 1, sentence: '' },
  ready: true,
  sources: [],
  problems: 0,
  findings: [],
  revision: 5,
  atMs: 100,
  nodes: [],
  services: [],
} satisfies SwarmPicture;
const cursor: StreamCursor = { epoch: 'e1', picture, isPart: false, events: [], incidents: null };
const changes = (from: number, to: number): Message => ({
  kind: 'changes',
  from,
  to,
  atMs: 200,
  changes: [
    {
      kind: 'swarm',
      swarm: {
        version: 1,
        demo: false,
        name: 'new',
        verdict: 'down',
        sentence: '',
        quorum: picture.quorum,
        ready: true,
        problems: 0,
        findings: [],
      },
    },
  ],
});

test('a snapshot is a new start', () => {
  const message: Message = { kind: 'snapshot', wire: WIRE_VERSION, build: 'b2', epoch: 'e2', picture };
  const next = advance(cursor, message);
  expect(next).toEqual({ kind: 'advanced', cursor: { ...cursor, epoch: 'e2' } });
});

test.each([
  [changes(5, 6), 6],
  [changes(4, 6), 6],
])('changes from here or before are applied', (message, revision) => {
  const next = advance(cursor, message);
  expect(next).toMatchObject({
    kind: 'advanced',
    cursor: { epoch: 'e1', picture: { revision, name: 'new', atMs: 200 } },
  });
});

test.each([
  ['changes known already', changes(3, 5), 'unchanged'],
  ['changes from beyond', changes(6, 7), 'gap'],
  ['a beat in step', { kind: 'beat', atMs: 1, seenAtMs: 1, revision: 5 } as Message, 'unchanged'],
  ['a beat from behind', { kind: 'beat', atMs: 1, seenAtMs: 1, revision: 4 } as Message, 'unchanged'],
  ['a beat from beyond', { kind: 'beat', atMs: 1, seenAtMs: 1, revision: 6 } as Message, 'gap'],
])('%s', (_name, message, kind) => expect(advance(cursor, message)).toEqual({ kind }));

test('events are kept beside the picture, over a new snapshot too', () => {
  const event = buildSwarmEvent();
  const result = advance(cursor, { kind: 'events', atMs: 1, before: null, events: [event] });
  if (result.kind !== 'advanced') return expect.unreachable();
  expect(result.cursor).toEqual({ ...cursor, events: [event] });
  const again: Message = { kind: 'snapshot', wire: WIRE_VERSION, build: 'b2', epoch: 'e2', picture };
  expect(advance(result.cursor, again)).toMatchObject({ cursor: { epoch: 'e2', events: [event] } });
});

test('a page that shows one service follows that one, and the swarm as a whole', () => {
  const [web, db] = [buildServicePicture(), buildServicePicture({ id: 'service-2', name: 'db' })];
  const part: StreamCursor = { ...cursor, isPart: true, picture: { ...picture, services: [web] } };
  const { replicas: _replicas, ...head } = db;
  const next = advance(part, {
    kind: 'changes',
    from: 5,
    to: 6,
    atMs: 200,
    changes: [
      { kind: 'service', service: head },
      { kind: 'replica', serviceId: 'service-2', replica: buildReplica() },
      { kind: 'node', node: buildNodePicture() },
      { kind: 'replica', serviceId: 'service-1', replica: buildReplica({ status: 'failing' }) },
    ],
  });
  if (next.kind !== 'advanced') return expect.unreachable();
  expect(next.cursor.picture).toMatchObject({ revision: 6, nodes: [] });
  expect(next.cursor.picture.services.map(({ name, replicas }) => [name, replicas[0]?.status])).toEqual([
    ['web', 'failing'],
  ]);
});
