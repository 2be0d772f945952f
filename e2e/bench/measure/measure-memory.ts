import { setTimeout as sleep } from 'node:timers/promises';
import { commandSwarm } from '#e2e/bench/command-swarm.ts';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { openViewers } from '#e2e/bench/open-viewers.ts';
import { readProcess } from '#e2e/bench/read-process.ts';
import type { Subject } from '#e2e/bench/subject.ts';
import { summarize } from '#e2e/bench/summarize.ts';

const VIEWERS = 50;
const SAMPLE_MS = 10_000;
const SAMPLES_PER_PRINT = 30;
/** By then what Docker and we keep of the dead is full, and so are the probes of those that live. */
const WARM_UP_SHARE = 0.5;
/** Probes that fail or pass, and now and then a task that dies and is replaced: all that memory may keep. */
const CHANGES = 7_200;
/** So few that each dies often enough: Docker keeps five dead tasks of a slot, and a swarm that grows proves nothing. */
const TARGETS = 10;
const STEPS = ['fail', 'ok', 'own'] as const;
const TARGETS_PER_DEATH = 7;
const MINUTE_MS = 60_000;

/** Whether memory stays where it is while things change all the time and fifty look on. */
export async function measureMemory(subject: Subject, { minutes, signal }: Work): Promise<Measured> {
  const viewers = await openViewers(subject.url, VIEWERS, signal);
  const samples: { atMs: number; megabytes: number }[] = [];
  const startMs = performance.now();
  const endMs = startMs + minutes * MINUTE_MS;
  const stepMs = (minutes * MINUTE_MS) / CHANGES;
  let changes = 0;
  let nextSampleMs = startMs;
  try {
    for (let dueMs = startMs; dueMs < endMs; dueMs += stepMs) {
      await sleep(Math.max(0, dueMs - performance.now()), undefined, { signal });
      await change(subject, changes);
      changes += 1;
      signal.throwIfAborted();
      if (dueMs < nextSampleMs) continue;
      nextSampleMs += SAMPLE_MS;
      const use = readProcess(subject.pid);
      if (!use) continue;
      samples.push({ atMs: performance.now() - startMs, megabytes: use.residentBytes / 1e6 });
      printNow(samples);
    }
  } finally {
    viewers.close();
  }
  const warm = samples.filter(({ atMs }) => atMs >= minutes * MINUTE_MS * WARM_UP_SHARE);
  const tenth = Math.max(1, Math.round(warm.length / 10));
  const toValues = (some: typeof samples) => some.map(({ megabytes }) => megabytes);
  const slope = toSlope(warm.map(({ atMs, megabytes }) => ({ x: atMs, y: megabytes })));
  return {
    'memory-over-time': summarize(toValues(samples)),
    'memory-warm': summarize(toValues(warm.slice(0, tenth))),
    'memory-last': summarize(toValues(warm.slice(-tenth))),
    'memory-growth': summarize([slope * 60 * MINUTE_MS]),
    'memory-changes': summarize([changes]),
  };
}

/** Whoever looks on sees every five minutes how it stands. */
function printNow(samples: readonly { atMs: number; megabytes: number }[]): void {
  if (samples.length % SAMPLES_PER_PRINT !== 1) return;
  const { atMs = 0, megabytes = 0 } = samples.at(-1) ?? {};
  process.stderr.write(`    minute ${Math.round(atMs / MINUTE_MS)}: ${Math.round(megabytes)} MB\n`);
}

/** Each target in its turn: it fails, passes, and is left to itself; or it dies. */
async function change(subject: Subject, index: number): Promise<void> {
  const targets = subject.targets.slice(0, TARGETS);
  const target = targets[Math.floor(index / STEPS.length) % targets.length];
  const to = STEPS[index % STEPS.length];
  if (!target || !to) return;
  const isDeath = to === 'own' && Math.floor(index / STEPS.length) % TARGETS_PER_DEATH === 0;
  const command = isDeath
    ? ({ command: 'kill-task', ...target } as const)
    : ({ command: 'flip', to, ...target } as const);
  // One that died in an earlier round may not be back yet: the next one.
  await commandSwarm(subject, command).catch(() => undefined);
}

/** The slope of the straight line through these points (least squares); not a number for fewer than two. */
function toSlope(points: readonly { x: number; y: number }[]): number {
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const middle = { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
  const spread = points.reduce((sum, { x }) => sum + (x - middle.x) ** 2, 0);
  const shared = points.reduce((sum, { x, y }) => sum + (x - middle.x) * (y - middle.y), 0);
  return shared / spread;
}
