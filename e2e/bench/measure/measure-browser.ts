import type { Browser, Page } from '@playwright/test';
import { churn } from '#e2e/bench/churn.ts';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { openPage } from '#e2e/bench/open-page.ts';
import { readProcess } from '#e2e/bench/read-process.ts';
import type { Subject } from '#e2e/bench/subject.ts';
import { summarize } from '#e2e/bench/summarize.ts';

const USUAL = { churnMs: 10_000, scrollMs: 5_000 };

interface Timed {
  vitalsLongTasks?: number[];
}

/** How busy the page is while fifty things a second change, and how it scrolls while none does. */
export async function measureBrowser(
  browser: Browser,
  subject: Subject,
  work: Pick<Work, 'signal'>,
  { churnMs, scrollMs } = USUAL,
): Promise<Measured> {
  const page = await openPage(browser, subject);
  try {
    const frames = await scroll(page, scrollMs);
    await page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(window, { vitalsLongTasks: tasks });
      new PerformanceObserver((list) => {
        tasks.push(...list.getEntries().map(({ duration }) => duration));
      }).observe({ type: 'longtask' });
    });
    const before = readProcess(subject.pid);
    await churn(subject, churnMs, work.signal);
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

/** Scrolls down and up again. @returns what each frame took, ms */
function scroll(page: Page, forMs: number): Promise<number[]> {
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
    forMs,
  );
}
