import type { Browser, Page } from '@playwright/test';
import { type Subject, toSelector } from './subject.ts';

/** A page in a context of its own that shows the first target. */
export async function openPage(browser: Browser, subject: Subject): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const [first] = subject.targets;
  if (!first) throw new Error('There is no replica to measure with.');
  await page.goto(subject.url, { waitUntil: 'domcontentloaded', timeout: 60_000 });
  await page.locator(toSelector(subject, first)).first().waitFor({ state: 'attached', timeout: 60_000 });
  if (subject.marksLive) await page.locator('html[data-live="live"]').waitFor({ timeout: 60_000 });
  // Others are given time to open their stream, and all to come to rest.
  await page.waitForTimeout(subject.marksLive ? 500 : 1_500);
  return page;
}
