import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planWall, type WallInput } from './plan-wall.ts';
import { WALL_DENSITIES, WALL_VIEWS } from './wall-options.ts';
import type { Box, WallPlan } from './wall-plan.ts';
import { WALL_SIZES } from './wall-sizes.ts';

const SCREENS = [
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
  [1080, 1920],
] as const;

const SCALES = { roomy: 1.25, normal: 1, dense: 0.75 };

function toInput(problems: number, services: number, change: Partial<WallInput> = {}): WallInput {
  return {
    screen: { widthPx: 1920, heightPx: 1080 },
    density: 'normal',
    view: 'services',
    headline: `${problems} services need attention`,
    scope: { names: 'prod', words: [], maxLines: 1 },
    answer: 'All is well',
    headCounts: problems > 0,
    counts: ['1,000 of 1,000 services', '10,000 of 10,000 replicas', '200 of 200 nodes'],
    problems: Array.from({ length: problems }, (_, index) => ({ id: `p${index}`, nameEm: 8 + (index % 20) })),
    rest: Array.from({ length: services - problems }, (_, index) => ({
      id: `s${index}`,
      stack: `stack-${Math.floor(index / 9)}`,
      isChanging: index % 17 === 0,
    })),
    ...change,
  };
}

function listBoxes({ head, foot, answer, heroes, cards, rows, rest }: WallPlan): Box[] {
  const placed = [...heroes, ...cards].map(({ box }) => box);
  const tiles =
    rest.kind === 'tiles'
      ? rest.tiles.map(({ box }) => box)
      : rest.kind === 'stacks'
        ? [...rest.chips, ...(rest.others === null ? [] : [rest.others])].map(({ box }) => box)
        : [];
  const lines = rows === null ? [] : [...rows.boxes, ...(rows.label === null ? [] : [rows.label])];
  return [head.box, foot, ...(answer === null ? [] : [answer.box]), ...placed, ...lines, ...tiles];
}

function listNamed({ heroes, cards, rows }: WallPlan): string[] {
  return [...heroes.map(({ id }) => id), ...cards.map(({ id }) => id), ...(rows?.pages.flat() ?? [])];
}

function countRest({ rest }: WallPlan): number {
  if (rest.kind === 'none') return 0;
  if (rest.kind === 'tiles') return rest.tiles.length;
  const { chips, others } = rest;
  return chips.reduce((sum, { serviceIds }) => sum + serviceIds.length, others?.serviceIds.length ?? 0);
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function expectSound(input: WallInput): WallPlan {
  const plan = planWall(input);
  const { widthPx, heightPx } = input.screen;
  const boxes = listBoxes(plan);
  for (const [index, box] of boxes.entries()) {
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(widthPx);
    expect(box.y + box.height).toBeLessThanOrEqual(heightPx);
    expect(Math.min(box.width, box.height)).toBeGreaterThan(0);
    for (const other of boxes.slice(index + 1))
      if (overlap(box, other)) expect.fail(`${JSON.stringify(box)} overlaps ${JSON.stringify(other)}`);
  }
  expect(listNamed(plan).sort()).toEqual(input.problems.map(({ id }) => id).sort());
  expect(plan.unitPx).toBeGreaterThanOrEqual((Math.min(widthPx, heightPx) / 100) * SCALES[input.density]);
  if (plan.rows !== null)
    for (const page of plan.rows.pages) expect(page.length).toBeLessThanOrEqual(plan.rows.boxes.length);
  return plan;
}

describe('at every size, from 1 to 1,000 services and from 0 to 200 problems', () => {
  for (const [widthPx, heightPx] of SCREENS)
    for (const services of [1, 2, 10, 37, 100, 1000])
      for (const problems of [0, 1, 2, 3, 4, 5, 12, 50, 200].filter((count) => count <= services))
        test(`${widthPx}x${heightPx}, ${services} services, ${problems} problems: all fits, all is named`, () => {
          const plan = expectSound(toInput(problems, services, { screen: { widthPx, heightPx } }));
          expect(countRest(plan), 'what is well is shown or counted').toBe(services - problems);
        });
});

test('any screen, density, names and view: nothing overlaps, nothing is outside, every problem is named', () => {
  assert(
    property(
      record({
        screen: record({
          widthPx: integer({ min: 320, max: 5120 }),
          heightPx: integer({ min: 320, max: 5120 }),
        }),
        density: constantFrom(...WALL_DENSITIES),
        view: constantFrom(...WALL_VIEWS.filter((view) => view !== 'matrix')),
        names: array(integer({ min: 1, max: 300 }), { maxLength: 250 }),
        services: integer({ min: 0, max: 1200 }),
        perStack: integer({ min: 1, max: 60 }),
        headline: constantFrom(
          '1 service needs attention',
          '200 services and 17 nodes need attention',
          'X'.repeat(150),
        ),
      }),
      ({ screen, density, view, names, services, perStack, headline }) => {
        const problems = names.map((nameEm, index) => ({ id: `p${index}`, nameEm }));
        const rest = Array.from({ length: services }, (_, index) => ({
          id: `s${index}`,
          stack: `stack-${Math.floor(index / perStack)}`,
          isChanging: false,
        }));
        expectSound(toInput(0, 0, { screen, density, view, problems, rest, headline, answer: headline }));
      },
    ),
    { numRuns: 150 },
  );
});

test.each([320, 321, 400])('a screen of %i pixels: one problem is lower than it likes to be', (sidePx) => {
  const screen = { widthPx: sidePx, heightPx: sidePx };
  expectSound(toInput(1, 4, { screen, density: 'roomy', headCounts: false }));
});

describe('what gives way first', () => {
  const restOf = (problems: number, services: number) => planWall(toInput(problems, services)).rest;

  test.each([
    [6, 'tiles', 'large'],
    [14, 'tiles', 'medium'],
    [40, 'tiles', 'small'],
    [300, 'stacks', 'small'],
  ])('%d healthy services are %s, %s', (services, kind, size) => {
    expect(restOf(0, services)).toMatchObject({ kind, size });
  });

  test('one problem takes the most of the screen, two share it, eight have cards, fifty have rows that turn over', () => {
    const plans = [1, 2, 8, 50].map((problems) => planWall(toInput(problems, 60)));
    expect(plans.map(({ heroes, cards }) => [heroes.length, cards.length])).toEqual([
      [1, 0],
      [2, 0],
      [2, 6],
      [1, 2],
    ]);
    expect(plans[3]?.rows?.pages.length).toBeGreaterThan(1);
    expect(plans[3]?.rows?.label).not.toBeNull();
  });

  test('the worst problem is the largest', () => {
    const { heroes, cards, rows } = planWall(toInput(50, 60));
    const areaOf = (box: Box | undefined) => (box?.width ?? 0) * (box?.height ?? 0);
    expect(heroes[0]?.id).toBe('p0');
    expect(areaOf(heroes[0]?.box)).toBeGreaterThan(1.5 * areaOf(cards[0]?.box));
    expect(areaOf(cards[0]?.box)).toBeGreaterThan(1.5 * areaOf(rows?.boxes[0]));
  });
});

test.each([
  [390, 844],
  [844, 390],
  [360, 780],
])('in the hand, at %d x %d, no text is smaller than 11 px', (widthPx, heightPx) => {
  for (const problems of [0, 1, 2, 38]) {
    const { unitPx } = expectSound(toInput(problems, 60, { screen: { widthPx, heightPx } }));
    expect(unitPx * Math.min(...Object.values(WALL_SIZES.text))).toBeGreaterThanOrEqual(11);
  }
});

test('on a screen of 16:10, too, many problems leave no half of the worst one empty: two stand beside it', () => {
  const { heroes, cards } = planWall(toInput(38, 60, { screen: { widthPx: 1440, heightPx: 900 } }));
  expect([heroes.length, cards.length]).toEqual([1, 2]);
});

test('no text is stated smaller than a fiftieth of the screen height', () => {
  expect(Math.min(...Object.values(WALL_SIZES.text))).toBeGreaterThanOrEqual(2);
});
