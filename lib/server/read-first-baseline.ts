import { existsSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { History } from '#lib/history/create-history.ts';
import type { Baseline } from '#lib/history/question.ts';

/** A big history is looked through when it is opened, and brought to this version's shape. */
const BASELINE_WITHIN_MS = 600_000;
/** A machine that takes longer for the demo's past shows the demo without. */
const PAST_WITHIN_MS = 180_000;
const LOOK_MS = 100;

/**
 * What the history knew when it was opened; `null`: it cannot be read. One that is new gets the past of the demo swarm
 * first, where that is being written, as if a process before us had kept it.
 *
 * @param pastFile where it will lie once it is whole
 */
export async function readFirstBaseline(
  history: Pick<History, 'ask' | 'takePast'>,
  pastFile: string | null,
): Promise<Baseline | null> {
  const baseline = await history.ask({ kind: 'baseline' }, BASELINE_WITHIN_MS);
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

async function isThere(file: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < PAST_WITHIN_MS; waitedMs += LOOK_MS) {
    if (existsSync(file)) return true;
    await wait(LOOK_MS, undefined, { ref: false });
  }
  return false;
}
