import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { type Command, commandSwarm } from '#e2e/bench/command-swarm.ts';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { openPage } from '#e2e/bench/open-page.ts';
import { type Subject, toSelector } from '#e2e/bench/subject.ts';
import { summarize } from '#e2e/bench/summarize.ts';
import { watchElement } from '#e2e/bench/watch-element.ts';

const WITHIN_MS = 15_000;
/** More failures than any health check of the demo allows. */
const MAX_RETRIES = 8;
/** Swarm's restart delay and a start of the demo's take some 10 s. */
const MAX_LOOKS = 15;
const LOOK_MS = 2_000;

/** A probe fails on an engine, and passes again → in the DOM. */
export async function measureLatency(
  browser: Browser,
  subject: Subject,
  work: Pick<Work, 'flips' | 'signal'>,
): Promise<Measured> {
  const page = await openPage(browser, subject);
  const found: Record<'fail' | 'ok', (number | null)[]> = { fail: [], ok: [] };
  try {
    for (let index = 0; index < Math.ceil(work.flips / 2); index += 1) {
      const target = subject.targets[index % subject.targets.length];
      if (!target) break;
      for (const to of ['fail', 'ok'] as const)
        found[to].push(
          (await measureOne(page, subject, { command: 'flip', to, ...target }, work.signal)).tookMs,
        );
      await commandSwarm(subject, { command: 'flip', to: 'own', ...target });
    }
  } finally {
    await page.context().close();
  }
  return {
    health: toSummary([...found.fail, ...found.ok]),
    'health-fail': toSummary(found.fail),
    'health-pass': toSummary(found.ok),
  };
}

/** The process of a task ends → in the DOM. Each replica dies once: it takes seconds until it is back. */
export async function measureDeath(
  browser: Browser,
  subject: Subject,
  work: Pick<Work, 'flips' | 'signal'>,
): Promise<Measured> {
  const page = await openPage(browser, subject);
  const found: (number | null)[] = [];
  try {
    for (const target of subject.targets.slice(0, work.flips)) {
      const one = await whenBack(
        () => measureOne(page, subject, { command: 'kill-task', ...target }, work.signal),
        work.signal,
      );
      found.push(one.tookMs);
    }
    return { death: toSummary(found) };
  } finally {
    await page.context().close();
  }
}

/** Probes fail, one after the other, until Docker gives the container up: the last one counts. Swarm then kills it. */
export async function measureUnhealthy(
  browser: Browser,
  subject: Subject,
  { flips, signal }: Pick<Work, 'flips' | 'signal'>,
): Promise<Measured> {
  const page = await openPage(browser, subject);
  const found: (number | null)[] = [];
  try {
    // Those that did not die just now; where there are none, the first to die are the first to be back.
    const targets = [...subject.targets.slice(flips), ...subject.targets];
    for (const target of targets.slice(0, Math.ceil(flips / 2))) {
      for (let failures = 0; failures < MAX_RETRIES; failures += 1) {
        const command = { command: 'flip', to: 'fail', ...target } as const;
        const one = await measureOne(page, subject, command, signal).catch(() => null);
        signal.throwIfAborted();
        // Not back yet, or just killed: the next one.
        if (one === null) break;
        if (one.health !== 'unhealthy') continue;
        found.push(one.tookMs);
        break;
      }
    }
    return { unhealthy: toSummary(found) };
  } finally {
    await page.context().close();
  }
}

/** What was measured before may have killed it just now: nothing runs in its slot until Swarm has started another task. */
async function whenBack<T>(measure: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let left = MAX_LOOKS; ; left -= 1)
    try {
      return await measure();
    } catch (error) {
      if (left === 0 || signal.aborted) throw error;
      await sleep(LOOK_MS, undefined, { signal });
    }
}

async function measureOne(page: Page, subject: Subject, command: Command, signal: AbortSignal) {
  // Never in step with anybody's timer.
  await sleep(150 + Math.random() * 250, undefined, { signal });
  const wait = await watchElement(page, toSelector(subject, command));
  const { atMs, health } = await commandSwarm(subject, command);
  const seenMs = await wait(WITHIN_MS);
  return { tookMs: seenMs === null ? null : Math.max(0, seenMs - atMs), health };
}

function toSummary(found: readonly (number | null)[]) {
  const seen = found.filter((one) => one !== null);
  return summarize(seen, found.length - seen.length);
}
