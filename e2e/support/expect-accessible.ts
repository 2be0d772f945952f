import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** axe finds nothing serious on the page as it is; `what` names it in the report. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // Our pages have no frames of others. Every rule runs all the same, three times as fast: a second tab for the
  // results, and each element that passed, cost more than the rules.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect.soft(grave, what).toEqual([]);
}
