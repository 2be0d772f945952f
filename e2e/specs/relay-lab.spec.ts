import { images } from '#e2e/lab/images.ts';
import { expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { print } from '#e2e/support/print.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';
import { watchEachSecond } from '#e2e/support/watch-each-second.ts';

const TOKEN = 'api-token-0123456789';
const KEYS = ['1', '2', '3'];
/** It goes on failing: Swarm does not replace it while we look. */
const CHECK = ['--health-interval', '2s', '--health-timeout', '2s', '--health-retries', '60'];

test('who looks at a relay of a real swarm sees it unknown, and nothing green, until its server is back', async ({
  page,
  swarm,
  services,
}) => {
  const web = await services.create('web', { image: images.web, flags: [...CHECK, '--replicas', '3'] });
  const source = await startVitals({ ...swarm.settings, VITALS_API_TOKEN: TOKEN });
  const relay = await startVitals({
    VITALS_SWARMS: `lab=${source.url}`,
    VITALS_SWARMS_TOKENS: `lab=${TOKEN}`,
  });
  try {
    await page.goto(relay.url);
    await expectVerdict(toService(page, web), 'healthy', 60_000);

    const watched = watchEachSecond(page);
    const killedAtMs = Date.now();
    await source.kill();
    for (const key of KEYS) await expectStatus(toReplica(page, web, key), 'unknown');
    const unknownAtMs = Date.now();
    // Meanwhile it gets worse, which nobody here can see.
    const { host, id } = await findContainer(swarm, web, '1');
    await host.docker('exec', id, 'rm', '/www/healthcheck');
    await page.waitForTimeout(8_000);
    const backAtMs = Date.now();
    await source.start();
    await expectStatus(toReplica(page, web, '1'), 'failing', 60_000);
    await expectStatus(toReplica(page, web, '2'), 'healthy');
    const seenAtMs = Date.now();

    const away = watched.end().filter(({ atMs }) => atMs > unknownAtMs && atMs < backAtMs);
    expect(away.length).toBeGreaterThan(5);
    for (const { statuses } of away)
      expect(KEYS.map((key) => statuses[`${web}.${key}`])).toEqual(['unknown', 'unknown', 'unknown']);
    print(
      `a relay of a real swarm: unknown ${unknownAtMs - killedAtMs} ms after its server was killed, as it is ${seenAtMs - backAtMs} ms after that was started`,
    );
  } finally {
    await relay.stop();
    await source.stop();
  }
});
