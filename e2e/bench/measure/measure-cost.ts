import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { readThreadSeconds } from '#e2e/bench/read-process.ts';
import type { RowName } from '#e2e/bench/rows.ts';
import { isLarge, type Subject } from '#e2e/bench/subject.ts';
import { summarize } from '#e2e/bench/summarize.ts';

/**
 * What is asked for as often as somebody looks, and its row. Of an address with a query no page is kept: it is drawn each time,
 * as for whoever comes alone.
 */
const ASKED = {
  '/?drawn': 'page-cpu',
  '/': 'kept-page-cpu',
  '/api/swarm': 'api-cpu',
  '/metrics': 'scrape-cpu',
} as const satisfies Record<string, RowName>;

/** As Chromium asks on this machine. */
const HEADERS = { 'accept-encoding': 'gzip, deflate, br, zstd' };
/** The first ones pay for code and for what is kept of then on. */
const WARM_UP = 5;
/** Of each address: how many rounds of how many requests, and how long it is left alone before. */
const USUAL = { rounds: 5, requests: 20, idleMs: 10_000 };
/** Of a swarm of more replicas one answer takes a second. */
const LARGE = { rounds: 3, requests: 4, idleMs: 10_000 };

/**
 * CPU time of all of the server's threads for one request, one after the other, without what it uses by itself.
 *
 * @param kind `page`: a server that has nothing else
 */
export async function measureCost(
  subject: Subject,
  kind: 'page' | 'all',
  { signal }: Pick<Work, 'signal'>,
  { rounds, requests, idleMs } = isLarge(subject) ? LARGE : USUAL,
): Promise<Measured> {
  const measured: Measured = {};
  const cpuMs = () => (readThreadSeconds(subject.pid) ?? Number.NaN) * 1e3;
  for (const [path, row] of Object.entries(ASKED)) {
    if (kind === 'page' && row !== 'page-cpu') continue;
    await ask(path, WARM_UP);
    const idle = await spend(() => sleep(idleMs, undefined, { signal }));
    const each: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const used = await spend(() => ask(path, requests));
      each.push((used.cpuMs - (idle.cpuMs / idle.ms) * used.ms) / requests);
    }
    measured[row] = summarize(each);
  }
  return measured;

  async function spend(work: () => Promise<unknown>) {
    const before = { cpuMs: cpuMs(), atMs: performance.now() };
    await work();
    return { cpuMs: cpuMs() - before.cpuMs, ms: performance.now() - before.atMs };
  }

  async function ask(path: string, count: number): Promise<void> {
    for (let at = 0; at < count; at += 1) {
      const response = await fetch(new URL(path, subject.url), { headers: HEADERS, signal });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${path} was answered with ${response.status}.`);
    }
  }
}
