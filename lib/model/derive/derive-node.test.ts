import { expect, test } from 'vitest';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { english } from '#lib/testing/word-findings.ts';
import { deriveNode, type NodeFacts } from './derive-node.ts';

/** A worker that is ready and read, 20 s after epoch, in a swarm with a leader. */
const derive = (facts: Partial<NodeFacts> = {}) =>
  deriveNode({
    node: buildNode(),
    engine: buildSource(),
    hasLeader: true,
    signs: [],
    roots: [],
    ports: null,
    portReach: { nodes: 0, unreached: 0 },
    wording: english,
    previous: null,
    nowMs: 20_000,
    ...facts,
  });

test('a manager with its engine', () => {
  const node = buildNode({
    role: 'manager',
    manager: { leader: true, reachability: 'reachable', address: '10.0.0.1:2377' },
  });
  const picture = derive({ node });
  expect(picture).toMatchObject({
    leader: true,
    reachability: 'reachable',
    engine: { state: 'live', lastReadMs: 10_000 },
  });
});

test('without a leader nobody is, whoever was', () => {
  const node = buildNode({
    role: 'manager',
    manager: { leader: true, reachability: 'reachable', address: '10.0.0.1:2377' },
  });
  expect(derive({ node, hasLeader: false }).leader).toBe(false);
});

test('a worker has no reachability', () => {
  expect(derive()).toMatchObject({
    leader: false,
    reachability: null,
  });
});

test('an engine that nothing leads to says what to do, since it was first seen so', () => {
  const first = derive({ engine: null });
  expect(first.engine).toMatchObject({ state: 'unconfigured', sinceMs: 20_000, endpoint: null });
  expect(first.engine.error).toMatch(/docker stack deploy .* or set VITALS_ENGINES/);
  expect(
    derive({
      engine: null,
      previous: first,
      nowMs: 90_000,
    }),
  ).toBe(first);
});

test('nothing changed: the same object', () => {
  const first = derive();
  expect(derive({ previous: first, nowMs: 30_000 })).toBe(first);
});

test('a node without a version takes that of its engine', () => {
  const node = buildNode({ engineVersion: null });
  expect(
    derive({
      node,
      engine: buildSource({ engineVersion: '20.10.24' }),
    }).engineVersion,
  ).toBe('20.10.24');
});
