import type { Browser } from '@playwright/test';
import { measureBrowser } from '#e2e/bench/measure/measure-browser.ts';
import { measureChurn } from '#e2e/bench/measure/measure-churn.ts';
import { measureCost } from '#e2e/bench/measure/measure-cost.ts';
import { measureIdle } from '#e2e/bench/measure/measure-idle.ts';
import { measureDeath, measureLatency } from '#e2e/bench/measure/measure-latency.ts';
import { loadOnce, measureTransfers, summarizeLoads } from '#e2e/bench/measure/measure-load.ts';
import { startOnce, summarizeStarts } from '#e2e/bench/measure/measure-start.ts';
import { measureViewers } from '#e2e/bench/measure/measure-viewers.ts';
import type { Measured } from '#e2e/bench/measured.ts';
import { openFarLink } from '#e2e/bench/open-far-link.ts';
import type { Size } from '#e2e/bench/sizes.ts';
import { type DemoProcess, startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { type StartedSubject, startVitalsSubject } from '#e2e/bench/start-vitals-subject.ts';
import { summarize } from '#e2e/bench/summarize.ts';
import type { startVitals } from '#e2e/support/start-vitals.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { inTurns } from './in-turns.ts';
import { measureAgent } from './measure-agent.ts';
import { measureChanges } from './measure-changes.ts';

/** What is measured together, in this order: what settles by itself does so while pages are loaded. */
export const PAIR_GROUPS = [
  'start',
  'agent',
  'load',
  'cost',
  'idle',
  'latency',
  'viewers',
  'browser',
  'churn',
] as const;
export type PairGroup = (typeof PAIR_GROUPS)[number];

/** A checkout with a build. */
export interface Build {
  checkout: string;
  start: typeof startVitals;
}

interface PairInput {
  browser: Browser;
  groups: readonly PairGroup[];
  /** Cold loads of each. */
  loads: number;
  seconds: number;
  viewers: number;
  signal: AbortSignal;
}

/** Large swarms are read for a minute, and one page of them costs a tenth of a second: fewer of all. */
const isLarge = ({ replicas }: Size) => replicas > 1_000;
const FAR_LOADS = 3;
const FLIPS = 6;
const DEATHS = 3;

/** Two builds on one demo swarm. @returns what was measured of each */
export async function measurePair(
  builds: readonly Build[],
  size: Size,
  input: PairInput,
): Promise<Measured[]> {
  const { groups, signal } = input;
  const found: Measured[] = builds.map(() => ({}));
  const run = async (group: PairGroup, measure: () => Promise<Measured[]>) => {
    if (!groups.includes(group)) return;
    signal.throwIfAborted();
    const fromMs = performance.now();
    for (const [at, measured] of (await measure()).entries()) Object.assign(found[at] ?? {}, measured);
    process.stderr.write(`  ${group}: ${((performance.now() - fromMs) / 1e3).toFixed(0)} s\n`);
  };
  const demo = await startDemoSwarm(size, signal);
  const subjects: StartedSubject[] = [];
  try {
    await run('start', () => measureStarts(builds, demo, size, signal));
    const engine = demo.settings.VITALS_ENGINES.split(',')[0] ?? '';
    await run('agent', () => inTurns(builds, 1, ({ checkout }) => measureAgent(checkout, engine, signal)));
    for (const { start } of builds)
      subjects.push(await startVitalsSubject({ size, profile: null, demo, start, signal }));
    await measureRunning(subjects, size, input, run);
    return found;
  } finally {
    for (const subject of subjects) await subject.close();
    await demo.close();
  }
}

async function measureStarts(
  builds: readonly Build[],
  demo: DemoProcess,
  size: Size,
  signal: AbortSignal,
): Promise<Measured[]> {
  return inTurns(builds, isLarge(size) ? 1 : 3, async ({ start }) =>
    summarizeStarts([await startOnce(await start(demo.settings), size, signal)]),
  );
}

async function measureRunning(
  subjects: readonly StartedSubject[],
  size: Size,
  { browser, loads, seconds, viewers, signal }: PairInput,
  run: (group: PairGroup, measure: () => Promise<Measured[]>) => Promise<void>,
): Promise<void> {
  await run('load', async () => {
    const near = await inTurns(subjects, loads + 1, async (subject, round) => {
      const loaded = await loadOnce(browser, subject);
      // The first one also pays for what the browser itself has not loaded yet.
      return round === 0 ? {} : summarizeLoads([loaded]);
    });
    const far = await measureFar(browser, subjects);
    const sent = await Promise.all(subjects.map((subject) => measureTransfers(browser, subject)));
    return subjects.map((_, at) => ({ ...near[at], ...far[at], ...sent[at] }));
  });
  const cost = isLarge(size)
    ? { rounds: 1, requests: 6, idleMs: 2_000 }
    : { rounds: 1, requests: 15, idleMs: 1_000 };
  await run('cost', () =>
    inTurns(subjects, isLarge(size) ? 2 : 3, (subject) => measureCost(subject, 'all', { signal }, cost)),
  );
  // What died comes back for minutes, which is no rest: before that. Our servers read good probes anew 40 s after their start.
  await run('idle', () => measureIdle(subjects, { seconds, signal }, isLarge(size) ? 20_000 : 10_000));
  await run('latency', async () => {
    const ids = await readIds(subjects[1] ?? subjects[0]);
    const stream = await measureChanges(subjects, ids, { flips: FLIPS, signal });
    const seen = await inTurns(subjects, 2, (subject, round) =>
      measureLatency(browser, rotate(subject, round * FLIPS), { flips: 2 * FLIPS, signal }),
    );
    const died = await inTurns(subjects, 1, (subject) =>
      measureDeath(browser, rotate(subject, subjects.indexOf(subject) * 2 * DEATHS), {
        flips: 2 * DEATHS,
        signal,
      }),
    );
    return subjects.map((_, at) => ({ ...stream[at], ...seen[at], ...died[at] }));
  });
  await run('viewers', () =>
    inTurns(subjects, 1, (subject) => measureViewers(subject, { flips: 10, viewers, signal })),
  );
  await run('browser', () =>
    inTurns(subjects, 1, (subject) =>
      measureBrowser(browser, subject, { signal }, { churnMs: 5_000, scrollMs: 2_000 }),
    ),
  );
  await run('churn', () => measureChurn(subjects, { seconds, signal }, 10_000));
}

async function measureFar(browser: Browser, subjects: readonly StartedSubject[]): Promise<Measured[]> {
  return inTurns(subjects, FAR_LOADS, async (subject) => {
    const link = await openFarLink(subject.url);
    try {
      const { firstMs } = await loadOnce(browser, { ...subject, url: link.url });
      return { 'load-far': summarize([firstMs]) };
    } finally {
      link.close();
    }
  });
}

/** Other replicas first: those that just died or failed are not ready for the next. */
function rotate(subject: StartedSubject, by: number): StartedSubject {
  const { targets } = subject;
  return {
    ...subject,
    targets: targets
      .map((_, at) => targets[(at + by) % targets.length] ?? targets[at])
      .filter((one) => one !== undefined),
  };
}

async function readIds(subject: StartedSubject | undefined): Promise<Map<string, string>> {
  const response = await fetch(`${subject?.url}/api/swarm`, { signal: AbortSignal.timeout(60_000) });
  const { services } = (await response.json()) as SwarmPicture;
  return new Map(services.map(({ name, id }) => [name, id]));
}
