import type { Browser, Page } from '@playwright/test';
import { type Subject, toSelector } from './subject.ts';

/** A guard: of 100,000 replicas a page is 10 MB, which a busy browser takes a while for. */
const WITHIN_MS = 180_000;

/** A page in a context of its own that shows the first target. */
export async function openPage(browser: Browser, subject: Subject): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const [first] = subject.targets;
  if (!first) throw new Error('There is no replica to measure with.');
  await page.goto(subject.url, { waitUntil: 'domcontentloaded', timeout: WITHIN_MS });
  await page.locator(toSelector(subject, first)).first().waitFor({ state: 'attached', timeout: WITHIN_MS });
  if (subject.marksLive) await page.locator('html[data-live="live"]').waitFor({ timeout: WITHIN_MS });
  // Others are given time to open their stream, and all to come to rest.
  await page.waitForTimeout(subject.marksLive ? 500 : 1_500);
  return page;
}
