import { expect, test } from 'vitest';
import { SWARM_ERRORS } from '#lib/model/docker/swarm-info.ts';
import { listWholeParts } from '#lib/view/format/whole-parts.ts';
import { nameManagerProblem } from '#words/manager-names.ts';
import { describeManagerProblem } from '#words/managers.ts';
import * as words from '#words/pages/wall.ts';
import { planHead } from './plan-head.ts';

const SCREENS = [
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
  [1080, 1920],
  [390, 844],
] as const;

const plan = (scope: Parameters<typeof planHead>[0]['scope'], [width, height]: readonly [number, number]) =>
  planHead({
    ...{ headline: 'Not live', scope, counts: [], width },
    ...{ isTall: height > width, unitPx: Math.min(width, height) / 100 },
  }).scope.lines;

test.each(SCREENS)(
  'on %d × %d, why a wall is not live is never cut: a whole part of it is said',
  (...screen) => {
    for (const swarmError of SWARM_ERRORS) {
      const problem = { error: 'x', swarmError, isRelayed: false, sinceMs: 0 };
      const say = (reason: string) => words.lastSeen('09:12:03', reason);
      const parts = [...listWholeParts(describeManagerProblem(problem)), nameManagerProblem(problem)].map(
        say,
      );
      const lines = plan({ names: '', words: parts, maxLines: 2 }, screen);
      expect(lines.length).toBeLessThanOrEqual(2);
      expect(parts).toContain(lines.join(' '));
    }
  },
);

test('a long name is shortened, and what we say beside it is not', () => {
  const names = 'the-swarm-of-the-second-data-centre-'.repeat(4);
  const [line = ''] = plan({ names, words: [words.moreUnknown(12)], maxLines: 1 }, [1080, 1920]);
  expect(line).toMatch(/^the-swarm.*….* · 12 more not known$/);
});

test.each(SCREENS)('on %d × %d, an answer that grows by a word moves nothing below it', (width, height) => {
  const plan = (headline: string) =>
    planHead({
      ...{ headline, scope: { names: '', words: [], maxLines: 1 }, counts: [], width },
      ...{ isTall: height > width, unitPx: Math.min(width, height) / 100 },
    });
  const short = plan('3 services need attention');
  const long = plan('16 services and 1 node need attention');
  expect(long.headline.fontPx).toBeLessThanOrEqual(short.headline.fontPx);
  if (long.headline.lines.length === 1) expect(long.box.height).toBe(short.box.height);
});
