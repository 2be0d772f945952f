import { afterEach, describe, expect, test } from 'vitest';
import {
  buildFleet,
  buildFleetEvent,
  buildFleetProblem,
  buildFleetSwarm,
  buildSilentSwarm,
} from '#lib/testing/build-fleet.ts';
import { setBasePath } from '#lib/view/links/to-path.ts';
import { applyFleetMessage } from './apply-fleet-message.ts';
import { foldFleetEvents } from './fold-fleet-events.ts';
import { toFleetEventHref, toFleetProblemHref, toSameKind } from './to-fleet-href.ts';

afterEach(() => setBasePath(''));

describe('links into a swarm', () => {
  test.each([
    ['', ''],
    ['/tools', '/tools'],
  ])('below "%s"', (base, before) => {
    setBasePath(base);
    expect(toFleetProblemHref('prod', buildFleetProblem({ name: 'a b' }))).toBe(
      `${before}/swarms/prod/services/a%20b`,
    );
    expect(toFleetProblemHref('prod', buildFleetProblem({ kind: 'node', id: 'node:n1' }))).toBe(
      `${before}/swarms/prod/nodes/n1`,
    );
    expect(toFleetProblemHref('prod', buildFleetProblem({ kind: 'swarm', id: 'swarm:silent' }))).toBe(
      `${before}/swarms/prod`,
    );
    expect(toFleetEventHref(buildFleetEvent('prod'))).toBe(`${before}/swarms/prod/services/web/1`);
    const ofNode = buildFleetEvent('prod', { serviceName: null, replicaKey: null, hostname: 'docker01' });
    expect(toFleetEventHref(ofNode)).toBe(`${before}/swarms/prod/nodes/docker01`);
    expect(toFleetEventHref({ ...ofNode, hostname: null })).toBe(`${before}/swarms/prod/events`);
  });

  test.each([
    ['/', '/'],
    ['/services/web/1', '/'],
    ['/nodes', '/nodes'],
    ['/nodes/docker01', '/nodes'],
    ['/incidents/c-1', '/incidents'],
    ['/matrix?rows=all', '/matrix'],
    ['/wall', '/wall'],
    ['/anything', '/'],
  ])('the switcher leads from %s to %s of another swarm', (from, to) => {
    expect(toSameKind(from)).toBe(to);
  });
});

describe('the stream of all swarms', () => {
  const first = buildFleet([buildFleetSwarm('a'), buildFleetSwarm('b')], [buildFleetEvent('a', { id: 1 })]);

  test('a swarm takes the place of what was known of it, a new one is there, one that went is not', () => {
    const silent = buildSilentSwarm('b');
    const changed = applyFleetMessage(first, { kind: 'swarm', atMs: 2, revision: 2, swarm: silent });
    expect(changed).toMatchObject({ atMs: 2, revision: 2 });
    expect(changed.swarms).toEqual([first.swarms[0], silent]);
    const added = applyFleetMessage(changed, {
      kind: 'swarm',
      atMs: 3,
      revision: 3,
      swarm: buildFleetSwarm('c'),
    });
    expect(added.swarms.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    const gone = applyFleetMessage(added, { kind: 'swarm-gone', atMs: 4, revision: 4, name: 'a' });
    expect(gone.swarms.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(applyFleetMessage(gone, { kind: 'fleet', fleet: first })).toBe(first);
  });

  test('events come once each, whatever ids other swarms have, the newest first and no more than forty', () => {
    const events = [buildFleetEvent('a', { id: 1 }), buildFleetEvent('b', { id: 1, atMs: 30_000 })];
    const next = applyFleetMessage(first, { kind: 'events', atMs: 5, events });
    expect(next.events.map(({ swarm, id }) => `${swarm} ${id}`)).toEqual(['b 1', 'a 1']);
    const many = Array.from({ length: 60 }, (_, at) =>
      buildFleetEvent('b', { id: at + 2, atMs: 40_000 + at }),
    );
    const full = applyFleetMessage(next, { kind: 'events', atMs: 6, events: many });
    expect(full.events).toHaveLength(40);
    expect(full.events[0]?.atMs).toBe(40_059);
  });

  test('what repeats in one swarm is told once; the same of two swarms is told of both', () => {
    const events = [
      buildFleetEvent('a', { id: 3, atMs: 30_000 }),
      buildFleetEvent('b', { id: 3, atMs: 25_000 }),
      buildFleetEvent('a', { id: 2, atMs: 20_000 }),
    ];
    expect(foldFleetEvents(events).map(({ swarm, others }) => [swarm, others])).toEqual([
      ['a', 1],
      ['b', 0],
    ]);
  });
});
