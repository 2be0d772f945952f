import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';

/** What a page showed at a moment of our clock. */
export interface SecondSight {
  atMs: number;
  /** `data-live`, or why the page could not be asked. */
  live: string;
  title: string;
  /** Of each replica in it: `web.1` → `healthy`. */
  statuses: Record<string, string>;
}

/** Looks at a page each second, until it is asked to end. */
export function watchEachSecond(page: Page): { end(): SecondSight[] } {
  const sights: SecondSight[] = [];
  let isOver = false;
  const look = () =>
    page.evaluate(() => ({
      live: document.documentElement.dataset.live ?? '',
      title: document.title,
      statuses: Object.fromEntries(
        [...document.querySelectorAll<HTMLElement>('[data-replica]')].map(({ dataset }) => [
          dataset.replica,
          dataset.status ?? '',
        ]),
      ),
    }));
  void (async () => {
    while (!isOver) {
      const atMs = Date.now();
      const seen = await look().catch((error: Error) => ({ live: error.message, title: '', statuses: {} }));
      if (!isOver) sights.push({ atMs, ...seen });
      await sleep(Math.max(0, atMs + 1_000 - Date.now()));
    }
  })();
  return {
    end() {
      isOver = true;
      return sights;
    },
  };
}

/** A line of a table. @param zeroMs from when its time is counted */
export function describeSight({ atMs, live, title, statuses }: SecondSight, zeroMs: number): string {
  const all = Object.entries(statuses).map(([key, status]) => `${key.slice(0, 10)} ${status}`);
  return `${((atMs - zeroMs) / 1_000).toFixed(1).padStart(6)} s  ${live.padEnd(6)} ${all.join(', ')}  "${title}"`;
}
