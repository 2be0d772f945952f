import { expect, test } from 'vitest';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { type HeldWall, holdWall, NO_HELD, TURN_MS } from './hold-problems.ts';
import { toWallContent } from './to-wall-content.ts';
import { DEFAULT_WALL } from './wall-options.ts';

const NAMES = ['a', 'b', 'c', 'd'];

/** Four services, with these verdicts where they are not healthy. */
function look(verdicts: Partial<Record<string, Verdict>>, nodes: NodePicture[] = []) {
  const services = NAMES.map((name) =>
    buildServicePicture({ id: name, name, verdict: verdicts[name] ?? 'healthy', sinceMs: 1 }),
  );
  return toWallContent({ services, nodes, findings: [] }, DEFAULT_WALL);
}

function read({ problems, rest }: HeldWall): string {
  const shown = problems.map((one) =>
    one.kind === 'service' ? `${one.name} ${one.service.verdict}` : one.name,
  );
  return `${shown.join(', ')} | ${rest.map(({ name }) => name).join(' ')}`;
}

const JUST_NOW = TURN_MS / 2;
const FIRST = holdWall(NO_HELD, look({ a: 'degraded', b: 'failing' }), 0);
const DOWN = buildNodePicture({ id: 'n', hostname: 'node-1', status: 'down' });

test.each<[string, ReturnType<typeof look>, number, string]>([
  ['nothing changed', look({ a: 'degraded', b: 'failing' }), JUST_NOW, 'a degraded, b failing | c d'],
  ['what is wrong gets worse', look({ a: 'degraded', b: 'down' }), JUST_NOW, 'a degraded, b down | c d'],
  ['one is well again', look({ b: 'failing' }), JUST_NOW, 'a healthy, b failing | c d'],
  [
    'another begins while one is well again',
    look({ b: 'failing', c: 'pending' }),
    JUST_NOW,
    'c pending, b failing | a d',
  ],
  [
    'one more of the same kind begins',
    look({ a: 'degraded', b: 'failing', d: 'failing' }),
    JUST_NOW,
    'a degraded, b failing | c d',
  ],
  [
    'what is worse than all begins',
    look({ a: 'degraded', b: 'failing', d: 'down' }),
    JUST_NOW,
    'd down, a degraded, b failing | c',
  ],
  [
    'a node is lost',
    look({ a: 'degraded', b: 'failing' }, [DOWN]),
    JUST_NOW,
    'node-1, a degraded, b failing | c d',
  ],
  ['all is well', look({}), JUST_NOW, ' | a b c d'],
  [
    'one more of the same kind began a while ago',
    look({ a: 'degraded', b: 'failing', d: 'failing' }),
    TURN_MS,
    'a degraded, b failing, d failing | c',
  ],
  ['one was well again a while ago', look({ b: 'failing' }), TURN_MS, 'b failing | a c d'],
])('just after the places were given: %s', (_, content, nowMs, expected) => {
  expect(read(holdWall(FIRST, content, nowMs))).toBe(expected);
});

test('after a calm time a first problem has its place at once', () => {
  const calm = holdWall(NO_HELD, look({}), 0);
  expect(read(holdWall(calm, look({ c: 'failing' }), 1))).toBe('c failing | a b d');
});
