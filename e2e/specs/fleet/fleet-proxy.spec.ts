import { expect, test } from '@playwright/test';
import {
  ensureReverseProxies,
  type ReverseProxies,
  startReverseProxies,
} from '#e2e/support/proxies/start-reverse-proxies.ts';
import { FLEET_TOKEN, type FleetLab, startFleet } from '#e2e/support/start-fleet.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

const SOON = { timeout: 60_000 };
const AS_PROGRAM = { authorization: `Bearer ${FLEET_TOKEN}` };

// Two swarms behind one server below a path, nginx in front of it as the documentation has it, and a relay that reads one of
// them through nginx: what it says came through four servers.
let lab: FleetLab;
let proxies: ReverseProxies;
let relay: VitalsServer;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(240_000);
  const missing = await ensureReverseProxies();
  if (missing !== null) throw new Error(missing);
  lab = await startFleet(['prod', 'lab'], {
    VITALS_API_TOKEN: FLEET_TOKEN,
    VITALS_AUTH: 'none',
    VITALS_BASE_PATH: '/swarm',
    VITALS_TRUSTED_PROXIES: '127.0.0.1',
  });
  proxies = await startReverseProxies(lab.fleet.url);
  relay = await startVitals({
    VITALS_SWARMS: `far=${proxies.nginx}/swarms/prod`,
    VITALS_SWARMS_TOKENS: `far=${FLEET_TOKEN}`,
  });
});
test.afterAll(async () => {
  await relay?.stop();
  await proxies?.close();
  await lab?.close();
});

async function readPicture(): Promise<SwarmPicture> {
  const answer = await fetch(`${lab.fleet.url}/swarm/swarms/prod/api/swarm`, { headers: AS_PROGRAM });
  return (await answer.json()) as SwarmPicture;
}

test('pages of all swarms and of one are live through nginx below a path, and change as it happens', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await expect.poll(async () => (await readPicture()).ready, SOON).toBe(true);
  await page.goto(`${proxies.nginx}`);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live');
  await page.getByRole('link', { name: 'prod' }).first().click();
  await expect(page).toHaveURL(`${proxies.nginx}/swarms/prod`);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live');
  const { services } = await readPicture();
  const target = services.find(
    ({ verdict, healthCheck, replicas }) =>
      verdict === 'healthy' && healthCheck !== null && replicas[0]?.slot === 1,
  );
  if (target === undefined) throw new Error('No service is healthy.');
  await lab.order('prod', 'flip', { service: target.name, slot: 1, to: 'fail' });
  await expect(page.locator(`[data-replica="${target.name}.1"]`).first()).not.toHaveAttribute(
    'data-status',
    'healthy',
    SOON,
  );
  // The relay read it through nginx, from the server above: a buffered stream would still be at the beginning.
  await page.goto(`${relay.url}/`);
  await expect(page.locator('html')).toHaveAttribute('data-live', 'live');
  await expect(page.locator(`[data-replica="${target.name}.1"]`).first()).not.toHaveAttribute(
    'data-status',
    'healthy',
    SOON,
  );
  expect(proxies.strayed()).toEqual([]);
});

test('when the swarm behind it all is gone, the last in the chain calls it unknown', async () => {
  test.setTimeout(120_000);
  await lab.sources.get('prod')?.kill();
  const readFar = async () => (await (await fetch(`${relay.url}/api/swarm`)).json()) as SwarmPicture;
  await expect.poll(async () => (await readFar()).verdict, SOON).toBe('unknown');
  const { services } = await readFar();
  expect(services.length).toBeGreaterThan(3);
  expect(new Set(services.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
});
