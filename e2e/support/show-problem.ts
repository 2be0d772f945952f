import { expect, type Locator, type Page } from '@playwright/test';

/** What the overview says of a service with a problem: on a bad day its line is unfolded for it. */
export async function showProblem(page: Page, name: string): Promise<Locator> {
  const article = page.locator('article', { hasText: name });
  const line = page.locator('.problem-line', { has: page.locator('.problem-line-name', { hasText: name }) });
  // In a rush what is new waits until somebody asks for it.
  const waiting = page.locator('.problems-waiting');
  await expect(async () => {
    if ((await line.or(article).count()) === 0 && (await waiting.count()) > 0)
      await waiting.click({ timeout: 1_000 });
    for (const more of await page.locator('.problem-more').all()) await more.click({ timeout: 1_000 });
    if ((await line.count()) > 0 && (await line.getAttribute('open', { timeout: 1_000 })) === null)
      await line.locator('summary').click({ timeout: 1_000 });
    await expect(article).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  return article;
}
