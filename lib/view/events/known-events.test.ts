import { expect, test } from 'vitest';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { type KnownEvents, MANY_EVENTS, MAX_WAITING, mayComeIn, takeRecent } from './known-events.ts';

const event = (id: number) => buildSwarmEvent({ id, atMs: id });
/** Newest first. */
const events = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => event(to - at));
const known = (list = events(10, 12), cut = false): KnownEvents => ({ events: list, more: false, cut });
const ids = (list: KnownEvents) => list.events.map(({ id }) => id);
const atTop = { isOpen: true, isAtEnd: false, shownFromId: 12 };

test('what comes is joined once, and what is older than all that is known makes no hole', () => {
  const after = takeRecent(known(), [event(13), event(12), event(3)], atTop);
  expect(ids(after)).toEqual([13, 12, 11, 10]);
  expect(takeRecent(after, [event(13)], atTop)).toBe(after);
});

test('when a rush is over a few that waited come in, and many wait until somebody asks for them', () => {
  expect(mayComeIn(known(events(10, 12 + MANY_EVENTS - 1)), 12)).toBe(true);
  expect(mayComeIn(known(events(10, 12 + MANY_EVENTS)), 12)).toBe(false);
  expect(mayComeIn(known(events(10, 12 + MANY_EVENTS)), 12 + MANY_EVENTS)).toBe(true);
});

test('while somebody reads further down as many wait as may, and then no more are kept', () => {
  const reading = { ...atTop, isOpen: false };
  const full = takeRecent(known(), events(13, 12 + MAX_WAITING), reading);
  expect(full.events).toHaveLength(3 + MAX_WAITING);
  const cut = takeRecent(full, [event(2_000)], reading);
  expect([cut.cut, cut.events.length]).toEqual([true, 3 + MAX_WAITING]);
  expect(takeRecent(cut, [event(2_001)], atTop)).toBe(cut);
});

test('a page that is open for weeks lets the oldest go, unless somebody looks at them', () => {
  const many = events(13, 1_200);
  const after = takeRecent(known(), many, atTop);
  expect([after.events.length, after.more, after.events[0]?.id]).toEqual([1_000, true, 1_200]);
  expect(takeRecent(known(), many, { ...atTop, isAtEnd: true }).events).toHaveLength(1_191);
});
