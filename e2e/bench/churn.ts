import { setTimeout as sleep } from 'node:timers/promises';
import { commandSwarm } from './command-swarm.ts';
import type { Subject } from './subject.ts';

const CHANGES_A_SECOND = 50;
/** A probe that failed passes again so many changes later: before there are three in a row. */
const LAG = 20;

/**
 * Flips probes at a fixed pace, whatever the answers take, and leaves all of them as they were.
 *
 * @returns how many were flipped: a swarm that is at its limit does not follow each order
 */
export async function churn(subject: Subject, forMs: number, signal: AbortSignal): Promise<number> {
  const { targets } = subject;
  const count = Math.round((forMs / 1_000) * CHANGES_A_SECOND);
  const startMs = performance.now();
  const sent: Promise<boolean>[] = [];
  for (let index = 0; index < count; index += 1) {
    const pair = Math.floor(index / (2 * LAG)) * LAG + (index % LAG);
    const target = targets[pair % targets.length];
    const to = index % (2 * LAG) < LAG ? 'fail' : 'ok';
    if (target)
      sent.push(
        commandSwarm(subject, { command: 'flip', to, ...target }).then(
          () => true,
          () => false,
        ),
      );
    const dueMs = startMs + ((index + 1) * 1_000) / CHANGES_A_SECOND;
    await sleep(Math.max(0, dueMs - performance.now()), undefined, { signal });
  }
  const followed = (await Promise.all(sent)).filter(Boolean).length;
  await sleep(500, undefined, { signal });
  return followed;
}
