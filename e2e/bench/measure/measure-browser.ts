import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { commandSwarm } from '#e2e/bench/command-swarm.ts';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { openPage } from '#e2e/bench/open-page.ts';
import { readProcess } from '#e2e/bench/read-process.ts';
import type { Subject } from '#e2e/bench/subject.ts';
import { summarize } from '#e2e/bench/summarize.ts';

const CHANGES_A_SECOND = 50;
const CHURN_MS = 10_000;
const SCROLL_MS = 5_000;
/** A probe that failed passes again so many changes later: before there are three in a row. */
const LAG = 20;

interface Timed {
  vitalsLongTasks?: number[];
}

/** How busy the page is while fifty things a second change, and how it scrolls while none does. */
export async function measureBrowser(browser: Browser, subject: Subject, work: Work): Promise<Measured> {
  const page = await openPage(browser, subject);
  try {
    const frames = await scroll(page);
    await page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(window, { vitalsLongTasks: tasks });
      new PerformanceObserver((list) => {
        tasks.push(...list.getEntries().map(({ duration }) => duration));
      }).observe({ type: 'longtask' });
    });
    const before = readProcess(subject.pid);
    await churn(subject, work.signal);
    const after = readProcess(subject.pid);
    const tasks = await page.evaluate(() => (window as Timed).vitalsLongTasks ?? []);
    const mean = frames.reduce((sum, one) => sum + one, 0) / frames.length;
    return {
      'long-tasks': summarize([tasks.length]),
      'longest-task': summarize([Math.max(0, ...tasks)]),
      ...(before && after && { 'churn-cpu': summarize([after.cpuSeconds - before.cpuSeconds]) }),
      fps: summarize([1_000 / mean]),
      frame: summarize(frames),
    };
  } finally {
    await page.context().close();
  }
}

/** Flips probes at a fixed pace, whatever the answers take, and leaves all of them as they were. */
async function churn(subject: Subject, signal: AbortSignal): Promise<void> {
  const { targets } = subject;
  const count = (CHURN_MS / 1_000) * CHANGES_A_SECOND;
  const startMs = performance.now();
  const sent: Promise<unknown>[] = [];
  for (let index = 0; index < count; index += 1) {
    const pair = Math.floor(index / (2 * LAG)) * LAG + (index % LAG);
    const target = targets[pair % targets.length];
    const to = index % (2 * LAG) < LAG ? 'fail' : 'ok';
    if (target) sent.push(commandSwarm(subject, { command: 'flip', to, ...target }));
    const dueMs = startMs + ((index + 1) * 1_000) / CHANGES_A_SECOND;
    await sleep(Math.max(0, dueMs - performance.now()), undefined, { signal });
  }
  await Promise.all(sent);
  await sleep(500, undefined, { signal });
}

/** Scrolls down and up again. @returns what each frame took, ms */
function scroll(page: Page): Promise<number[]> {
  return page.evaluate(
    (lengthMs) =>
      new Promise<number[]>((resolve) => {
        const frames: number[] = [];
        let step = 60;
        let beforeMs: number | null = null;
        const startMs = performance.now();
        const onFrame = (nowMs: number) => {
          if (beforeMs !== null) frames.push(nowMs - beforeMs);
          beforeMs = nowMs;
          if (nowMs - startMs > lengthMs) return resolve(frames);
          const { scrollY, innerHeight } = window;
          if (scrollY + innerHeight >= document.documentElement.scrollHeight - 1) step = -60;
          else if (scrollY === 0) step = 60;
          window.scrollBy(0, step);
          requestAnimationFrame(onFrame);
        };
        requestAnimationFrame(onFrame);
      }),
    SCROLL_MS,
  );
}
