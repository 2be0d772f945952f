import { describe, expect, test } from 'vitest';
import { fitCard } from './fit-card.ts';
import { fitHero, fitHeroState, LINE_HEIGHT, type ProblemWords } from './fit-hero.ts';
import { measureText } from './measure-text.ts';
import { selectPageBoxes } from './plan-problems.ts';
import { planWall, type WallInput } from './plan-wall.ts';
import type { Box, Line, WallPlan } from './wall-plan.ts';

/** As services of a bad day are called, and what is said of them. */
const NAMES = [
  'shop_checkout',
  'data_pgbouncer',
  'ml_inference',
  'ops_node-exporter',
  'auth',
  'media_thumbnails',
];
const SENTENCES = [
  'Replica 2 on docker03: failed 2 of 3 probes (exit 1); one more failure and Swarm replaces it. 2 more replicas need attention.',
  'None of 3 replicas is up. Replicas 1, 2 and 3: failed its health check 3 times in a row (its limit is 3), the last with exit 22. Swarm is stopping it and will start a new one.',
  'Replica 1: no suitable node (scheduling constraints not satisfied on 11 nodes; insufficient resources on 2 nodes). The update waits for it without end.',
  'Replica 4 on docker06: starting again. Failed 5 times in 12 min, the last time: ran out of memory (limit 512 MiB).',
  'The node is down: heartbeat failure. 13 replicas are missing.',
  'Replica 2 on docker08: its image registry.example.com/shop/recommend:4.1.9 cannot be pulled: no such tag. Swarm starts a new one after the restart delay of 5 s.',
];
const SHORTS = ['Probes failed', 'Unhealthy', 'No suitable node', 'Crash loop', null, 'Image missing'];

const toWords = (at: number): ProblemWords => ({
  name: `${NAMES[at % NAMES.length]}${at < NAMES.length ? '' : `-${at}`}`,
  sentence: SENTENCES[at % SENTENCES.length] ?? '',
  short: SHORTS[at % SHORTS.length] ?? null,
  evidence: {
    label: 'exit 22 after 41 ms',
    text: 'curl: (22) The requested URL returned error: 503\nlast line',
  },
  replicas: 1 + (at % 12),
});

type Screen = readonly [name: string, widthPx: number, heightPx: number];
const FULL_HD: Screen = ['1080p', 1920, 1080];
const FOUR_K: Screen = ['4K', 3840, 2160];
const SCREENS: readonly Screen[] = [
  ...([['720p', 1280, 720], FULL_HD, FOUR_K, ['upright', 1080, 1920]] as const),
  ...([
    ['1440p', 2560, 1440],
    ['16:10', 1920, 1200],
    ['a laptop', 1440, 900],
    ['ultrawide', 3440, 1440],
  ] as const),
];
const COUNTS = Array.from({ length: 201 }, (_, count) => count);

function plan(problems: number, [, widthPx, heightPx]: Screen): WallPlan {
  const words = Array.from({ length: problems }, (_, at) => toWords(at));
  const input: WallInput = {
    screen: { widthPx, heightPx },
    density: 'normal',
    view: 'services',
    headline: problems === 1 ? '1 service needs attention' : `${problems} services need attention`,
    scope: { names: 'prod-eu', words: [], maxLines: 1 },
    answer: 'All is well',
    headCounts: problems > 0,
    counts: [`60 of ${problems + 60} services`, '138 of 198 replicas', '11 of 12 nodes'],
    problems: words.map(({ name }, at) => ({ id: String(at), nameEm: measureText(name) })),
    rest: Array.from({ length: 60 }, (_, at) => ({
      id: `s${at}`,
      stack: `stack-${at % 7}`,
      isChanging: false,
    })),
  };
  return planWall(input);
}

function listBoxes({ head, foot, answer, heroes, cards, rows, rest }: WallPlan): Box[] {
  const own = [...heroes, ...cards].map(({ box }) => box);
  const tiles = rest.kind === 'tiles' ? rest.tiles : rest.kind === 'stacks' ? rest.chips : [];
  const label = rows?.label ?? null;
  return [
    head.box,
    foot,
    ...(answer === null ? [] : [answer.box]),
    ...own,
    // The page with the least on it.
    ...(rows === null ? [] : selectPageBoxes(rows, rows.pages.at(-1)?.length ?? 0)),
    ...(label === null ? [] : [label]),
    ...tiles.map(({ box }) => box),
  ];
}

/** The share of the screen that something stands on. */
function measureUse(drawn: WallPlan, [, widthPx, heightPx]: Screen): number {
  const used = listBoxes(drawn).reduce((sum, { width, height }) => sum + width * height, 0);
  return used / (widthPx * heightPx);
}

/** What of a box its words take, and what is wrong with them. */
function check(drawn: WallPlan, faults: string[]): number {
  const { unitPx, heroes, cards, rows } = drawn;
  let smallest = Number.POSITIVE_INFINITY;
  const at = (what: string, box: Box, padPx: number, lines: (Line | null)[], ownWords: string[]) => {
    const present = lines.filter((line) => line !== null);
    const height = present.reduce((sum, line) => sum + line.lines.length * line.fontPx * LINE_HEIGHT, 0);
    if (height > box.height - 2 * padPx + 1) faults.push(`${what}: ${height} px in ${box.height}`);
    for (const { fontPx } of present) smallest = Math.min(smallest, fontPx / unitPx);
    if (ownWords.length < 2) faults.push(`${what}: nothing is said`);
    if (ownWords.some((line) => line.includes('…'))) faults.push(`${what}: ${ownWords.join(' / ')}`);
  };
  for (const { id, box } of heroes) {
    const { padPx, name, sentence, evidence } = fitHero(toWords(Number(id)), box, unitPx);
    at(`hero ${id}`, box, padPx, [name, sentence, evidence], [...name.lines, ...sentence.lines]);
  }
  const small = [
    ...cards.map(({ id, box }) => ({ id, box, kind: 'card' as const })),
    ...(rows?.pages ?? []).flatMap((ids) =>
      ids.map((id, index) => ({
        id,
        box: (rows === null ? [] : selectPageBoxes(rows, ids.length))[index] as Box,
        kind: 'row' as const,
      })),
    ),
  ];
  for (const { id, box, kind } of small) {
    const state = kind === 'row' ? 'Degraded 59 min ago' : 'Degraded for 59 min 59 s';
    const fitted = fitCard(toWords(Number(id)), box, { unitPx, state, kind });
    const { padPx, inline, name, statePx, sentence, evidence } = fitted;
    const stateLine = inline ? null : { lines: [state], fontPx: statePx };
    at(
      `${kind} ${id}`,
      box,
      padPx,
      [name, stateLine, sentence, evidence],
      [...name.lines, ...sentence.lines],
    );
  }
  return smallest;
}

describe.each(SCREENS)('%s', (...screen) => {
  test('the whole screen is in use at every number of problems from 0 to 200', () => {
    const uses = COUNTS.map((count) => measureUse(plan(count, screen), screen));
    const least = Math.min(...uses);
    expect(least, `${least} at ${uses.indexOf(least)} problems`).toBeGreaterThan(0.8);
  });

  test('each problem is named with its name and a sentence, and none of our own words is cut', () => {
    const faults: string[] = [];
    // Each of those that change the plan, and some of those that only turn over.
    for (const count of COUNTS.filter((one) => one > 0 && (one < 26 || one % 29 === 0))) {
      const smallest = check(plan(count, screen), faults);
      if (smallest < 2.2) faults.push(`${count} problems: a text of ${smallest} hundredths`);
    }
    expect(faults).toEqual([]);
  });

  test('pages that turn over are of equal length, and no place on them is empty', () => {
    for (const count of COUNTS) {
      const { rows } = plan(count, screen);
      const lengths = (rows?.pages ?? []).map((ids) => ids.length);
      for (const length of rows === null ? [] : lengths)
        expect(rows && selectPageBoxes(rows, length).length, `${count} problems`).toBe(length);
      const [longest, last] = [Math.max(0, ...lengths), lengths.at(-1) ?? 0];
      expect(longest - last, `${count} problems: ${lengths.join(', ')}`).toBeLessThanOrEqual(1);
    }
  });

  test('while there is room the sentence is whole and two lines of evidence stand below', () => {
    for (const count of [1, 2]) {
      const { heroes, unitPx } = plan(count, screen);
      for (const { id, box } of heroes) {
        const words = toWords(Number(id));
        const { sentence, evidence } = fitHero(words, box, unitPx);
        expect(sentence.lines.join(' ')).toBe(words.sentence);
        expect(evidence?.lines.length).toBeGreaterThanOrEqual(2);
      }
    }
  });
});

test('a larger screen shows the same, larger: at 4K no text is as small as at 1080p', () => {
  expect(plan(38, FOUR_K).unitPx).toBe(2 * plan(38, FULL_HD).unitPx);
});

test('two large problems side by side say their state and their counts in one line, in full', () => {
  for (const screen of [FULL_HD, FOUR_K]) {
    const { heroes, unitPx } = plan(2, screen);
    for (const { id, box } of heroes) {
      const { statePx: maxPx, padPx } = fitHero(toWords(Number(id)), box, unitPx);
      const [state, counts] = ['Degraded for 59 min 59 s', '1 of 3 replicas healthy'];
      const widthPx = box.width - 2 * padPx;
      const { fontPx, hasCounts } = fitHeroState(state, counts, { maxPx, widthPx }, unitPx);
      expect(hasCounts).toBe(true);
      expect(fontPx * measureText(`${state} · ${counts}`)).toBeLessThanOrEqual(widthPx + 0.001);
      expect(
        fitHeroState(`a-very-long-swarm ${state}`, `${counts} ${counts}`, { maxPx, widthPx }, unitPx),
      ).toEqual({
        fontPx: maxPx,
        hasCounts: false,
      });
    }
  }
});

test('a large problem that has no more to say than its sentence says it larger', () => {
  const box = { x: 0, y: 0, width: 756, height: 306 };
  const words = { ...toWords(4), evidence: null, replicas: 0 };
  const { sentence } = fitHero(words, box, 9);
  expect(sentence.fontPx).toBeGreaterThan(1.2 * fitHero(toWords(4), box, 9).sentence.fontPx);
  expect(sentence.lines.join(' ')).toBe(words.sentence);
});
