import { existsSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { History } from '#lib/history/create-history.ts';
import type { Baseline } from '#lib/history/question.ts';

/** A big history is looked through when it is opened, and brought to this version's shape. */
const BASELINE_WITHIN_MS = 600_000;
/** A machine that takes longer for the demo's past shows the demo without. */
const PAST_WITHIN_MS = 180_000;
const LOOK_MS = 100;
const LATE_LOOK_MS = 2_000;
/** One that was killed leads on for some seconds by what the database says; a database that is away is waited for no longer. */
const HANDED_WITHIN_MS = 15_000;

/**
 * What the history knew when it was opened; `null`: it cannot be read. One that is new gets the past of the demo swarm
 * first, where that is being written, as if a process before us had kept it.
 *
 * @param pastFile where it will lie once it is whole
 * @param isShared is it in a database?
 * @param steadyMs monotonic
 */
export async function readFirstBaseline(
  history: Pick<History, 'ask' | 'takePast'>,
  pastFile: string | null,
  isShared: boolean,
  steadyMs = () => performance.now(),
): Promise<Baseline | null> {
  const baseline = await ask(history, isShared ? HANDED_WITHIN_MS : 0, steadyMs);
  if (pastFile === null) return baseline;
  const isNew = baseline !== null && baseline.aliveMs === null;
  const isWritten = isNew && (await isThere(pastFile));
  await history.takePast(isWritten ? pastFile : null);
  try {
    rmSync(pastFile, { force: true });
  } catch {
    // It lies where nothing may be removed: it ends with the demo's folder.
  }
  return isWritten ? history.ask({ kind: 'baseline' }, BASELINE_WITHIN_MS) : baseline;
}

/** What a database knew, which could not be read in time: it is looked for until it answers. `null`: nobody waits for it any more. */
export async function readLateBaseline(
  history: Pick<History, 'ask'>,
  signal: AbortSignal,
  lookMs = LATE_LOOK_MS,
): Promise<Baseline | null> {
  while (!signal.aborted) {
    const baseline = await history.ask({ kind: 'baseline' }, BASELINE_WITHIN_MS);
    if (baseline !== null) return baseline;
    await wait(lookMs, undefined, { ref: false });
  }
  return null;
}

/** While nobody leads a database it answers nothing: what lasted in it would begin once more. */
async function ask(
  history: Pick<History, 'ask'>,
  withinMs: number,
  steadyMs: () => number,
): Promise<Baseline | null> {
  const untilMs = steadyMs() + withinMs;
  while (true) {
    const baseline = await history.ask({ kind: 'baseline' }, BASELINE_WITHIN_MS);
    // However long each answer takes.
    if (baseline !== null || steadyMs() >= untilMs) return baseline;
    await wait(LOOK_MS, undefined, { ref: false });
  }
}

async function isThere(file: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < PAST_WITHIN_MS; waitedMs += LOOK_MS) {
    if (existsSync(file)) return true;
    await wait(LOOK_MS, undefined, { ref: false });
  }
  return false;
}
