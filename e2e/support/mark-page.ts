import { expect, type Page } from '@playwright/test';

/**
 * Puts a mark into the page's memory that a reload would wipe out.
 * @returns a function that expects the mark to be there still
 */
export async function markPage(page: Page): Promise<() => Promise<void>> {
  const mark = Math.random();
  await page.evaluate((value) => Object.assign(window, { vitalsMark: value }), mark);
  return async () => {
    const found = await page.evaluate(() => (window as unknown as { vitalsMark?: number }).vitalsMark);
    expect(found, 'the page must not have been reloaded').toBe(mark);
  };
}
