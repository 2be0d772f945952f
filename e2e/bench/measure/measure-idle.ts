import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { openViewers } from '#e2e/bench/open-viewers.ts';
import { isLarge, type Subject } from '#e2e/bench/subject.ts';
import { summarize } from '#e2e/bench/summarize.ts';
import { printKinds, takeReading, toMinute } from './take-reading.ts';

const VIEWERS = 50;
/** Our server reads the good probes of a container anew after some of them, 40 s after its start at first. */
const SETTLE_MS = 60_000;

/**
 * Nothing happens, and fifty look on: what is sent to them, asked of Docker and used. All of it a minute.
 *
 * @param subjects several of one swarm are measured at the same time, so that other work on the machine falls on all
 * @returns what was measured of each
 */
export async function measureIdle(
  subjects: readonly Subject[],
  { seconds, signal }: Pick<Work, 'seconds' | 'signal'>,
  settleMs = SETTLE_MS,
): Promise<Measured[]> {
  const all = await Promise.all(
    subjects.map(async (subject) => ({
      subject,
      viewers: await openViewers(subject.url, VIEWERS, signal, isLarge(subject)),
    })),
  );
  try {
    await sleep(settleMs, undefined, { signal });
    const read = () => Promise.all(all.map(async ({ subject }) => takeReading(subject)));
    const sent = () => all.map(({ viewers }) => viewers.bytes());
    const [before, sentBefore] = [await read(), sent()];
    await sleep(seconds * 1_000, undefined, { signal });
    const [after, sentAfter] = [await read(), sent()];
    if (before[0] && after[0]) printKinds(before[0], after[0]);
    return after.map((now, at) => {
      const { aMinute, megabytes, requests, used } = toMinute(before[at] ?? now, now);
      const bytes = sentAfter[at]?.map((own, viewer) => own - (sentBefore[at]?.[viewer] ?? 0)) ?? [];
      return {
        'viewer-bytes': summarize(bytes.map((own) => (own * aMinute) / 1e3)),
        'docker-bytes': summarize([megabytes]),
        'docker-requests': summarize([requests]),
        ...(used && { cpu: summarize([used.cpuSeconds]), memory: summarize([used.residentMegabytes]) }),
      };
    });
  } finally {
    for (const { viewers } of all) viewers.close();
  }
}
