import { setTimeout as sleep } from 'node:timers/promises';
import { countKnown } from '#e2e/bench/count-known.ts';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { readProcess } from '#e2e/bench/read-process.ts';
import { isThroughAgents, type Size } from '#e2e/bench/sizes.ts';
import { startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { summarize } from '#e2e/bench/summarize.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';

/** What is not known by then is never seen to be. */
const WITHIN_MS = 300_000;
/** Large swarms are read for a minute: once tells enough. */
const TIMES = { few: 3, upTo: 1_000 };
const LOOK_MS = 50;
const NOTHING = { cpuSeconds: Number.NaN, waitedSeconds: Number.NaN, residentBytes: Number.NaN };
/** Looking costs the server time: so many times as long as it took is waited before the next look. */
const PAUSE_RATIO = 4;

/** Started with nothing read, again and again: how long until each replica of the swarm is known, and what that took. */
export async function measureStart(size: Size, { signal }: Pick<Work, 'signal'>): Promise<Measured> {
  process.stderr.write('  vitals: start\n');
  const demo = await startDemoSwarm(size, signal, { agents: isThroughAgents(size) });
  try {
    const found: Start[] = [];
    const times = size.replicas <= TIMES.upTo ? TIMES.few : 1;
    for (let index = 0; index < times; index += 1)
      found.push(await startOnce(await startVitals(demo.settings), size, signal));
    return summarizeStarts(found);
  } finally {
    await demo.close();
  }
}

export interface Start {
  /** `null`: not within the time. */
  knownMs: number | null;
  cpuSeconds: number;
  waitedSeconds: number;
  residentBytes: number;
  /** The longest that it took to answer how many are known. */
  latestMs: number;
}

export function summarizeStarts(found: readonly Start[]): Measured {
  const known = found.filter(({ knownMs }) => knownMs !== null);
  return {
    'start-known': summarize(
      known.map(({ knownMs }) => (knownMs ?? 0) / 1e3),
      found.length - known.length,
    ),
    'start-cpu': summarize(found.map(({ cpuSeconds }) => cpuSeconds)),
    'start-waited': summarize(found.map(({ waitedSeconds }) => waitedSeconds)),
    'start-memory': summarize(found.map(({ residentBytes }) => residentBytes / 1e6)),
    'start-late': summarize(found.map(({ latestMs }) => latestMs)),
  };
}

/** @param vitals just started; ended when all is known */
export async function startOnce(
  vitals: VitalsServer,
  { replicas }: Size,
  signal: AbortSignal,
): Promise<Start> {
  try {
    let knownMs: number | null = null;
    let latestMs = 0;
    while (knownMs === null && Date.now() - vitals.spawnedAtMs < WITHIN_MS) {
      signal.throwIfAborted();
      const askedMs = performance.now();
      const count = await countKnown(vitals.url).catch(() => null);
      const tookMs = performance.now() - askedMs;
      latestMs = Math.max(latestMs, tookMs);
      if (count !== null && count.unknown === 0 && count.known >= replicas)
        knownMs = Date.now() - vitals.spawnedAtMs;
      else await sleep(Math.max(LOOK_MS, tookMs * PAUSE_RATIO), undefined, { signal });
    }
    const { cpuSeconds, waitedSeconds, residentBytes } = readProcess(vitals.pid) ?? NOTHING;
    return { knownMs, cpuSeconds, waitedSeconds, residentBytes, latestMs };
  } finally {
    await vitals.kill();
  }
}
