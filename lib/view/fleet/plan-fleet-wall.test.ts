import { describe, expect, test } from 'vitest';
import { measureText } from '#lib/view/wall/measure-text.ts';
import type { Box } from '#lib/view/wall/wall-plan.ts';
import { fitSwarmName } from './fit-swarm-name.ts';
import { type FleetWallInput, planFleetWall, TILES, toNameWidth } from './plan-fleet-wall.ts';

const SCREENS = {
  '1080p': { widthPx: 1920, heightPx: 1080 },
  '4K': { widthPx: 3840, heightPx: 2160 },
  upright: { widthPx: 1080, heightPx: 1920 },
  small: { widthPx: 1024, heightPx: 768 },
};

function plan(
  screen: keyof typeof SCREENS,
  swarms: number,
  uneasy: number,
  problems: number,
  prefix = 'swarm',
) {
  const input: FleetWallInput = {
    ...{
      screen: SCREENS[screen],
      density: 'normal',
      headline: `${uneasy} of ${swarms} swarms need attention`,
    },
    ...{
      scope: { names: 'All swarms', words: [], maxLines: 1 },
      answer: `All ${swarms} swarms are well`,
      headCounts: problems > 0,
    },
    counts: ['144 of 148 services', '937 of 944 replicas', '55 of 56 nodes'],
    problems: Array.from({ length: problems }, (_, at) => ({ id: `p${at}`, nameEm: 8 })),
    swarms: Array.from({ length: swarms }, (_, at) => `${prefix}-${at}`),
    uneasy,
  };
  return planFleetWall(input);
}

const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe.each(Object.keys(SCREENS) as (keyof typeof SCREENS)[])('on a screen of %s', (screen) => {
  test.each([
    [1, 0, 0],
    [2, 1, 1],
    [7, 0, 0],
    [7, 4, 6],
    [20, 2, 2],
    [20, 20, 15],
    [50, 0, 0],
    [50, 9, 12],
    [50, 50, 15],
  ])(
    '%i swarms, of which %i are not well, with %i problems, all have their place',
    (swarms, uneasy, problems) => {
      const { tiles, heroes, cards, rows, answer, head, foot } = plan(screen, swarms, uneasy, problems);
      const placed = [
        ...tiles.boxes,
        ...(tiles.folded === null ? [] : [tiles.folded.box]),
        ...[...heroes, ...cards].map(({ box }) => box),
        ...(rows?.boxes ?? []),
        ...(answer === null ? [] : [answer.box]),
      ];
      const { widthPx } = SCREENS[screen];
      for (const [at, box] of placed.entries()) {
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(widthPx);
        expect(box.y).toBeGreaterThanOrEqual(head.box.height);
        expect(box.y + box.height).toBeLessThanOrEqual(foot.y);
        expect(box.width).toBeGreaterThan(0);
        expect(box.height).toBeGreaterThan(0);
        for (const other of placed.slice(at + 1)) expect(overlaps(box, other), `${at}`).toBe(false);
      }
      // Each that is not well has a tile of its own, on some page; the others a tile, or are counted.
      const shown = tiles.pages.flat();
      expect(new Set(shown).size).toBe(shown.length);
      expect(shown.length).toBeGreaterThanOrEqual(uneasy);
      expect(shown.length + (tiles.folded?.count ?? 0)).toBe(swarms);
      for (const page of tiles.pages) expect(page.length).toBeLessThanOrEqual(tiles.boxes.length);
      expect(tiles.kind === 'line' || tiles.boxes.length === swarms).toBe(true);
      const problemsShown = heroes.length + cards.length + (rows?.pages.flat().length ?? 0);
      expect(problemsShown).toBe(problems);
    },
  );
});

test('a few swarms have their counts; many a line each, and those that are well are counted together', () => {
  expect(plan('1080p', 7, 4, 6).tiles).toMatchObject({ kind: 'full', folded: null });
  const many = plan('1080p', 50, 9, 12).tiles;
  expect(many.kind).toBe('line');
  expect(many.pages).toHaveLength(1);
  expect(many.folded?.count).toBeGreaterThan(20);
});

test.each(Object.keys(SCREENS) as (keyof typeof SCREENS)[])(
  'on a screen of %s, tiles are as high as the longest names need',
  (screen) => {
    const { tiles, unitPx } = plan(screen, 6, 3, 4, 'frankfurt-rechenzentrum-ost-hardware-0');
    for (const box of tiles.boxes) {
      const size = { maxPx: TILES[tiles.kind].name * unitPx, minPx: TILES[tiles.kind].text * unitPx };
      const width = toNameWidth(box.width, tiles.kind, unitPx, measureText('Silent 59 min'));
      const { lines, fontPx } = fitSwarmName('frankfurt-rechenzentrum-ost-hardware-01', width, size);
      expect(lines.join('')).toBe('frankfurt-rechenzentrum-ost-hardware-01');
      const beneath = tiles.kind === 'full' ? 5.25 * unitPx : 0;
      expect(lines.length * 1.15 * fontPx + beneath).toBeLessThanOrEqual(box.height);
    }
  },
);

test('where even those that are not well have no room together, they turn over', () => {
  expect(plan('small', 50, 50, 15).tiles.pages.length).toBeGreaterThan(1);
});
