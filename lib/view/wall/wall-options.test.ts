import {
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  option,
  property,
  record,
  string,
  uniqueArray,
} from 'fast-check';
import { expect, test } from 'vitest';
import {
  DEFAULT_WALL,
  formatWallOptions,
  parseWallOptions,
  WALL_DENSITIES,
  WALL_THEMES,
  WALL_VIEWS,
} from './wall-options.ts';

const parse = (query: string) => parseWallOptions(new URLSearchParams(query));

test.each([
  ['', {}],
  ['stacks=shop,ml', { stacks: ['shop', 'ml'] }],
  ['stacks=shop&stacks=ml', { stacks: ['shop', 'ml'] }],
  ['services=shop_*, auth', { services: ['shop_*', 'auth'] }],
  ['nodes=docker01', { nodes: ['docker01'] }],
  ['title=Shop+floor', { title: 'Shop floor' }],
  [
    'theme=dark&density=roomy&views=stacks,nodes&every=60',
    { theme: 'dark', density: 'roomy', views: ['stacks', 'nodes'], everyS: 60 },
  ],
  ['sound=1&dim=22-7', { sound: true, dim: { fromHour: 22, untilHour: 7 } }],
])('%s', (query, expected) => {
  expect(parse(query)).toEqual({ options: { ...DEFAULT_WALL, ...expected }, problems: [] });
});

test.each([
  'theme=pink',
  'density=huge',
  'every=1',
  'every=x',
  'dim=25-7',
  'dim=night',
  'dim=7-7',
  'sound=yes',
  'views=all',
])('%s is not understood: it is said, and the default holds', (query) => {
  const { options, problems } = parse(query);
  expect(options).toEqual(DEFAULT_WALL);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('is not understood');
});

test('what the panel writes is read as it was meant', () => {
  const name = string({ minLength: 1, maxLength: 20 }).filter(
    (text) => text.trim() === text && !text.includes(','),
  );
  const names = uniqueArray(name, { maxLength: 4 });
  const hour = integer({ min: 0, max: 23 });
  const options = record({
    stacks: names,
    services: names,
    nodes: names,
    title: string({ maxLength: 40 }).map((text) => text.trim()),
    theme: constantFrom(...WALL_THEMES),
    density: constantFrom(...WALL_DENSITIES),
    views: uniqueArray(constantFrom(...WALL_VIEWS), { minLength: 1 }),
    everyS: integer({ min: 5, max: 3600 }),
    sound: boolean(),
    dim: option(
      array(hour, { minLength: 2, maxLength: 2 })
        .filter(([a, b]) => a !== b)
        .map(([fromHour = 0, untilHour = 1]) => ({ fromHour, untilHour })),
    ),
  });
  assert(
    property(options, (some) => {
      expect(parse(formatWallOptions(some))).toEqual({ options: some, problems: [] });
    }),
  );
});
