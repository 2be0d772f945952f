import { expect, test } from 'vitest';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { encodeMessage, parseEventId } from './encode-message.ts';
import { encodePicture, joinPieces } from './encode-picture.ts';
import { WIRE_VERSION } from './message.ts';
import { parseMessage } from './parse-message.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('a batch of changes is one event that carries the id to resume from', () => {
  const frame = text(
    encodeMessage(
      { kind: 'changes', from: 6, to: 7, atMs: 5, changes: [{ kind: 'node-gone', nodeId: 'a\nb' }] },
      'e1',
    ),
  );
  expect(frame).toBe(
    'event: changes\nid: e1-7\ndata: {"kind":"changes","from":6,"to":7,"atMs":5,"changes":[{"kind":"node-gone","nodeId":"a\\nb"}]}\n\n',
  );
  expect(parseEventId('e1-7')).toEqual({ epoch: 'e1', revision: 7 });
});

test('a snapshot is written service by service, and says the same', () => {
  const services = [buildServicePicture(), buildServicePicture({ id: '2', name: 'größer\n' })];
  for (const picture of [buildSwarmPicture({ services }), buildSwarmPicture({ services: [] })]) {
    const message = { kind: 'snapshot', wire: WIRE_VERSION, build: 'b', epoch: 'e1', picture } as const;
    const [head, id, data] = text(encodeMessage(message, 'e1')).split('\n');
    expect([head, id]).toEqual(['event: snapshot', `id: e1-${picture.revision}`]);
    expect(JSON.parse((data ?? '').slice('data: '.length))).toEqual(JSON.parse(JSON.stringify(message)));
    const whole = text(joinPieces([...encodePicture(picture)]));
    expect(JSON.parse(whole)).toEqual(JSON.parse(JSON.stringify(picture)));
  }
});

test('a beat has no id: resuming after it goes on from the last change', () => {
  expect(text(encodeMessage({ kind: 'beat', atMs: 5, seenAtMs: 5, revision: 7 }, 'e1'))).toBe(
    'event: beat\ndata: {"kind":"beat","atMs":5,"seenAtMs":5,"revision":7}\n\n',
  );
});

test.each([null, '', 'x', 'e1', '-5', 'e1-', 'e1-1-2', 'e1-99999999999999999', '../-1'])(
  'id %j is not one of ours',
  (id) => {
    expect(parseEventId(id)).toBeNull();
  },
);

test.each([
  [
    'beat',
    '{"kind":"beat","atMs":1,"seenAtMs":1,"revision":2}',
    { kind: 'beat', atMs: 1, seenAtMs: 1, revision: 2 },
  ],
  ['changes', '{"kind":"beat","atMs":1,"seenAtMs":1,"revision":2}', null],
  ['beat', '{"kind":', null],
  ['beat', 'null', null],
  ['other', '{"kind":"other"}', null],
])('event %s with %s', (kind, data, expected) => {
  expect(parseMessage(kind, data)).toEqual(expected);
});
