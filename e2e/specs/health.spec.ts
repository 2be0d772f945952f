import { images } from '#e2e/lab/images.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { asShown } from '#e2e/support/as-shown.ts';
import { expectAsInspected } from '#e2e/support/expect-as-inspected.ts';
import { expectLive, expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { findContainer, listContainers } from '#e2e/support/find-container.ts';
import { inspectContainer } from '#e2e/support/inspect-container.ts';
import { markPage } from '#e2e/support/mark-page.ts';
import { print } from '#e2e/support/print.ts';
import { readReplica, readReplicaDetail, readService } from '#e2e/support/read-api.ts';
import { expect, test } from '#e2e/support/test.ts';
import { watchReplica } from '#e2e/support/watch-replica.ts';

const CHECK = ['--health-interval', '5s', '--health-timeout', '3s', '--health-retries', '3'];

test('three replicas say of themselves what docker inspect says on each node', async ({
  page,
  swarm,
  services,
}) => {
  const web = await services.create('web', { image: images.web, flags: [...CHECK, '--replicas', '3'] });
  await page.goto('/');
  await expectVerdict(toService(page, web), 'healthy', 60_000);
  for (const key of ['1', '2', '3']) await expectStatus(toReplica(page, web, key), 'healthy');

  const containers = await listContainers(swarm, web);
  expect(containers.map(({ key }) => key)).toEqual(['1', '2', '3']);
  expect(new Set(containers.map(({ host }) => host.name)).size, 'one on each node').toBe(3);
  for (const container of containers) await expectAsInspected(swarm, web, container);

  const service = await readService(swarm.vitals, web);
  expect(service).toMatchObject({ desired: 3, running: 3, healthy: 3, verdict: 'healthy' });
  expect(service.healthCheck).toEqual({
    test: ['CMD-SHELL', expect.stringContaining('/healthcheck')],
    intervalMs: 5_000,
    timeoutMs: 3_000,
    startPeriodMs: 0,
    startIntervalMs: expect.any(Number),
    retries: 3,
    source: 'mixed',
  });

  const [first] = containers;
  if (!first) throw new Error('no container');
  await page.goto(`/services/${web}/1`);
  await expectLive(page);
  await expect(async () => {
    const { health } = await inspectContainer(first);
    const starts = await page
      .getByRole('table', { name: 'Probes' })
      .first()
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => ({
          startedAtMs: Date.parse(row.querySelector('time')?.getAttribute('datetime') ?? ''),
          exitCode: Number(row.getAttribute('data-exit-code')),
          output: row.querySelector('pre')?.textContent ?? '',
        })),
      );
    const wanted = (health?.probes ?? []).toReversed();
    expect(starts.slice(0, wanted.length)).toEqual(
      wanted.map(({ startedAtMs, exitCode, output }) => ({
        startedAtMs,
        exitCode,
        output: output.trimEnd(),
      })),
    );
  }).toPass({ timeout: 20_000, intervals: [200] });
  await page.goto(`/services/${web}`);
  await expect(page.locator('[data-replica]')).toHaveCount(3);
  for (const key of ['1', '2', '3']) await expectStatus(toReplica(page, web, key), 'healthy');
});

test('a replica whose probes begin to fail is seen failing 1, 2, then unhealthy, then replaced, without a reload', async ({
  page,
  swarm,
  services,
}) => {
  const web = await services.create('sick', {
    image: images.web,
    flags: [...CHECK, '--replicas', '3', '--restart-delay', '1s'],
    // As process 1 it does not receive SIGTERM: it is unhealthy for all of its stop grace.
    command: ['httpd', '-f', '-p', '8080', '-h', '/www'],
  });
  await page.goto('/');
  await expectVerdict(toService(page, web), 'healthy', 60_000);
  const expectSamePage = await markPage(page);
  const readSights = await watchReplica(page, web, '2');
  const dead = await findContainer(swarm, web, '2');
  const replica = toReplica(page, web, '2');
  const article = page.locator('article', { hasText: web });

  await dead.host.docker('exec', dead.id, 'rm', '/www/healthcheck');
  await expectStatus(replica, 'failing');
  // The first is shown at once, and is nobody's problem yet.
  await expect(replica).toHaveAccessibleName(/1 of 3 allowed failures/);
  await expectVerdict(toService(page, web), 'healthy');
  await expect(article).toHaveCount(0);
  const failedAtMs = await waitFor(
    async () =>
      (await inspectContainer(dead)).health?.probes.find(({ exitCode }) => exitCode !== 0)?.endedAtMs,
    5_000,
    'the failed probe in docker inspect',
  );
  const shownAtMs = (await readSights()).find(({ status }) => status === 'failing')?.atMs ?? Number.NaN;
  print(`first failed probe ended → failing on the page: ${shownAtMs - failedAtMs} ms`);
  expect(await readReplica(swarm.vitals, web, '2')).toMatchObject({
    status: 'failing',
    health: { status: 'healthy', failingStreak: 1, retries: 3, lastProbe: { exitCode: 1 } },
  });
  await expectAsInspected(swarm, web, dead);

  await expect(article).toContainText(asShown(/failed 2 of 3 probes/i));
  await expectVerdict(toService(page, web), 'failing');
  await expect(article).toContainText('one more failure and Swarm replaces it');
  expect((await inspectContainer(dead)).health).toMatchObject({ status: 'healthy', failingStreak: 2 });

  await expectStatus(replica, 'unhealthy');
  await expect(article).toContainText('Swarm is stopping it');
  await expectStatus(replica, ['starting', 'healthy'], 60_000);
  await expectStatus(replica, 'healthy', 60_000);
  const successor = await findContainer(swarm, web, '2');
  expect(successor.taskId).not.toBe(dead.taskId);
  await expectAsInspected(swarm, web, successor);
  const order = (await readSights()).map(({ status }) => status);
  print(`seen: ${order.join(' → ')}`);
  expect(order.slice(0, 3)).toEqual(['healthy', 'failing', 'unhealthy']);
  expect(order.slice(3)).toContain('starting');
  expect(order.at(-1)).toBe('healthy');
  await expectSamePage();

  // What it died with can be read after its container is gone.
  await dead.host.docker('rm', '--force', dead.id);
  await page.goto(`/services/${web}/2`);
  const earlier = page.locator('details.earlier').first();
  await expect(earlier).toContainText('Killed for its health, 3 failed in a row');
  await expect(earlier.locator('[data-exit-code="1"]').first()).toBeVisible();
  await expect(earlier).toContainText('404');
  const detail = await readReplicaDetail(swarm.vitals, web, '2');
  const [task] = detail.earlierTasks;
  expect(task).toMatchObject({ id: dead.taskId, state: 'failed', hostname: dead.host.hostname });
  expect(task?.probes.filter(({ exitCode }) => exitCode === 1).length).toBeGreaterThanOrEqual(3);
  expect(detail.replica.restarts1h).toBe(1);
});

test('the last probes of a dead task outlive even its task: Docker forgets it, the page does not', async ({
  page,
  swarm,
  services,
}) => {
  await swarm.manager.docker('swarm', 'update', '--task-history-limit', '1');
  try {
    const web = await services.create('forgotten', {
      image: images.web,
      flags: ['--health-interval', '1s', '--health-retries', '2', '--restart-delay', '1s'],
    });
    await page.goto('/');
    await expectStatus(toReplica(page, web), 'healthy', 60_000);
    const dead = await findContainer(swarm, web);
    await dead.host.docker('exec', dead.id, 'rm', '/www/healthcheck');
    await waitFor(
      async () => !(await dead.host.docker('ps', '--all', '--quiet', '--no-trunc')).includes(dead.id),
      60_000,
      'Docker to forget the dead task',
    );
    await expectStatus(toReplica(page, web), 'healthy', 60_000);
    await page.goto(`/services/${web}/1`);
    const earlier = page.locator('details.earlier').first();
    await expect(earlier.locator('[data-exit-code="1"]').first()).toBeVisible();
    // The container goes first, and its task some seconds after it.
    await expect
      .poll(
        async () => {
          const { earlierTasks } = await readReplicaDetail(swarm.vitals, web, '1');
          return earlierTasks.find(({ id }) => id === dead.taskId)?.forgotten;
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    await expect(page.getByRole('heading', { name: 'Earlier tasks in this slot' })).toBeVisible();
  } finally {
    await swarm.manager.docker('swarm', 'update', '--task-history-limit', '5');
  }
});
