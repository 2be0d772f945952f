import { expect, test } from 'vitest';
import type { HealthStatus } from '#lib/model/docker/container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { addToTally, findFlapping, NO_TALLY, type ProbeTally } from './probe-tally.ts';

const PACE_MS = 10_000;

/** `.` passed, `x` failed; each read brings what came since the one before. */
function tally(reads: string[], status: HealthStatus | null = 'healthy'): ProbeTally {
  let at = 0;
  return reads.reduce((before, read) => {
    const probes = [...read].map((sign) => {
      at += 1;
      return buildProbe({ startedAtMs: at * PACE_MS, exitCode: sign === 'x' ? 1 : 0 });
    });
    return addToTally(before, probes, status);
  }, NO_TALLY);
}

const EVERY_TENTH = '.........x';

test.each<
  [what: string, reads: string[], line: number | null, failed: number | null, of: number, inRow: number]
>([
  ['one that always passes', ['.'.repeat(100)], 6, null, 0, 0],
  ['one in ten of sixty', [EVERY_TENTH.repeat(6)], 6, 6, 60, 1],
  ['… read five at a time', (EVERY_TENTH.repeat(6).match(/.{5}/g) ?? []) as string[], 6, 6, 60, 1],
  ['… one fewer is not too many', [`..........${EVERY_TENTH.repeat(5)}`], 6, null, 0, 0],
  [
    '… and what is longer ago than sixty does not count',
    [EVERY_TENTH.repeat(6), '.'.repeat(10)],
    6,
    null,
    0,
    0,
  ],
  ['fourteen of sixty, never three in a row', [`.${'xx......'.repeat(8)}`], 6, 14, 60, 2],
  ['its line is its own', [`....${'x....'.repeat(2)}`], 2, 2, 14, 1],
  ['one long streak is no flapping', ['....', 'x'.repeat(40)], 6, null, 0, 0],
  ['nor are two', ['....', 'xxxxx', '......', 'xxxxx'], 6, null, 0, 0],
  ['three are', ['....', 'xx', '......', 'xx', '...', 'xx'], 6, 6, 19, 2],
  ['never, where there is no line', ['x.'.repeat(50)], null, null, 0, 0],
  ['failures before the first that passed are of its start', ['xxxxxxxx', '.x.'], 6, null, 0, 0],
])('%s', (_what, reads, line, failed, of, inRow) => {
  const found = findFlapping(tally(reads), line, false);
  if (failed === null) expect(found).toBeNull();
  else expect(found).toMatchObject({ failed, of, inRow });
});

test('while it starts nothing counts, nor where its health is not known', () => {
  expect(tally(['.xxxxxx'], 'starting')).toBe(NO_TALLY);
  expect(tally(['.xxxxxx'], null)).toBe(NO_TALLY);
});

test('it goes on flapping until it is well below where it began, so that one probe more or less is no news', () => {
  const six = tally([EVERY_TENTH.repeat(6)]);
  const more = (count: number) =>
    addToTally(
      six,
      Array.from({ length: count }, (_, n) => buildProbe({ startedAtMs: (61 + n) * PACE_MS })),
      'healthy',
    );
  expect(findFlapping(more(10), 6, false)).toBeNull();
  expect(findFlapping(more(10), 6, true)).toMatchObject({ failed: 5, sinceMs: 20 * PACE_MS });
  expect(findFlapping(more(20), 6, true)).toMatchObject({ failed: 4 });
  expect(findFlapping(more(30), 6, true)).toBeNull();
});

test('it says when it began and how the last one failed, and takes no more room with time', () => {
  const found = findFlapping(tally([EVERY_TENTH.repeat(6)]), 6, false);
  expect(found).toMatchObject({ sinceMs: 10 * PACE_MS, lastFailed: { startedAtMs: 60 * PACE_MS } });
  expect(tally(['.x'.repeat(5_000)]).failures).toHaveLength(30);
  expect(tally(['.x', '.'.repeat(60)])).toMatchObject({ failures: [], lastFailed: null });
});
