import { expect, test } from 'vitest';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';
import { createFrameLog } from './create-frame-log.ts';

const at = (revision: number, epoch = 'e1') => ({ epoch, revision });
const snapshot = (revision: number): Message => ({
  kind: 'snapshot',
  wire: WIRE_VERSION,
  build: 'b',
  epoch: 'e1',
  picture: buildSwarmPicture({ revision }),
});
const changes = (from: number, to: number): Message => ({
  kind: 'changes',
  from,
  to,
  atMs: 1,
  changes: [{ kind: 'service-gone', serviceId: 'service-1' }],
});
const beat = (revision: number): Message => ({ kind: 'beat', atMs: 1, seenAtMs: 1, revision });

test('a page that was drawn with a revision goes on from there, and so does the next one', () => {
  const log = createFrameLog(at(5));
  expect(log.take(beat(5))).toBe(true);
  expect(log.take(changes(5, 6))).toBe(true);
  expect(log.take(changes(6, 7))).toBe(true);
  expect(log.position()).toEqual(at(7));
  expect(log.since(at(5))).toEqual([changes(5, 6), changes(6, 7)]);
  expect(log.since(at(6))).toEqual([changes(6, 7)]);
  expect(log.since(at(7))).toEqual([]);
  // Drawn by the server after what has come so far.
  expect(log.since(at(9))).toEqual([]);
});

test.each([
  ['that knows nothing', null],
  ['that is too old', at(4)],
  ['of another life of the server', at(6, 'e0')],
])('a reader %s needs the whole picture, which the server has to send', (_what, reader) => {
  const log = createFrameLog(at(5));
  log.take(changes(5, 6));
  expect(log.since(reader)).toBeNull();
  log.take(snapshot(8));
  log.take(changes(8, 9));
  expect(log.since(reader)).toBeNull();
  expect(log.since(at(8))).toEqual([changes(8, 9)]);
});

test('without a start everything but a snapshot is a gap, and who joins waits for it', () => {
  const log = createFrameLog(null);
  expect(log.take(beat(1))).toBe(false);
  expect(log.take(changes(0, 1))).toBe(false);
  expect(log.since(at(1))).toEqual([]);
  expect(log.take(snapshot(3))).toBe(true);
  expect(log.position()).toEqual(at(3));
});

test.each([
  ['changes known already', changes(3, 5), true],
  ['changes from beyond', changes(6, 7), false],
  ['a beat from behind', beat(4), true],
  ['a beat from beyond', beat(6), false],
])('%s', (_what, message, whole) => {
  const log = createFrameLog(at(5));
  expect(log.take(message)).toBe(whole);
  expect(log.position()).toEqual(at(5));
});

test('what happened is sent to who joins, whatever it stands at', () => {
  const log = createFrameLog(at(5));
  const event = { id: 3, atMs: 1, kind: 'leader-changed' } as unknown as SwarmEvent;
  expect(log.take({ kind: 'events', atMs: 9, before: null, events: [event] })).toBe(true);
  expect(log.since(at(5))).toEqual([{ kind: 'events', atMs: 9, before: null, events: [event] }]);
});

test('which incidents last is sent to who joins, as it was said last', () => {
  const log = createFrameLog(at(5));
  const open = (total: number): Message => ({ kind: 'incidents', atMs: 1, lines: [], total });
  expect(log.take(open(1))).toBe(true);
  expect(log.take(open(2))).toBe(true);
  log.take(changes(5, 6));
  expect(log.since(at(5))).toEqual([changes(5, 6), open(2)]);
  expect(log.since(at(6))).toEqual([open(2)]);
});
