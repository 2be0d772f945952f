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

/**
 * Of these no 24 px are asked: on an axis of time each is as wide as it lasted and stands where it was, and cells in rows that
 * are out of view are not laid out, so that axe sees them over each other.
 */
const SMALL = /^<a [^>]*class="(?:ribbon-piece|timeline-(?:bar|mark)|cell )/;

/** All that can be pressed is 24 px large, or has that room to itself (WCAG 2.5.8, which axe tries only when asked). */
export async function expectLargeTargets(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], runOnly: ['target-size'] })
    .analyze();
  const small = violations.flatMap(({ nodes }) => nodes).filter(({ html }) => !SMALL.test(html));
  const drawn = await page.evaluate(
    (selectors) =>
      selectors.map((one) => document.querySelector(one)?.checkVisibility({ contentVisibilityAuto: true })),
    small.map(({ target }) => target.join(' ')),
  );
  expect
    .soft(
      small.filter((_, at) => drawn[at] !== false).map(({ html }) => html.slice(0, 160)),
      what,
    )
    .toEqual([]);
}
