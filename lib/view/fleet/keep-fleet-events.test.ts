import { expect, test } from 'vitest';
import { type FleetPicture, MAX_FLEET_EVENTS } from '#lib/model/contract/fleet.ts';
import type { SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import { buildFleet, buildFleetSwarm, buildSilentSwarm } from '#lib/testing/build-fleet.ts';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { applyFleetMessage } from './apply-fleet-message.ts';
import { beginFleetEvents, keepFleetEvents } from './keep-fleet-events.ts';

const event = (swarm: string, id: number, atMs: number, level: SwarmEventLevel = 'warn') => ({
  ...buildSwarmEvent({ id, atMs, level }),
  swarm,
});
type Event = ReturnType<typeof event>;
const first = [event('prod', 2, 30), event('lab', 2, 20)];
const quiet: FleetPicture = { ...buildFleet([buildFleetSwarm('prod'), buildFleetSwarm('lab')]), events: [] };

/** A list that is open while the stream brings these, one batch after the other. */
function keep(batches: Event[][], levels: SwarmEventLevel[] = [], olderUntilMs: number | null = 15) {
  let fleet = quiet;
  let kept = beginFleetEvents({ events: first, olderUntilMs }, { fleet, levels });
  for (const events of batches) {
    fleet = applyFleetMessage(fleet, { kind: 'events', atMs: 1, events });
    kept = keepFleetEvents(kept, { fleet, levels });
  }
  return { ...kept, names: kept.events.map(({ swarm, id }) => `${swarm} ${id}`) };
}
const rush = (count: number, fromId: number, level: SwarmEventLevel = 'info') =>
  Array.from({ length: count }, (_, at) => event('edge', fromId + at, 100 + fromId + at, level));

test.each([
  ['what came since stands first', [event('lab', 3, 40)], [], ['lab 3', 'prod 2', 'lab 2']],
  [
    'the same is there once, and ids are each its own swarm',
    [event('prod', 2, 30), event('edge', 2, 25)],
    [],
    ['prod 2', 'edge 2', 'lab 2'],
  ],
  ['what is older than the page comes with its older ones', [event('prod', 1, 10)], [], ['prod 2', 'lab 2']],
  [
    'of another level it is not shown',
    [event('lab', 3, 40, 'info'), event('lab', 4, 50, 'bad')],
    ['bad'],
    ['lab 4', 'prod 2', 'lab 2'],
  ],
] as [string, Event[], SwarmEventLevel[], string[]][])('%s', (_, streamed, levels, shown) => {
  expect(keep([streamed], levels)).toMatchObject({ names: shown, isHole: false });
});

test('what came in stays, however much comes after it', () => {
  const batches = [[event('lab', 3, 40, 'bad')], ...[0, 20, 40, 60].map((fromId) => rush(20, fromId))];
  expect(keep(batches, ['bad'])).toMatchObject({ names: ['lab 3', 'prod 2', 'lab 2'], isHole: false });
  expect(keep(batches)).toMatchObject({ isHole: false });
  expect(keep(batches).events).toHaveLength(83);
});

test('where more came at once than is told, or while nothing was heard, it is said that some are missing', () => {
  const before = [event('lab', 3, 40)];
  expect(keep([before, rush(MAX_FLEET_EVENTS - 1, 0)]).isHole).toBe(false);
  expect(keep([before, rush(MAX_FLEET_EVENTS, 0)]).isHole).toBe(true);
  expect(keep([before, rush(MAX_FLEET_EVENTS, 0), [event('lab', 4, 500)]]).isHole, 'it stays').toBe(true);
});

test('when a swarm is heard again that was not, what happened there meanwhile may be missing', () => {
  const levels: SwarmEventLevel[] = [];
  const away = { ...quiet, swarms: [buildFleetSwarm('prod'), buildSilentSwarm('lab')] };
  const kept = beginFleetEvents({ events: first, olderUntilMs: null }, { fleet: quiet, levels });
  const whileAway = keepFleetEvents(kept, { fleet: away, levels });
  expect(whileAway.isHole).toBe(false);
  expect(keepFleetEvents(whileAway, { fleet: quiet, levels }).isHole).toBe(true);
});

test('a list that is open for long ends where older ones can be asked for', () => {
  const batches = Array.from({ length: 30 }, (_, at) => rush(20, 20 * at));
  const { events, olderUntilMs, isHole } = keep(batches, [], null);
  expect(events).toHaveLength(500);
  expect(isHole).toBe(false);
  expect(olderUntilMs).toBe((events.at(-1)?.atMs ?? 0) - 1);
});
