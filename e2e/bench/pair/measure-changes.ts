import { setTimeout as sleep } from 'node:timers/promises';
import { commandSwarm } from '#e2e/bench/command-swarm.ts';
import type { Measured } from '#e2e/bench/measured.ts';
import type { Subject } from '#e2e/bench/subject.ts';
import { summarize } from '#e2e/bench/summarize.ts';
import { readEvents } from '#lib/wire/read-events.ts';

const WITHIN_MS = 5_000;
const BETWEEN_MS = 300;

/**
 * The same changes into each one's stream, at the same time.
 *
 * @param ids of services, by name: what a change of theirs names
 */
export async function measureChanges(
  subjects: readonly Subject[],
  ids: ReadonlyMap<string, string>,
  { flips, signal }: { flips: number; signal: AbortSignal },
): Promise<Measured[]> {
  const streams = new AbortController();
  const end = AbortSignal.any([signal, streams.signal]);
  const onChange: ((data: string) => void)[] = subjects.map(() => () => {});
  const took: number[][] = subjects.map(() => []);
  try {
    for (const [at, { url }] of subjects.entries()) {
      const { body } = await fetch(`${url}/api/stream`, { signal: end });
      if (body === null) throw new Error(`${url} has no stream.`);
      void readEvents(body, ({ event, data }) => {
        if (event === 'changes') onChange[at]?.(data);
      }).catch(() => {});
    }
    const targets = subjects[0]?.targets ?? [];
    for (let flip = 0; flip < 2 * flips; flip += 1) {
      const target = targets[Math.floor(flip / 2) % targets.length];
      const id = ids.get(target?.service ?? '');
      if (target === undefined || id === undefined) throw new Error('No service is probed.');
      const fromMs = performance.now();
      const seen = subjects.map(
        (_, at) =>
          new Promise<number>((done) => {
            onChange[at] = (data) => data.includes(id) && done(performance.now() - fromMs);
          }),
      );
      await commandSwarm(subjects[0] as Subject, {
        command: 'flip',
        to: flip % 2 === 0 ? 'fail' : 'ok',
        ...target,
      });
      const all = await Promise.race([Promise.all(seen), sleep(WITHIN_MS, null, { signal })]);
      for (const [at, ms] of (all ?? []).entries()) took[at]?.push(ms);
      await sleep(BETWEEN_MS, undefined, { signal });
    }
  } finally {
    streams.abort();
  }
  return took.map((values) => ({ stream: summarize(values, 2 * flips - values.length) }));
}
