import { describe, expect, test } from 'vitest';
import { buildEvent } from '#lib/testing/build-event.ts';
import { compareEvents, findOlderFrom, joinEvents, joinMissed, nameEventSubject } from './event.ts';

test.each([
  ['web.1', {}],
  ['web', { replicaKey: null }],
  ['web', { replicaKey: '7pqx4ubm2zq1kq3tk2v4yz0ab' }],
  [null, { serviceName: null, replicaKey: null }],
])('%s', (name, overrides) => expect(nameEventSubject(buildEvent(overrides))).toBe(name));

test('what was reported late stands where it happened', () => {
  const events = [
    buildEvent({ id: 30, atMs: 30 }),
    buildEvent({ id: 20, atMs: 5 }),
    buildEvent({ id: 10, atMs: 10 }),
  ];
  expect(events.toSorted(compareEvents).map(({ id }) => id)).toEqual([30, 10, 20]);
});

describe('joinEvents', () => {
  const list = (...ids: number[]) => ids.map((id) => buildEvent({ id }));
  test.each([
    ['newer ones', [3, 2], [5, 4, 3], [5, 4, 3, 2]],
    ['older ones', [3, 2], [1], [3, 2, 1]],
    ['none yet', [], [2, 1], [2, 1]],
    ['out of order', [4, 1], [3, 2], [4, 3, 2, 1]],
  ])('%s', (_, events, more, expected) => {
    expect(joinEvents(list(...events), list(...more)).map(({ id }) => id)).toEqual(expected);
  });
  test('nothing new: the same list, so nothing is drawn anew', () => {
    const events = list(2, 1);
    expect(joinEvents(events, list(1, 2))).toBe(events);
  });
});

describe('after a cut, what is shown', () => {
  const page = (more: boolean, ...ids: number[]) => ({
    events: ids.map((id) => buildEvent({ id, atMs: id })),
    more,
  });
  test.each([
    [
      'goes on where all that was missed came',
      page(false, 3, 2),
      page(true, 5, 4, 3),
      page(false, 5, 4, 3, 2),
    ],
    ['has all there are', page(true, 3, 2), page(false, 5, 4, 3, 2, 1), page(true, 5, 4, 3, 2, 1)],
    [
      'begins anew where more was missed, which can be asked for',
      page(false, 2, 1),
      page(true, 9, 8),
      page(true, 9, 8),
    ],
    ['of a list that was empty can be asked for', page(false), page(true, 9, 8), page(true, 9, 8)],
  ])('%s', (_, before, answer, after) => {
    expect(joinMissed(before, answer)).toEqual(after);
  });
  test('of which few are theirs goes on where it was looked as far as what is known, and older ones are asked for from there', () => {
    const [known, missed] = [page(true, 3), page(true, 9)];
    const lookedTo = { id: 2, atMs: missed.events[0]?.atMs ?? 0 };
    const far = { ...missed, lookedTo: { ...lookedTo, atMs: known.events[0]?.atMs ?? 0 } };
    expect(joinMissed(known, far)).toEqual(page(true, 9, 3));
    const near = { ...missed, lookedTo };
    expect(joinMissed(known, near)).toEqual(near);
    expect([findOlderFrom(known)?.id, findOlderFrom(near)?.id]).toEqual([3, 2]);
  });
});
