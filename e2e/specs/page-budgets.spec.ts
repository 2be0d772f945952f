import { expect, type Page, test } from '@playwright/test';
import { commandSwarm } from '#e2e/bench/command-swarm.ts';
import { SIZES } from '#e2e/bench/sizes.ts';
import { startVitalsSubject } from '#e2e/bench/start-vitals-subject.ts';
import { sumTransfers } from '#e2e/bench/sum-transfers.ts';
import { expectLive, expectStatus, toReplica, toService } from '#e2e/support/expect-status.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

/** DESIGN.md, "Budgets". What is not needed for the first look belongs behind next/dynamic or on its own route. */
const SCRIPT_BYTES = 150_000;
/** The first HTML at a thousand replicas that are well, which it says in a few characters each. */
const DOCUMENT_BYTES = 45_000;

// What is drawn and touched is looked at while nothing else makes the browser late.
test.describe.configure({ lock: '-exclusive-' });

interface Touched {
  rows: string[];
  replicas: string[];
}

/** Notes which rows and cells of the services' tables change in the document from now on; not the ages, which tick. */
async function watchRows(page: Page): Promise<() => Promise<Touched>> {
  await page.evaluate(() => {
    const rows = new Set<string>();
    const replicas = new Set<string>();
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        if (!element || element.closest('time')) continue;
        const row = element.closest<HTMLElement>('[data-service]')?.dataset.service;
        const replica = element.closest<HTMLElement>('[data-replica]')?.dataset.replica;
        if (row) rows.add(row);
        if (replica) replicas.add(replica);
      }
    }).observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
    Object.assign(window, { vitalsTouched: () => ({ rows: [...rows], replicas: [...replicas] }) });
  });
  return () => page.evaluate(() => (window as unknown as { vitalsTouched(): Touched }).vitalsTouched());
}

/** Is any of it drawn, as far as the browser is concerned? */
const isDrawn = (page: Page, service: string) =>
  toService(page, service).evaluate((row) =>
    [...row.children].some((cell) => cell.checkVisibility({ contentVisibilityAuto: true })),
  );

test('a thousand replicas: everything can be found, what is out of view is not drawn, a change touches one row', async ({
  page,
  browser,
}) => {
  const { signal } = new AbortController();
  const subject = await startVitalsSubject({ size: SIZES.M, profile: null, signal });
  try {
    const { scriptBytes, documentBytes } = await sumTransfers(browser, subject);
    expect(scriptBytes, 'JavaScript of the overview, compressed').toBeLessThanOrEqual(SCRIPT_BYTES);
    expect(documentBytes, 'the page itself, compressed').toBeLessThanOrEqual(DOCUMENT_BYTES);

    const picture = (await (await fetch(`${subject.url}/api/swarm`)).json()) as SwarmPicture;
    const last = picture.services.findLast(({ replicas }) =>
      replicas.every(({ status }) => status === 'healthy'),
    );
    if (!last) throw new Error('No service is healthy.');
    await page.goto(subject.url);
    await expectLive(page);
    await expect(page.locator('[data-replica]')).toHaveCount(SIZES.M.replicas);
    await expect(page.locator('[data-service]')).toHaveCount(SIZES.M.services);
    await expect(page.getByRole('row', { name: last.image }).last()).toBeAttached();
    expect(await isDrawn(page, last.name)).toBe(false);

    const touched = await watchRows(page);
    const target = { service: last.name, slot: last.replicas[0]?.key ?? '' };
    await commandSwarm(subject, { command: 'flip', to: 'fail', ...target });
    await expectStatus(toReplica(page, last.name), 'failing');
    expect(await touched()).toEqual({ rows: [last.name], replicas: [`${last.name}.${target.slot}`] });

    // A calm swarm turns bad while somebody looks: that is said above all services, which keep their place in the layout.
    const services = page.locator('.all-services');
    const readTop = () => services.evaluate((box) => (box as HTMLElement).offsetTop);
    const top = await readTop();
    await Promise.all(
      last.replicas.map(({ key }) =>
        commandSwarm(subject, { command: 'flip', to: 'fail', service: last.name, slot: key }),
      ),
    );
    const problems = page.getByRole('region', { name: 'Needs attention' });
    await expect(problems).toContainText(last.name);
    expect(await readTop()).toBe(top);
    const readOverlap = async () => {
      const [upper, lower] = await Promise.all([problems.boundingBox(), services.boundingBox()]);
      return (upper?.y ?? 0) + (upper?.height ?? 0) > (lower?.y ?? 0);
    };
    await expect.poll(readOverlap, 'pushed from under it').toBe(false);

    // The browser's own search finds it, and shows it.
    expect(
      await page.evaluate(
        (text) => (window as unknown as { find(text: string): boolean }).find(text),
        last.image,
      ),
    ).toBe(true);
    await toService(page, last.name).scrollIntoViewIfNeeded();
    await expect.poll(() => isDrawn(page, last.name), 'in view, it is drawn').toBe(true);
  } finally {
    await subject.close();
  }
});
