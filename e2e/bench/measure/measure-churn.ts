import { setTimeout as sleep } from 'node:timers/promises';
import { commandSwarm } from '#e2e/bench/command-swarm.ts';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import type { Subject } from '#e2e/bench/subject.ts';
import { summarize } from '#e2e/bench/summarize.ts';
import { printKinds, takeReading, toMinute } from './take-reading.ts';

/** Four steps a second, of which two change a probe's result and one, every second time, ends a task. */
const STEP_MS = 500;
/** Until as many slots wait for their next task as will all the time. */
const WARM_UP_MS = 30_000;

/**
 * What a busy swarm costs: two health changes and half a death a second, all over it. All of it a minute.
 *
 * @param subjects of one swarm, measured at the same time
 * @returns what was measured of each
 */
export async function measureChurn(
  subjects: readonly Subject[],
  { seconds, signal }: Pick<Work, 'seconds' | 'signal'>,
  warmUpMs = WARM_UP_MS,
): Promise<Measured[]> {
  const [subject] = subjects;
  if (!subject) return [];
  let step = 0;
  await churn(warmUpMs);
  const read = () => Promise.all(subjects.map(takeReading));
  const before = await read();
  await churn(seconds * 1_000);
  const after = await read();
  if (before[0] && after[0]) printKinds(before[0], after[0]);
  return after.map((now, at) => {
    const { megabytes, requests, used } = toMinute(before[at] ?? now, now);
    return {
      'busy-docker-bytes': summarize([megabytes]),
      'busy-docker-requests': summarize([requests]),
      ...(used && {
        'busy-cpu': summarize([used.cpuSeconds]),
        'busy-memory': summarize([used.residentMegabytes]),
      }),
    };
  });

  /** One that died may not be back yet: then nothing happens in its step. */
  async function churn(lengthMs: number): Promise<void> {
    const startMs = performance.now();
    for (let dueMs = startMs; dueMs < startMs + lengthMs; dueMs += STEP_MS, step += 1) {
      await sleep(Math.max(0, dueMs - performance.now()), undefined, { signal });
      const flipped = targetAt(step);
      const passed = targetAt(step - 1);
      const dies = targetAt(step + Math.floor((subject?.targets.length ?? 0) / 2));
      if (flipped) await press({ command: 'flip', to: 'fail', ...flipped });
      if (passed) await press({ command: 'flip', to: 'own', ...passed });
      if (passed) await press({ command: 'flip', to: 'ok', ...passed });
      if (dies && step % 4 === 0) await press({ command: 'kill-task', ...dies });
    }
  }

  async function press(command: Parameters<typeof commandSwarm>[1]): Promise<void> {
    if (subject) await commandSwarm(subject, command).catch(() => undefined);
  }

  function targetAt(index: number) {
    const targets = subject?.targets ?? [];
    return targets[(index + targets.length) % targets.length];
  }
}
