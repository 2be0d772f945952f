import { images } from '#e2e/lab/images.ts';
import { expectLive, expectStatus, toReplica } from '#e2e/support/expect-status.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { expect, test } from '#e2e/support/test.ts';

const TABS = 8;

test('eight tabs of one browser share one stream, and all of them are live', async ({
  context,
  swarm,
  services,
}) => {
  const name = await services.create('shared', {
    image: images.web,
    flags: ['--health-interval', '1s', '--health-retries', '1000'],
  });
  const readViewers = async () => {
    const answer = await fetch(`${swarm.vitals.url}/api/healthz`);
    return ((await answer.json()) as { viewers: number }).viewers;
  };
  await expect.poll(readViewers).toBe(0);
  const pages = await Promise.all(Array.from({ length: TABS }, () => context.newPage()));
  for (const page of pages) await page.goto('/');
  for (const page of pages) {
    await expectLive(page);
    await expectStatus(toReplica(page, name), 'healthy');
  }
  expect(await readViewers()).toBe(1);

  const container = await findContainer(swarm, name);
  await container.host.docker('exec', container.id, 'rm', '/www/healthcheck');
  await Promise.all(pages.map((page) => expectStatus(toReplica(page, name), 'failing')));

  const [first, ...others] = pages;
  await first?.close();
  await container.host.docker('exec', container.id, 'sh', '-c', 'echo ok > /www/healthcheck');
  await Promise.all(others.map((page) => expectStatus(toReplica(page, name), 'healthy')));
  expect(await readViewers()).toBe(1);
  await Promise.all(others.map((page) => page.close()));
  await expect.poll(readViewers).toBe(0);
});
