import type { Browser } from '@playwright/test';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { openFarLink } from '#e2e/bench/open-far-link.ts';
import type { Subject } from '#e2e/bench/subject.ts';
import { sumTransfers } from '#e2e/bench/sum-transfers.ts';
import { summarize } from '#e2e/bench/summarize.ts';

/** As long as for `openPage`. */
const WITHIN_MS = 180_000;

interface Loading {
  vitalsPaintedMs?: number;
  vitalsLiveMs?: number;
}

/** A first visit, with nothing in any cache, again and again. */
export async function measureLoad(browser: Browser, subject: Subject, work: Work): Promise<Measured> {
  const near: Loaded[] = [];
  const far: Loaded[] = [];
  const link = await openFarLink(subject.url);
  try {
    // The first one also pays for what the browser itself has not loaded yet.
    for (let index = 0; index <= work.loads; index += 1) {
      work.signal.throwIfAborted();
      const times = await loadOnce(browser, subject);
      if (index === 0) continue;
      near.push(times);
      far.push(await loadOnce(browser, { ...subject, url: link.url }));
    }
  } finally {
    link.close();
  }
  return {
    ...summarizeLoads(near),
    'load-far': summarize(far.map(({ firstMs }) => firstMs)),
    ...(await measureTransfers(browser, subject)),
  };
}

/** What one visit sends. */
export async function measureTransfers(browser: Browser, subject: Subject): Promise<Measured> {
  const { scriptBytes, documentBytes } = await sumTransfers(browser, subject);
  return { html: summarize([documentBytes / 1e3]), script: summarize([scriptBytes / 1e3]) };
}

export function summarizeLoads(near: readonly Loaded[]): Measured {
  const live = near.flatMap(({ liveMs }) => (liveMs === null ? [] : [liveMs]));
  return {
    load: summarize(near.map(({ paintedMs }) => paintedMs)),
    'load-first': summarize(near.map(({ firstMs }) => firstMs)),
    ...(live.length > 0 && { live: summarize(live) }),
  };
}

export interface Loaded {
  /** The first replica. */
  paintedMs: number;
  /** The browser's own entry: the first text or picture that it painted, from the navigation on. */
  firstMs: number;
  liveMs: number | null;
}

export async function loadOnce(browser: Browser, subject: Subject): Promise<Loaded> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript((css) => {
      const shared = window as Loading;
      const look = () => {
        if (shared.vitalsPaintedMs === undefined && document.querySelector(css) !== null) {
          shared.vitalsPaintedMs = -1;
          // A task after the frame's callbacks: the frame that holds it has been drawn.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
              shared.vitalsPaintedMs = performance.now();
            };
            port2.postMessage(null);
          });
        }
        if (document.documentElement?.dataset.live !== 'live') return;
        shared.vitalsLiveMs = performance.now();
        observer.disconnect();
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { attributes: true, childList: true, subtree: true });
    }, subject.anySelector);
    await page.goto(subject.url, { waitUntil: 'commit', timeout: WITHIN_MS });
    await page.waitForFunction(() => ((window as Loading).vitalsPaintedMs ?? -1) >= 0, null, {
      timeout: WITHIN_MS,
      polling: 50,
    });
    if (subject.marksLive) {
      const isLive = () => (window as Loading).vitalsLiveMs !== undefined;
      await page.waitForFunction(isLive, null, { timeout: WITHIN_MS, polling: 50 });
    }
    return await page.evaluate(() => {
      const { vitalsPaintedMs: paintedMs = Number.NaN, vitalsLiveMs: liveMs = null } = window as Loading;
      const firstMs = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
      return { paintedMs, firstMs, liveMs };
    });
  } finally {
    await context.close();
  }
}
