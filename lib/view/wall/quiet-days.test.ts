import { expect, test } from 'vitest';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { deriveService } from '#lib/model/derive/derive-service.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { DEFAULT_PROBE_LINE, type ProbeLine } from '#lib/model/docker/probe-line.ts';
import { addToTally, NO_TALLY, type ProbeTally } from '#lib/model/status/probe-tally.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildServiceFacts } from '#lib/testing/build-service-facts.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { toWallProblems } from './to-wall-problems.ts';

const PACE_MS = 10_000;
const REPLICAS = 10_000;
const PER_SERVICE = 10;
/** Of 10,000 replicas three fail their last probe at any moment. */
const CHANCE = 3 / REPLICAS;

interface Watched {
  streak: number;
  tally: ProbeTally;
}

/** The same numbers each time. */
function createChance(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** A service of ten replicas, of which these failed their last probes. */
function derive(
  replicas: ReadonlyMap<number, Watched>,
  nowMs: number,
  { probeLine, previous }: { probeLine: ProbeLine; previous: ServicePicture | null },
): ServicePicture {
  const tasks = Array.from({ length: PER_SERVICE }, (_, at) => buildTask({ id: `t${at}`, slot: at + 1 }));
  const toContainer = (at: number): Container => {
    const failingStreak = replicas.get(at)?.streak ?? 0;
    const probes = [buildProbe({ startedAtMs: nowMs - 100, exitCode: failingStreak > 0 ? 1 : 0 })];
    return buildCheckedContainer({ failingStreak, probes }, { id: `c${at}`, taskId: `t${at}` });
  };
  const facts = buildServiceFacts(null, {
    service: buildService({ mode: { kind: 'replicated', replicas: PER_SERVICE } }),
    tasks,
    containerOf: (task) => toContainer((task.slot ?? 1) - 1),
    tallyOf: (task) => replicas.get((task.slot ?? 1) - 1)?.tally ?? NO_TALLY,
    probeLine,
    previous,
    nowMs,
  });
  return deriveService(facts).picture;
}

/** Two hours of noise: the share of the time in which the wall shows no problem, and in which somebody fails a probe. */
function playNoise(probeLine: ProbeLine): { calm: number; failing: number } {
  const chance = createChance();
  const known = new Map<number, Map<number, Watched>>();
  const rounds = (2 * 3_600_000) / PACE_MS;
  let [calm, failing] = [0, 0];
  for (let round = 1; round <= rounds; round += 1) {
    const failed = new Set<number>();
    for (let at = -1; ; ) {
      at += 1 + Math.floor(Math.log(1 - chance()) / Math.log(1 - CHANCE));
      if (at >= REPLICAS) break;
      failed.add(at);
    }
    const touched = new Set([...failed].map((at) => Math.floor(at / PER_SERVICE)));
    for (const [service, replicas] of known)
      if ([...replicas.values()].some(({ streak }) => streak > 0)) touched.add(service);
    let isCalm = true;
    for (const service of touched) {
      const replicas = known.get(service) ?? new Map<number, Watched>();
      known.set(service, replicas);
      for (let at = 0; at < PER_SERVICE; at += 1) {
        const isFailed = failed.has(service * PER_SERVICE + at);
        const before = replicas.get(at);
        if (!isFailed && before === undefined) continue;
        // It passed all those that nobody looked at: what fails is what counts.
        const { streak = 0, tally = addToTally(NO_TALLY, [buildProbe()], 'healthy') } = before ?? {};
        const probe = buildProbe({ startedAtMs: round * PACE_MS, exitCode: isFailed ? 1 : 0 });
        replicas.set(at, {
          streak: isFailed ? streak + 1 : 0,
          tally: addToTally(tally, [probe], 'healthy'),
        });
      }
      const picture = derive(replicas, round * PACE_MS, { probeLine, previous: null });
      if (toWallProblems([picture], [], []).length > 0) isCalm = false;
    }
    if (isCalm) calm += 1;
    if (failed.size > 0) failing += 1;
  }
  return { calm: calm / rounds, failing: failing / rounds };
}

test('of 10,000 replicas some fail a probe at nearly any moment, and the wall is calm all the same', () => {
  const { calm, failing } = playNoise(DEFAULT_PROBE_LINE);
  expect(failing).toBeGreaterThan(0.9);
  expect(calm).toBeGreaterThan(0.98);
});

test('with the line at the first failure, as it was, there is no calm', () => {
  expect(playNoise({ inRow: 1, flapping: null }).calm).toBeLessThan(0.1);
});

const FAILED_ONCE = { streak: 1, tally: NO_TALLY };
const FAILED_TWICE = { streak: 2, tally: NO_TALLY };
const ALL = Array.from({ length: PER_SERVICE }, (_, at) => at);

test.each<[what: string, replicas: [number, Watched][], isShown: boolean]>([
  ['one of ten failed once', [[0, FAILED_ONCE]], false],
  ['three of ten failed once', [0, 1, 2].map((at) => [at, FAILED_ONCE]), false],
  ['one of ten failed twice in a row', [[0, FAILED_TWICE]], true],
  ['all ten failed once: an outage, at its first probes', ALL.map((at) => [at, FAILED_ONCE]), true],
  ['half of them failed once', ALL.slice(5).map((at) => [at, FAILED_ONCE]), true],
])('%s', (_what, replicas, isShown) => {
  const picture = derive(new Map(replicas), 60_000, { probeLine: DEFAULT_PROBE_LINE, previous: null });
  expect(toWallProblems([picture], [buildNodePicture()], []).length > 0).toBe(isShown);
  expect(picture.replicas.filter(({ status }) => status === 'failing')).toHaveLength(replicas.length);
  expect(picture.healthy).toBe(PER_SERVICE - replicas.length);
});
