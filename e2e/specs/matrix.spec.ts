import { expect, type Page, test } from '@playwright/test';
import { type StartedSubject, startVitalsSubject } from '#e2e/bench/start-vitals-subject.ts';
import { expectAccessible } from '#e2e/support/expect-accessible.ts';
import { expectLive } from '#e2e/support/expect-status.ts';
import { readSwarm } from '#e2e/support/read-api.ts';
import { inspectWall } from '#e2e/support/wall/inspect-wall.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';

/** A heartbeat and a busy machine take their time. */
const SOON = { timeout: 90_000 };

let subject: StartedSubject;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  const size = { nodes: 40, services: 60, replicas: 240 };
  subject = await startVitalsSubject({ size, profile: null, signal: new AbortController().signal });
});

test.afterAll(() => subject?.close());

const grid = (page: Page) => page.getByRole('grid', { name: 'Services by nodes' });
const focused = (page: Page) => page.locator(':focus');

async function find(isWanted: (service: ServicePicture) => boolean): Promise<ServicePicture> {
  const found = (await readSwarm(subject)).services.find(isWanted);
  if (found === undefined) throw new Error('The demo has no such service.');
  return found;
}

test('the matrix folds what is well, unfolds a lost node at once, and is gone through by keys', async ({
  page,
}) => {
  test.setTimeout(300_000);
  // One on each node: its replica on a node that is lost stays lost.
  const service = await find(({ mode, replicas }) => mode.kind === 'global' && replicas.length === 40);
  const { hostname, key } = service.replicas[6] ?? {};
  if (hostname == null || key === undefined) throw new Error('It has no replica on the seventh node.');
  await page.goto(subject.url);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Matrix' }).click();
  await expect(page).toHaveURL(`${subject.url}/matrix`);
  await expectLive(page);
  // 40 nodes that are well are one column, and 60 services a line a stack.
  await expect(grid(page).getByRole('columnheader', { name: /^40 nodes,? Ready/ })).toBeVisible(SOON);
  await page.getByRole('button', { name: 'Folded by rack' }).click();
  for (const rack of ['a', 'b'])
    await expect(
      grid(page).getByRole('columnheader', { name: new RegExp(`^${rack}: 20 nodes`) }),
    ).toBeVisible();
  await page.getByRole('button', { name: 'Quiet nodes folded' }).click();
  const row = page.locator(`.matrix [data-service="${service.name}"]`);
  await expect(row).toHaveCount(0);

  const lose = await fetch(`${subject.control}/node-down`, {
    method: 'POST',
    body: JSON.stringify({ node: hostname }),
  });
  expect(lose.ok).toBe(true);
  const cell = row.getByRole('link', { name: `${service.name} on ${hostname}:` });
  await expect(cell).toHaveAttribute('data-status', 'lost', SOON);
  await expect(grid(page).getByRole('columnheader', { name: hostname })).toContainText('Down');

  await cell.focus();
  await expect(page.locator('.matrix-readout')).toContainText(`${service.name} on ${hostname}`);
  await page.keyboard.press('Home');
  await expect(focused(page)).toHaveAttribute('title', service.name);
  await page.keyboard.press('End');
  const isLast = () =>
    page.evaluate(() => {
      const at = document.activeElement?.closest('[aria-colindex]')?.getAttribute('aria-colindex');
      return at === document.querySelector('[role="grid"]')?.getAttribute('aria-colcount');
    });
  await expect.poll(isLast).toBe(true);
  await page.keyboard.press('Control+Home');
  await expect(focused(page)).toHaveAttribute('role', 'columnheader');
  await expect(page.locator('.matrix [tabindex="0"]')).toHaveCount(1);
  await cell.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${subject.url}/services/${service.name}/${key}`);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${subject.url}/matrix`);
  await expectLive(page);
  await expect(row).toContainText(service.name.split('_').at(-1) ?? '');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

  await page.goto(`${subject.url}/wall?views=matrix`);
  await expect(page.locator('.wall')).toHaveAttribute('data-truth', 'live', SOON);
  for (const [width, height] of [
    [1920, 1080],
    [1080, 1920],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(page.locator(`.wall [data-service="${service.name}"] [data-status="lost"]`)).toBeVisible(
      SOON,
    );
    await expect(async () => expect((await inspectWall(page)).faults).toEqual([])).toPass(SOON);
  }
});

test('all replicas of a service beside each other; a click leads to one of them at that time', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const service = await find(
    ({ verdict, healthCheck, replicas: { length } }) =>
      verdict === 'healthy' && healthCheck !== null && length >= 3 && length <= 12,
  );
  await page.goto(`${subject.url}/services/${service.name}`);
  await expectLive(page);
  await page.getByRole('link', { name: 'Compare replicas' }).click();
  await expect(page).toHaveURL(`${subject.url}/services/${service.name}/compare`);
  await expect(page.locator('tr[data-slot]')).toHaveCount(service.replicas.length, SOON);
  await expect(page.locator('.compare-plot').first().locator('.compare-line').first()).toBeAttached();
  await expectAccessible(page, 'replicas beside each other');
  const area = page.locator('.compare-area').first();
  const box = await area.boundingBox();
  if (box === null) throw new Error('The chart is not drawn.');
  // The newest that is known, wherever on the axis that is by now.
  await expect(async () => {
    await page.mouse.move(box.x + box.width * 0.97, box.y + box.height / 2);
    await page.mouse.click(box.x + box.width * 0.97, box.y + box.height / 2);
    await expect(page).toHaveURL(/\/services\/[^/]+\/\d+\?from=\d+&until=\d+$/, { timeout: 2_000 });
  }).toPass(SOON);
});
