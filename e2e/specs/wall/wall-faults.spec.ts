import { images } from '#e2e/lab/images.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { markPage } from '#e2e/support/mark-page.ts';
import { openFarBrowser } from '#e2e/support/open-far-browser.ts';
import { print } from '#e2e/support/print.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';
import { formatSights, type WallSight, watchWall } from '#e2e/support/wall/watch-wall.ts';

const CHECK = ['--health-interval', '1s', '--health-timeout', '5s', '--health-retries', '3'];

const looksWell = ({ truth, tone }: WallSight) => truth === 'live' && tone === 'well';
const isHonest = ({ truth, framed, grey }: WallSight) => truth !== 'stale' || (framed && grey);

function sightsBetween(sights: readonly WallSight[], fromMs: number, untilMs: number): WallSight[] {
  return sights.filter(({ atMs }) => atMs >= fromMs && atMs <= untilMs);
}

test('a wall while an engine is killed, and while our server is killed: what it shows each second', async ({
  page,
  swarm,
  services,
}) => {
  test.setTimeout(300_000);
  const [, host] = swarm.workers;
  const name = await services.create('guard', { image: images.web, flags: ['--mode', 'global', ...CHECK] });
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto('/wall');
  const wall = page.locator('.wall');
  await expect(wall).toHaveAttribute('data-truth', 'live');
  await expect(wall).toHaveAttribute('data-tone', 'well', { timeout: 60_000 });
  const expectSamePage = await markPage(page);
  const readSights = await watchWall(page);

  const killedAtMs = Date.now();
  await host.kill();
  let downAtMs = Number.NaN;
  try {
    // As the node whose engine is not read, or as the service that misses a replica: whichever is known first.
    const selector = `[data-problem][data-service="${name}"], [data-problem][data-node="${host.hostname}"]`;
    await expect(page.locator(selector).first()).toBeVisible({ timeout: 8_000 });
    print(`${host.hostname} killed → on the wall: ${Date.now() - killedAtMs} ms`);
    const node = page.locator(`[data-problem][data-node="${host.hostname}"]`);
    await expect(node).toContainText('Down', { timeout: 60_000 });
    downAtMs = Date.now();
    await expect(node).toContainText('The node is down');
    await expect(page.locator('.wall-head h1')).toContainText(/need.? attention/);
  } finally {
    await host.start();
  }
  const startedAtMs = Date.now();
  const duringLoss = sightsBetween(await readSights(), killedAtMs + 8_000, startedAtMs);
  expect(duringLoss.length).toBeGreaterThan(10);
  expect(duringLoss.filter(looksWell), 'a swarm that lost an engine must never look well').toEqual([]);
  await expect(wall).toHaveAttribute('data-tone', 'well', { timeout: 120_000 });
  print(
    `down for the manager after ${downAtMs - killedAtMs} ms; started → well again: ${Date.now() - startedAtMs} ms`,
  );

  const serverKilledAtMs = Date.now();
  await swarm.vitals.kill();
  await expect(wall).toHaveAttribute('data-truth', 'stale', { timeout: 5_000 });
  await page.waitForTimeout(3_000);
  const serverStartedAtMs = Date.now();
  await swarm.vitals.start();
  await expect(wall).toHaveAttribute('data-truth', 'live', { timeout: 20_000 });
  print(`server answers again → live: ${Date.now() - serverStartedAtMs} ms`);
  await expect(wall).toHaveAttribute('data-tone', 'well', { timeout: 30_000 });
  await expectSamePage();

  const sights = await readSights();
  const duringOutage = sightsBetween(sights, serverKilledAtMs + 5_000, serverStartedAtMs);
  expect(duringOutage.filter(({ truth }) => truth !== 'stale')).toEqual([]);
  expect(
    sights.filter((sight) => !isHonest(sight)),
    'not live is always grey and framed',
  ).toEqual([]);
  for (const line of formatSights(sights, killedAtMs)) print(line);
});

test('the way to a wall is cut for a minute, without a reset: grey within five seconds, live again by itself', async ({
  swarm,
  services,
}) => {
  test.setTimeout(240_000);
  const name = await services.create('afar', { image: images.web, flags: CHECK });
  const vitals = await startVitals({ ...swarm.settings, HOSTNAME: '0.0.0.0', VITALS_AUTH: 'none' });
  const room = await openFarBrowser();
  try {
    const page = await room.browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(`${vitals.url.replace('127.0.0.1', room.address)}/wall?services=${name}`);
    const wall = page.locator('.wall');
    await expect(wall).toHaveAttribute('data-truth', 'live');
    await expect(wall).toHaveAttribute('data-tone', 'well', { timeout: 60_000 });
    await expect(wall, 'plain HTTP from afar: the browser gives no wake lock').toHaveAttribute(
      'data-wake-lock',
      'insecure',
    );
    const expectSamePage = await markPage(page);
    const readSights = await watchWall(page);

    await room.cut();
    const cutAtMs = Date.now();
    await swarm.manager.docker('service', 'rm', name);
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    await room.mend();
    const mendedAtMs = Date.now();
    await waitFor(
      async () => (await wall.getAttribute('data-truth')) === 'live',
      30_000,
      'the wall to be live again',
    );
    print(`cable mended → live: ${Date.now() - mendedAtMs} ms`);
    // What happened meanwhile is seen: its service is gone.
    await expect(page.locator('[data-text="verdict"]')).toHaveText(`Nothing matches service ${name}`);
    await expectSamePage();

    const sights = await readSights();
    const duringCut = sightsBetween(sights, cutAtMs + 5_000, mendedAtMs);
    expect(duringCut.length).toBeGreaterThan(150);
    expect(
      duringCut.filter(({ truth }) => truth !== 'stale'),
      'never a frozen green',
    ).toEqual([]);
    expect(duringCut.filter(({ age }) => !/data (\d+ s|1 min( \d+ s)?) old/.test(age))).toEqual([]);
    expect(sights.filter((sight) => !isHonest(sight))).toEqual([]);
    const grey = sights.find(({ atMs, truth }) => atMs > cutAtMs && truth === 'stale');
    print(`cable cut → grey: ${(grey?.atMs ?? Number.NaN) - cutAtMs} ms`);
    for (const line of formatSights(sights, cutAtMs)) print(line);
  } finally {
    await room.close();
    await vitals.stop();
  }
});
