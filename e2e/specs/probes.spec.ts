import type { Locator, Page } from '@playwright/test';
import { images } from '#e2e/lab/images.ts';
import type { Services } from '#e2e/support/create-services.ts';
import { expectLive, expectStatus, toReplica } from '#e2e/support/expect-status.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { inspectContainer } from '#e2e/support/inspect-container.ts';
import { readReplicaDetail } from '#e2e/support/read-api.ts';
import type { Swarm } from '#e2e/support/start-swarm.ts';
import { expect, test } from '#e2e/support/test.ts';
import type { Probe } from '#lib/model/docker/probe.ts';

/** Passes until it is made to go on with `then`; never unhealthy. */
function createProbing(services: Services, prefix: string, then: string): Promise<string> {
  return services.create(prefix, {
    image: images.sleep,
    flags: [
      ...['--health-cmd', `test -e /tmp/go || exit 0; ${then}`],
      ...['--health-interval', '1s', '--health-timeout', '1s', '--health-retries', '1000'],
    ],
  });
}

/** Makes the probe go on, opens the replica's page, and waits for the first probe that failed. */
async function seeFailedProbe(
  page: Page,
  swarm: Swarm,
  name: string,
): Promise<{ row: Locator; probe: Probe; inspected: Omit<Probe, 'truncated'> }> {
  await page.goto('/');
  await expectStatus(toReplica(page, name), 'healthy');
  await page.goto(`/services/${name}/1`);
  await expectLive(page);
  const container = await findContainer(swarm, name);
  await container.host.docker('exec', container.id, 'touch', '/tmp/go');
  await expectStatus(toReplica(page, name), 'failing');
  const row = page.getByRole('table', { name: 'Probes' }).first().locator('tbody tr').first();
  await expect(row).not.toHaveAttribute('data-exit-code', '0');
  const { probes } = await readReplicaDetail(swarm.vitals, name, '1');
  const all = (await inspectContainer(container)).health?.probes ?? [];
  const inspected = all.find(({ exitCode }) => exitCode !== 0);
  if (!inspected) throw new Error('docker inspect has no failed probe.');
  const probe = probes.find(({ startedAtMs }) => startedAtMs === inspected.startedAtMs);
  if (!probe) throw new Error('The API does not have the failed probe that docker inspect has.');
  return { row, probe, inspected };
}

/** Nothing of what a probe printed has become part of the page. */
async function expectIntact(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'vitalsInjected' in window)).toBe(false);
  await expect(page.locator('.output script, .output img, .output svg, .output a')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width, 'the page must not be wider than its window').toBeLessThanOrEqual(0);
}

test('a probe that times out is said to have timed out', async ({ page, swarm, services }) => {
  const name = await createProbing(services, 'slow', 'echo begun; sleep 20');
  const { row, probe, inspected } = await seeFailedProbe(page, swarm, name);
  expect(probe).toMatchObject({ exitCode: -1, output: inspected.output, endedAtMs: inspected.endedAtMs });
  expect(probe.durationMs).toBeGreaterThanOrEqual(1_000);
  await expect(row).toContainText('timed out after 1 s');
  await expect(row).toContainText('Health check exceeded timeout (1s)');
});

test('a probe that prints a megabyte is shown as far as Docker keeps it, and said to be cut', async ({
  page,
  swarm,
  services,
}) => {
  const name = await createProbing(services, 'chatty', 'head -c 1000000 /dev/zero | tr "\\000" A; exit 1');
  const { row, probe, inspected } = await seeFailedProbe(page, swarm, name);
  expect(probe.output).toBe(inspected.output);
  expect(probe).toMatchObject({ exitCode: 1, truncated: true });
  await expect(row).toContainText('A'.repeat(4096));
  await expect(row).toContainText('cut here by Docker');
  await expectIntact(page);
});

test('a probe that prints ANSI, HTML, NUL and invalid UTF-8 is shown as text, and the page stays whole', async ({
  page,
  swarm,
  services,
}) => {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const html =
    '<script>window.vitalsInjected=1;alert(1)</script><img src=x onerror=window.vitalsInjected=1></pre><!--';
  const name = await createProbing(
    services,
    'hostile',
    `printf '\\377caf\\351 \\033[31mred\\033[0m %s\\000end\\n' '${html}'; exit 2`,
  );
  const { row, probe, inspected } = await seeFailedProbe(page, swarm, name);
  expect(probe.output).toBe(inspected.output);
  expect(probe.output).toContain('\u001b[31mred\u001b[0m');
  expect(probe.output).toContain('\u0000end');
  expect(probe.output).toContain('\ufffdcaf\ufffd');
  await expect(row.locator('pre')).toHaveText(`\ufffdcaf\ufffd red ${html}\u2400end`);
  await expectIntact(page);
  for (const path of ['/', `/services/${name}`, `/services/${name}/1`]) {
    await page.goto(path);
    await expectLive(page);
    await expectIntact(page);
  }
  expect(dialogs).toEqual([]);
});
