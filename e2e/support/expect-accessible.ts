import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What the colours decide: all that can differ from dark to light. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** axe finds nothing serious on the page as it is, and in both schemes of colours; `what` names it in the report. */
export async function expectAccessibleDarkAndLight(page: Page, what: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page, `${what} dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  await expectAccessible(page, `${what} light`, OF_COLOURS);
}

/** axe finds nothing serious on the page as it is; `what` names it in the report, `rules` those that are tried (all). */
export async function expectAccessible(page: Page, what: string, rules: string[] = []): Promise<void> {
  // Our pages have no frames of others. Every rule runs all the same, three times as fast: a second tab for the
  // results, and each element that passed, cost more than the rules.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], ...(rules.length > 0 ? { runOnly: rules } : {}) })
    .analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect.soft(grave, what).toEqual([]);
}
