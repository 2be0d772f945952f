import { images } from '#e2e/lab/images.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { findContainer, listContainers } from '#e2e/support/find-container.ts';
import { inspectContainer } from '#e2e/support/inspect-container.ts';
import { readReplica, readService } from '#e2e/support/read-api.ts';
import { expect, test } from '#e2e/support/test.ts';

const FAST_CHECK = ['--health-interval', '1s', '--health-timeout', '5s'];

test.beforeEach(async ({ page }) => {
  await page.goto('/');
});

test('a global service has one replica on each node, named by the node', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('everywhere', {
    image: images.web,
    flags: ['--mode', 'global', ...FAST_CHECK],
  });
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  const containers = await listContainers(swarm, name);
  expect(containers).toHaveLength(3);
  for (const container of containers) {
    const replica = toReplica(page, name, container.key);
    await expectStatus(replica, 'healthy');
    await expect(replica).toHaveAccessibleName(new RegExp(container.host.hostname));
    expect((await inspectContainer(container)).health?.status).toBe('healthy');
  }
  const service = await readService(swarm.vitals, name);
  expect(service).toMatchObject({ mode: { kind: 'global' }, desired: 3, running: 3, healthy: 3 });
  const hosts = service.replicas.map(({ hostname, slot }) => ({ hostname, slot }));
  expect(hosts).toEqual(swarm.lab.hosts.map(({ hostname }) => ({ hostname, slot: null })));
});

test('a service without a health check is running, which is all that is known', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('unchecked', { image: images.sleep });
  await expectStatus(toReplica(page, name), 'running');
  await expectVerdict(toService(page, name), 'running');
  expect((await inspectContainer(await findContainer(swarm, name))).health).toBeNull();
  expect(await readService(swarm.vitals, name)).toMatchObject({
    healthCheck: null,
    replicas: [{ status: 'running', health: null, sentence: null }],
  });
  await page.goto(`/services/${name}/1`);
  await expect(page.getByText('so there are no probes')).toBeVisible();
});

test('a service with --no-healthcheck on an image that has one is running, not unknown', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('switched-off', { image: images.web, flags: ['--no-healthcheck'] });
  await expectStatus(toReplica(page, name), 'running');
  expect((await inspectContainer(await findContainer(swarm, name))).health).toBeNull();
  expect(await readService(swarm.vitals, name)).toMatchObject({ healthCheck: null, verdict: 'running' });
});

test('a service scaled to 0 is idle, and no problem', async ({ page, swarm, services }) => {
  const name = await services.create('parked', { image: images.sleep });
  await expectStatus(toReplica(page, name), 'running');
  await swarm.manager.docker('service', 'scale', '--detach', `${name}=0`);
  await expectVerdict(toService(page, name), 'idle');
  await expect(toReplica(page, name)).toHaveCount(0);
  await expect(page.locator('article', { hasText: name })).toHaveCount(0);
  expect(await readService(swarm.vitals, name)).toMatchObject({ desired: 0, running: 0, replicas: [] });
});

test('a service that asks for more memory than any node has is pending, with the reason', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('huge', { image: images.web, flags: ['--reserve-memory', '500g'] });
  await expectStatus(toReplica(page, name), 'pending');
  await expectVerdict(toService(page, name), 'pending');
  await expect(page.locator('article', { hasText: name })).toContainText(/memory|resources/);
  expect(await readReplica(swarm.vitals, name)).toMatchObject({
    nodeId: null,
    taskState: 'pending',
    error: 'no suitable node (insufficient resources on 3 nodes)',
    evidence: { text: expect.stringContaining('insufficient resources on 3 nodes') },
  });
});

test('a service whose constraint no node meets is pending, and the constraint is named', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('nowhere', {
    image: images.web,
    flags: ['--constraint', 'node.labels.disk==ssd'],
  });
  await expectStatus(toReplica(page, name), 'pending');
  await expect(page.locator('article', { hasText: name })).toContainText('node.labels.disk==ssd');
  expect(await readReplica(swarm.vitals, name)).toMatchObject({
    error: 'no suitable node (scheduling constraints not satisfied on 3 nodes)',
  });
});

test('an image that does not exist is said to be missing', async ({ page, swarm, services }) => {
  const name = await services.create('typo', {
    image: 'vitals-wbe:1',
    flags: ['--restart-delay', '120s'],
  });
  await expectStatus(toReplica(page, name), 'failed', 60_000);
  await expectVerdict(toService(page, name), 'down');
  await expect(page.locator('article', { hasText: name })).toContainText(
    /image vitals-wbe:1 cannot be used/i,
  );
  expect(await readReplica(swarm.vitals, name)).toMatchObject({
    evidence: { text: expect.stringContaining('No such image: vitals-wbe:1') },
  });
});

test('a command that does not exist is said to be missing from the image', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('misspelt', {
    image: images.sleep,
    flags: ['--restart-delay', '120s'],
    command: ['no-such-command'],
  });
  await expectStatus(toReplica(page, name), 'failed', 60_000);
  await expectVerdict(toService(page, name), 'down');
  await expect(page.locator('article', { hasText: name })).toContainText(
    /command no-such-command cannot start: it is not in the image/i,
  );
  const { evidence } = await readReplica(swarm.vitals, name);
  expect(evidence?.text).toContain('executable file not found');
});

test('a replicated job runs, then is done: no problem, all replicas complete', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('migrate', {
    image: images.sleep,
    flags: ['--mode', 'replicated-job', '--replicas', '3', '--max-concurrent', '2'],
    command: ['sleep', '4'],
  });
  await expectVerdict(toService(page, name), 'running');
  await expectVerdict(toService(page, name), 'idle', 60_000);
  await expect(page.locator('article', { hasText: name })).toHaveCount(0);
  const service = await readService(swarm.vitals, name);
  expect(service.mode).toEqual({ kind: 'replicated-job', maxConcurrent: 2, totalCompletions: 3 });
  expect(service).toMatchObject({ desired: 3, completed: 3, running: 0 });
  expect(service.replicas.every(({ status }) => status === 'complete')).toBe(true);
});

test('a replicated job that fails is a problem with its exit code', async ({ page, swarm, services }) => {
  const name = await services.create('botched', {
    image: images.sleep,
    flags: ['--mode', 'replicated-job', '--restart-condition', 'none'],
    command: ['sh', '-c', 'exit 3'],
  });
  await expectVerdict(toService(page, name), 'degraded');
  await expect(page.locator('article', { hasText: name })).toContainText('exit 3');
  expect(await readService(swarm.vitals, name)).toMatchObject({ replicas: [{ status: 'failed' }] });
});

test('a global job is done once on each node', async ({ page, swarm, services }) => {
  const name = await services.create('sweep', {
    image: images.sleep,
    flags: ['--mode', 'global-job'],
    command: ['sleep', '1'],
  });
  await expectVerdict(toService(page, name), 'idle', 60_000);
  const service = await waitFor(
    async () => {
      const one = await readService(swarm.vitals, name);
      return one.completed === 3 ? one : null;
    },
    20_000,
    'three completed tasks',
  );
  expect(service).toMatchObject({ mode: { kind: 'global-job' }, running: 0 });
  expect(service.replicas.map(({ hostname, status }) => `${hostname} ${status}`)).toEqual(
    swarm.lab.hosts.map(({ hostname }) => `${hostname} complete`),
  );
});
