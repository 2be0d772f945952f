import type { Page } from '@playwright/test';
import { images } from '#e2e/lab/images.ts';
import { asShown } from '#e2e/support/as-shown.ts';
import { expectAccessible } from '#e2e/support/expect-accessible.ts';
import { expectLive, expectStatus, toReplica } from '#e2e/support/expect-status.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { markPage } from '#e2e/support/mark-page.ts';
import { expect, test } from '#e2e/support/test.ts';

const CHECK = ['--health-interval', '1s', '--health-timeout', '2s', '--health-retries', '3'];

/** The sentences that the events page shows, newest first. */
function readTexts(page: Page): Promise<string[]> {
  return page.locator('.event-row .event-text > p').allTextContents();
}

/** Many that come at once wait above the list until somebody asks for them. */
async function showWaiting(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /new events?$/ });
  // Where few wait, they may come in before they are asked for.
  if (await button.isVisible()) await button.click({ timeout: 2_000 }).catch(() => undefined);
}

test('a replica fails, is killed for its health and replaced: bars, ribbon and events show it', async ({
  page,
  context,
  swarm,
  services,
}) => {
  test.setTimeout(300_000);
  const name = await services.create('told', {
    image: images.web,
    flags: [...CHECK, '--restart-delay', '1s'],
  });
  await page.goto(`/events?service=${name}`);
  await expectLive(page);
  const expectSamePage = await markPage(page);
  const events = page.getByRole('list', { name: 'Events, newest first' });
  await expect(async () => {
    await showWaiting(page);
    await expect(events).toContainText('is healthy', { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });

  const container = await findContainer(swarm, name);
  await container.host.docker('exec', container.id, 'rm', '/www/healthcheck');

  await test.step('what happens comes in, in its order', async () => {
    await expect(async () => {
      await showWaiting(page);
      await expect(events.locator('[data-kind="health"][data-level="warn"]')).not.toHaveCount(0, {
        timeout: 1_000,
      });
      await expect(events.locator('[data-kind="task"][data-level="bad"]')).not.toHaveCount(0, {
        timeout: 1_000,
      });
      expect((await readTexts(page))[0]).toMatch(/is healthy/);
    }).toPass({ timeout: 120_000 });
    await expectSamePage();
    const oldestFirst = (await readTexts(page)).reverse();
    const order = [asShown(/Failed \d of 3 probes/), /[Kk]illed/, /starts/, /is healthy/];
    let from = 0;
    for (const pattern of order) {
      const at = oldestFirst.findIndex((text, index) => index >= from && pattern.test(text));
      expect(at, `${pattern} in ${oldestFirst.join(' / ')}`).toBeGreaterThanOrEqual(0);
      from = at;
    }
  });

  await test.step('a filter is in the address and survives a reload', async () => {
    await page.getByRole('checkbox', { name: 'Tasks' }).check();
    await expect(page).toHaveURL(new RegExp(`service=${name}&kind=task$`));
    await expect(events.locator('li:not([data-kind="task"])')).toHaveCount(0);
    await page.reload();
    await expectLive(page);
    await expect(page.getByRole('checkbox', { name: 'Tasks' })).toBeChecked();
    await expect(
      page.getByRole('textbox', { name: 'Service' }).or(page.getByRole('combobox', { name: 'Service' })),
    ).toHaveValue(name);
    await expect(events.locator('li')).not.toHaveCount(0);
    await expect(events.locator('li:not([data-kind="task"])')).toHaveCount(0);
  });

  await test.step('an event leads to its replica, whose failed probe the keyboard reaches', async () => {
    await events
      .getByRole('link', { name: `${name}.1` })
      .first()
      .click();
    await expect(page).toHaveURL(new RegExp(`/services/${name}/1`));
    await expectStatus(toReplica(page, name), 'healthy');
    const chart = page.getByRole('slider', { name: 'Probes over time' });
    await expect(chart.locator('canvas')).toBeVisible();
    await chart.focus();
    await page.keyboard.press('ArrowDown');
    await expect(chart).toHaveAttribute('aria-valuetext', /exit 1, took .+ of 2 s/);
    await expect(page.getByTestId('readout')).toContainText('exit 1');
    await page.keyboard.press('+');
    await expect(page).toHaveURL(/from=\d+&until=\d+/);
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/range=(5|15)m/);
  });

  await test.step('its list says when it died, and why', async () => {
    await page.getByText('As a list').click();
    const list = page.locator('.history-list');
    await expect(list).toContainText('Killed for its health');
    await expect(list).toContainText('Healthy');
    await expect(page.locator('.earlier').first()).toContainText('Last log lines');
  });

  await test.step('the service shows the dead task with its cause, and the restart in words', async () => {
    await page.goto(`/services/${name}?range=1h`);
    await expectLive(page);
    const dead = page.getByRole('link', { name: /killed for its health/i });
    await expect(dead.first()).toBeVisible();
    await expect(page.locator('.ribbon-restarts')).toContainText('1 × killed for its health');
    await dead.first().focus();
    await expect(page.locator('.readout')).toContainText(/killed for its health/i);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/services/${name}/1`));
  });

  await test.step('without JavaScript the first page of events is there', async () => {
    const browser = context.browser();
    if (browser === null) throw new Error('no browser');
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const reader = await plain.newPage();
    await reader.goto(`${swarm.vitals.url}/events?service=${name}&level=bad`);
    await expect(reader.locator('.event-row').first()).toBeVisible();
    await expect(reader.locator('.event-row:not([data-level="bad"])')).toHaveCount(0);
    await expect(reader.getByRole('button', { name: 'Show' })).toBeVisible();
    await plain.close();
  });

  await test.step('axe finds nothing serious, dark and light', async () => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const path of ['/events', `/services/${name}`, `/services/${name}/1`]) {
        await page.goto(path);
        await expectLive(page);
        await expectAccessible(page, `${path} ${colorScheme}`);
      }
    }
  });
});
