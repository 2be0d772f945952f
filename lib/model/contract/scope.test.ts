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
  ];
  expect(new Set(different.map(toScopeKey)).size).toBe(different.length);
});
