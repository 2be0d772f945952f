import { expect, test } from 'vitest';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { mergeEvents } from './merge-events.ts';

const events = (...ids: number[]) => ids.map((id) => buildSwarmEvent({ id }));
const ids = (list: { id: number }[]) => list.map(({ id }) => id);

test.each([
  ['the first ones', [], 4, [6, 5], [6, 5]],
  ['a new one goes on top', [6, 5], 6, [7], [7, 6, 5]],
  ['what is known already counts once', [6, 5], 4, [6, 5], [6, 5]],
  ['a greeting that overlaps closes the ranks', [6, 5, 4], 4, [8, 7, 6, 5], [8, 7, 6, 5, 4]],
  ['a greeting that follows at once, too', [6, 5], 6, [8, 7], [8, 7, 6, 5]],
  ['with some missed in between, the old ones go', [6, 5], 8, [10, 9], [10, 9]],
  ['a server that knows of none before', [6, 5], null, [9], [9, 6, 5]],
])('%s', (_title, known, before, incoming, expected) => {
  expect(ids(mergeEvents(events(...known), { before, events: events(...incoming) }))).toEqual(expected);
});
