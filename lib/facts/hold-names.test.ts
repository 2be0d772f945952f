import { expect, test } from 'vitest';
import { buildNode } from '#lib/testing/build-node.ts';
import { type HeldName, holdNames } from './hold-names.ts';

const nodes = (name: string, engineVersion = '24.0.6') => [
  buildNode({ id: 'a', hostname: 'pi03', engineVersion: '23.0.1' }),
  buildNode({ id: 'b', hostname: name, engineVersion }),
];

function setUp() {
  const held = new Map<string, HeldName>();
  let known = new Map(nodes('d12c').map((node) => [node.id, node]));
  return {
    list(name: string, version?: string) {
      const now = holdNames(held, known, nodes(name, version));
      known = new Map(now.map((node) => [node.id, node]));
      const { hostname, engineVersion, listedAs } = known.get('b') ?? {};
      return { hostname, engineVersion, listedAs };
    },
  };
}

test('a node that is listed as another one and as itself in turn keeps its name, and that is said', () => {
  const { list } = setUp();
  const flipping = { hostname: 'd12c', engineVersion: '24.0.6', listedAs: 'pi03' };
  for (let turns = 0; turns < 40; turns += 1) {
    expect(list('pi03', '23.0.1')).toEqual(flipping);
    expect(list('d12c')).toEqual(flipping);
  }
});

test('it is said no more once it is long ago', () => {
  const { list } = setUp();
  list('pi03');
  for (let turns = 0; turns < 61; turns += 1) list('d12c');
  expect(list('d12c').listedAs).toBeNull();
});

test('a node that is called something new is called that at once', () => {
  expect(setUp().list('d13')).toMatchObject({ hostname: 'd13', listedAs: null });
});

test('a node that has another one’s name for good is called that', () => {
  const { list } = setUp();
  for (let turns = 0; turns < 60; turns += 1) list('pi03');
  expect(list('pi03')).toMatchObject({ hostname: 'pi03', listedAs: null });
});

test('a node that joins again under its name is listed without one first, and then called it at once', () => {
  const gone = buildNode({ id: 'gone', hostname: 'docker03', status: 'down' });
  const joining = buildNode({ id: 'new', hostname: 'new', engineVersion: null });
  const known = new Map([gone, joining].map((node) => [node.id, node]));
  const joined = buildNode({ id: 'new', hostname: 'docker03' });
  expect(holdNames(new Map(), known, [gone, joined])).toEqual([gone, joined]);
});

test('ten thousand nodes that are all called something else, list after list, hold nobody up', () => {
  const COUNT = 10_000;
  const listAs = (shift: number) =>
    Array.from({ length: COUNT }, (_, index) =>
      buildNode({ id: `n${index}`, hostname: `h${(index + shift) % COUNT}` }),
    );
  const held = new Map<string, HeldName>();
  const known = new Map(listAs(0).map((node) => [node.id, node]));
  const beganMs = performance.now();
  for (const shift of [5_000, 2_500, 7_500]) holdNames(held, known, listAs(shift));
  // A guard against a walk over all for each, which took 11 s a list.
  expect(performance.now() - beganMs).toBeLessThan(5_000);
});
