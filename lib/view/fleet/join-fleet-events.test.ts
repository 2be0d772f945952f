import { expect, test } from 'vitest';
import type { SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import { buildSwarmEvent } from '#lib/testing/build-swarm-event.ts';
import { joinFleetEvents } from './join-fleet-events.ts';

const event = (swarm: string, id: number, atMs: number, level: SwarmEventLevel = 'warn') => ({
  ...buildSwarmEvent({ id, atMs, level }),
  swarm,
});
const first = [event('prod', 2, 30), event('lab', 2, 20)];
const join = (streamed: ReturnType<typeof event>[], levels: SwarmEventLevel[] = []) =>
  joinFleetEvents(first, streamed, levels).map(({ swarm, id }) => `${swarm} ${id}`);

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
] as [string, ReturnType<typeof event>[], SwarmEventLevel[], string[]][])(
  '%s',
  (_, streamed, levels, shown) => {
    expect(join(streamed, levels)).toEqual(shown);
  },
);
