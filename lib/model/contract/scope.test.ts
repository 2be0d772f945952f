import { expect, test } from 'vitest';
import {
  findHighestRole,
  findRole,
  findSwarmRole,
  isWhole,
  NOTHING,
  type Right,
  type Scope,
  toScopeKey,
  toSwarmScope,
  toWallScope,
  WHOLE,
} from './scope.ts';

const scope = (...rights: Right[]): Scope => ({ isWall: false, rights });
const viewer: Right = { role: 'viewer', stacks: null };
const ofShop: Right = { role: 'operator', stacks: ['shop*'] };

test.each<[string, Scope, string | null, string | null]>([
  ['an admin sees any service', WHOLE, 'shop', 'admin'],
  ['an admin sees one of no stack', WHOLE, null, 'admin'],
  ['whose groups have no grant sees nothing', NOTHING, 'shop', null],
  ['a viewer of the swarm', scope(viewer), 'ml', 'viewer'],
  ['an operator of stacks by a pattern', scope(ofShop), 'shop-eu', 'operator'],
  ['the pattern fits the name without more', scope(ofShop), 'shop', 'operator'],
  ['another stack is not there', scope(ofShop), 'workshop', null],
  ['nor is a service of no stack', scope(ofShop), null, null],
  ['of two groups the higher role holds in its stacks', scope(viewer, ofShop), 'shop', 'operator'],
  ['and the lower one elsewhere', scope(viewer, ofShop), 'ml', 'viewer'],
  ['an empty list of stacks opens none', scope({ role: 'operator', stacks: [] }), 'shop', null],
  ['a name is not a part of another', scope({ role: 'viewer', stacks: ['shop'] }), 'shop-eu', null],
  ['nor another case of it', scope({ role: 'viewer', stacks: ['shop'] }), 'Shop', null],
  ['parts in their order', scope({ role: 'viewer', stacks: ['a*b*c'] }), 'a-b-c', 'viewer'],
  ['not in another', scope({ role: 'viewer', stacks: ['a*b*c'] }), 'a-c-b', null],
  ['no character counts twice', scope({ role: 'viewer', stacks: ['ab*ba'] }), 'aba', null],
  [
    'what means something elsewhere is a character',
    scope({ role: 'viewer', stacks: ['s.op'] }),
    'shop',
    null,
  ],
  ['all stacks are not the services of none', scope({ role: 'viewer', stacks: ['*'] }), null, null],
  ['a screen', toWallScope(['shop']), 'shop', 'operator'],
])('%s', (_, one, stack, role) => {
  expect(findRole(one, stack)).toBe(role);
});

test('the swarm as a whole is for whom no stack limits, and all of it for whom nothing does', () => {
  const rows = [WHOLE, NOTHING, scope(viewer), scope(ofShop), scope(viewer, ofShop), toWallScope(null)].map(
    (one) => [findSwarmRole(one), findHighestRole(one), isWhole(one)],
  );
  expect(rows).toEqual([
    ['admin', 'admin', true],
    [null, null, false],
    ['viewer', 'viewer', false],
    [null, 'operator', false],
    ['viewer', 'operator', false],
    ['operator', 'operator', false],
  ]);
});

test.each<[string, Scope, string, ReturnType<typeof may>]>([
  ['a right for no swarm in particular is for each', scope(viewer), 'prod', ['viewer', 'viewer']],
  ['one for this swarm', scope({ ...viewer, swarm: 'prod' }), 'prod', ['viewer', 'viewer']],
  ['one for another swarm', scope({ ...viewer, swarm: 'prod' }), 'lab', [null, null]],
  ['a name is not a part of another', scope({ ...viewer, swarm: 'prod' }), 'prod-eu', [null, null]],
  ['a pattern', scope({ ...viewer, swarm: 'prod-*' }), 'prod-eu', ['viewer', 'viewer']],
  ['stacks of this swarm', scope({ ...ofShop, swarm: 'prod' }), 'prod', [null, 'operator']],
  ['stacks of another', scope({ ...ofShop, swarm: 'prod' }), 'lab', [null, null]],
  ['more in one than in all', scope(viewer, { ...ofShop, swarm: 'prod' }), 'prod', ['viewer', 'operator']],
  [
    'and elsewhere what holds in all',
    scope(viewer, { ...ofShop, swarm: 'prod' }),
    'lab',
    ['viewer', 'viewer'],
  ],
  ['a screen of one swarm', toWallScope(null, ['prod']), 'prod', ['operator', 'operator']],
  ['and of another', toWallScope(null, ['prod']), 'lab', [null, null]],
  ['a pattern is no name of a screen’s swarm', toWallScope(null, ['*']), 'prod', [null, null]],
])('%s', (_, one, swarm, expected) => {
  const own = toSwarmScope(one, swarm);
  expect(may(own)).toEqual(expected);
  expect(own.isWall).toBe(one.isWall);
  expect(own.rights.length > 0, 'and nothing is there of what they may not see').toBe(
    expected.join() !== ',',
  );
});

/** What they are of a swarm, and of its stack `shop`. */
const may = (one: Scope) => [findSwarmRole(one), findRole(one, 'shop')];

test('a right for one swarm opens none before it is said which one it is about', () => {
  const one = scope({ role: 'admin', stacks: null, swarm: '*' });
  expect([...may(one), isWhole(one)]).toEqual([null, null, false]);
  expect(findHighestRole(one), 'they may come in').toBe('admin');
  expect(isWhole(toSwarmScope(one, 'prod'))).toBe(true);
});

test('who sees the same shares what is encoded, and nobody else does', () => {
  expect(toScopeKey(scope(viewer, ofShop))).toBe(toScopeKey(scope(ofShop, viewer, viewer)));
  expect(toScopeKey(scope({ role: 'admin', stacks: ['b', 'a'] }))).toBe(
    toScopeKey(scope({ role: 'operator', stacks: ['a', 'b', 'a'] })),
  );
  const different = [
    WHOLE,
    NOTHING,
    scope(viewer),
    scope(ofShop),
    scope({ role: 'viewer', stacks: ['shop*'] }),
    scope({ role: 'operator', stacks: ['shop', '*'] }),
    toWallScope(null),
    toWallScope(['shop*']),
    scope({ ...viewer, swarm: 'prod' }),
    scope({ ...viewer, swarm: 'lab' }),
    toWallScope(null, ['prod']),
  ];
  expect(new Set(different.map(toScopeKey)).size).toBe(different.length);
});
