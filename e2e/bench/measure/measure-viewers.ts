import { setTimeout as sleep } from 'node:timers/promises';
import { commandSwarm } from '#e2e/bench/command-swarm.ts';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { openViewers } from '#e2e/bench/open-viewers.ts';
import { readProcess } from '#e2e/bench/read-process.ts';
import { isLarge, type Subject } from '#e2e/bench/subject.ts';
import { summarize } from '#e2e/bench/summarize.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';

const WITHIN_MS = 15_000;

/** A thousand look on, and a probe fails or passes: until the first and until the last of them has it. */
export async function measureViewers(
  subject: Subject,
  work: Pick<Work, 'flips' | 'viewers' | 'signal'>,
): Promise<Measured> {
  const { signal, flips } = work;
  const viewers = await openViewers(subject.url, work.viewers, signal, isLarge(subject));
  const first: number[] = [];
  const last: number[] = [];
  let missed = 0;
  try {
    for (let index = 0; index < flips; index += 1) {
      const target = subject.targets[Math.floor(index / 2) % subject.targets.length];
      if (!target) break;
      await sleep(300 + Math.random() * 300, undefined, { signal });
      const arrivals = viewers.expectChange();
      const to = index % 2 === 0 ? 'fail' : 'ok';
      const { atMs } = await commandSwarm(subject, { command: 'flip', to, ...target });
      const all = () => arrivals().length === work.viewers;
      if (await waitFor(all, WITHIN_MS, 'all viewers', signal).catch(onTimeout(signal))) {
        first.push(Math.max(0, Math.min(...arrivals()) - atMs));
        last.push(Math.max(0, Math.max(...arrivals()) - atMs));
      } else missed += 1;
      if (to === 'ok') await commandSwarm(subject, { command: 'flip', to: 'own', ...target });
    }
    const use = readProcess(subject.pid);
    return {
      'first-viewer': summarize(first, missed),
      'last-viewer': summarize(last, missed),
      ...(use && { 'viewers-memory': summarize([use.residentBytes / 1e6]) }),
    };
  } finally {
    viewers.close();
  }
}

/** In time or not is a number here, no failure; being asked to end is. */
function onTimeout(signal: AbortSignal): () => false {
  return () => {
    signal.throwIfAborted();
    return false;
  };
}
