import { expect, test } from 'vitest';
import { encodeMessage, parseEventId } from './encode-message.ts';
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

test('a beat has no id: resuming after it goes on from the last change', () => {
  expect(text(encodeMessage({ kind: 'beat', atMs: 5, revision: 7 }, 'e1'))).toBe(
    'event: beat\ndata: {"kind":"beat","atMs":5,"revision":7}\n\n',
  );
});

test.each([null, '', 'x', 'e1', '-5', 'e1-', 'e1-1-2', 'e1-99999999999999999', '../-1'])(
  'id %j is not one of ours',
  (id) => {
    expect(parseEventId(id)).toBeNull();
  },
);

test.each([
  ['beat', '{"kind":"beat","atMs":1,"revision":2}', { kind: 'beat', atMs: 1, revision: 2 }],
  ['changes', '{"kind":"beat","atMs":1,"revision":2}', null],
  ['beat', '{"kind":', null],
  ['beat', 'null', null],
  ['other', '{"kind":"other"}', null],
])('event %s with %s', (kind, data, expected) => {
  expect(parseMessage(kind, data)).toEqual(expected);
});
