import type { Page } from '@playwright/test';
import { images } from '#e2e/lab/images.ts';
import type { LabHost } from '#e2e/lab/lab.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import type { Services } from '#e2e/support/create-services.ts';
import { expectLive, expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { findContainer, listContainers } from '#e2e/support/find-container.ts';
import { inspectContainer } from '#e2e/support/inspect-container.ts';
import { markPage } from '#e2e/support/mark-page.ts';
import { print } from '#e2e/support/print.ts';
import { readReplica, readSwarm } from '#e2e/support/read-api.ts';
import { recordFault } from '#e2e/support/record-fault.ts';
import type { Swarm } from '#e2e/support/start-swarm.ts';
import { expect, test } from '#e2e/support/test.ts';
import { watchReplica } from '#e2e/support/watch-replica.ts';

const CHECK = ['--health-interval', '1s', '--health-timeout', '5s', '--health-retries', '3'];

interface Fault {
  host: LabHost;
  /** Does it; gives the moment it was done. */
  strike(): Promise<void>;
  /** Undoes it. */
  undo(): Promise<void>;
  /** As `docs/faults.md` has it. */
  title: string;
}

async function readNodeId({ manager }: Swarm, host: LabHost): Promise<string> {
  return manager.docker('node', 'inspect', '--format', '{{.ID}}', host.hostname);
}

async function isNode({ manager }: Swarm, host: LabHost, state: 'ready' | 'down'): Promise<boolean> {
  return (await manager.docker('node', 'inspect', '--format', '{{.Status.State}}', host.hostname)) === state;
}

/** A global service, an engine that falls silent, and back: what the page shows at each step. */
async function expectFaultSeen(page: Page, swarm: Swarm, services: Services, fault: Fault): Promise<void> {
  const { host } = fault;
  const name = await services.create('guard', { image: images.web, flags: ['--mode', 'global', ...CHECK] });
  await page.goto('/');
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  const expectSamePage = await markPage(page);
  const key = await readNodeId(swarm, host);
  const replica = toReplica(page, name, key);
  const node = page.locator(`[data-node="${host.hostname}"]`);
  const readSights = await watchReplica(page, name, key);

  const record = recordFault(fault.title);
  await fault.strike();
  try {
    await expectStatus(replica, 'unknown', 8_000);
    record.seen((await readReplica(swarm.vitals, name, key)).sentence ?? '');
    await expect(node).toHaveAttribute('data-state', /^(stale|unreachable)$/);
    expect(await readReplica(swarm.vitals, name, key)).toMatchObject({
      status: 'unknown',
      health: null,
      cause: 'engine-unread',
      sentence: expect.stringContaining(`Health not known: the engine of ${host.hostname}`),
    });
    await expect(page.locator(`[data-lost-node="${host.hostname}"]`)).toContainText(
      'Its engine cannot be read: the health of 1 replica of 1 service is not known',
    );

    await waitFor(() => isNode(swarm, host, 'down'), 60_000, `${host.hostname} down for the manager`);
    const downAtMs = Date.now();
    await expectStatus(replica, 'lost', 8_000);
    print(`manager says down → lost: ${Date.now() - downAtMs} ms`);
    await expect(node).toHaveAttribute('data-node-status', 'down');
    await expectVerdict(toService(page, name), 'degraded');
    const lost = page.locator(`[data-lost-node="${host.hostname}"]`);
    await expect(lost).toContainText(
      'The node is down (heartbeat failure): 1 replica of 1 service is missing',
    );
    await expect(lost, 'the service is told with its node, not beside it').toContainText(name);
    await expect(page.locator('article', { hasText: name })).toHaveCount(1);
    const swarmNow = await readSwarm(swarm.vitals);
    expect(swarmNow.sentence).toBe(`${host.hostname} is down: 1 replica is missing`);
    const green = (await readSights()).slice(1).filter(({ status }) => status === 'healthy');
    expect(green, 'a replica that nobody can see must never be green').toEqual([]);
  } finally {
    await fault.undo();
  }
  await waitFor(() => isNode(swarm, host, 'ready'), 90_000, `${host.hostname} ready again`);
  const back = recordFault(`${fault.title}, its return`);
  await expect(node).toHaveAttribute('data-state', 'live', { timeout: 10_000 });
  back.true();
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  const container = await findContainer(swarm, name, key);
  await expect(async () => {
    const { health } = await inspectContainer(container);
    const shown = await readReplica(swarm.vitals, name, key);
    expect(shown).toMatchObject({ status: 'healthy', containerId: container.id, hostname: host.hostname });
    expect(shown.health?.failingStreak).toBe(health?.failingStreak);
  }).toPass({ timeout: 10_000 });
  expect((await readSwarm(swarm.vitals)).nodes.every(({ engine }) => engine.state === 'live')).toBe(true);
  print(`seen: ${(await readSights()).map(({ status }) => status).join(' → ')}`);
  await expectSamePage();
}

test('a host that loses power: its replica is unknown, then lost, never green, and true again after its return', async ({
  page,
  swarm,
  services,
}) => {
  const [, host] = swarm.workers;
  await expectFaultSeen(page, swarm, services, {
    host,
    strike: host.kill,
    undo: () => host.start(),
    title: 'a host loses power',
  });
});

test('an engine that freezes: its replica is unknown, then lost, never green, and true again after its return', async ({
  page,
  swarm,
  services,
}) => {
  const [host] = swarm.workers;
  await expectFaultSeen(page, swarm, services, {
    host,
    strike: host.freeze,
    undo: host.thaw,
    title: 'an engine freezes',
  });
});

test('a network cable pulled for a moment: unknown, then true again, without any restart', async ({
  page,
  swarm,
  services,
}) => {
  const [host] = swarm.workers;
  const name = await services.create('cable', {
    image: images.web,
    flags: ['--constraint', `node.hostname==${host.hostname}`, ...CHECK],
  });
  await page.goto('/');
  await expectStatus(toReplica(page, name), 'healthy', 60_000);
  const container = await findContainer(swarm, name);
  const record = recordFault('a network cable is pulled');
  await host.cut();
  try {
    await expectStatus(toReplica(page, name), 'unknown', 8_000);
    record.seen((await readReplica(swarm.vitals, name)).sentence ?? '');
  } finally {
    await host.mend();
  }
  const mended = recordFault('a network cable is plugged in again');
  await expectStatus(toReplica(page, name), 'healthy', 10_000);
  mended.true();
  expect((await readReplica(swarm.vitals, name)).containerId).toBe(container.id);
});

test('our server restarted under an open page: the page says so and recovers alone', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('steady', { image: images.web, flags: CHECK });
  await page.goto('/');
  await expectStatus(toReplica(page, name), 'healthy');
  await expectLive(page);
  const expectSamePage = await markPage(page);
  const html = page.locator('html');
  const connection = page.locator('[data-connection]');

  // Next ends with 128 + 15, as shells have it.
  expect([0, 143], 'the exit code after SIGTERM').toContain(await swarm.vitals.stop());
  await expect(html).toHaveAttribute('data-live', /^(stale|lost)$/);
  await expect(connection).toContainText(/Reconnecting|Connection lost/);
  await expect(page.getByText('You see data from')).toBeVisible();
  await swarm.vitals.start();
  const startedAtMs = Date.now();
  await expectLive(page);
  print(`server answers again → page live: ${Date.now() - startedAtMs} ms`);
  await expect(connection).toContainText('Live, server restarted');
  await expectStatus(toReplica(page, name), 'healthy');

  // Killed, it cannot say goodbye.
  await swarm.vitals.kill();
  await expect(html).toHaveAttribute('data-live', /^(stale|lost)$/);
  await swarm.vitals.start();
  await expectLive(page);
  await expectStatus(toReplica(page, name), 'healthy');
  const [container] = await listContainers(swarm, name);
  await expect
    .poll(async () => (await readReplica(swarm.vitals, name).catch(() => null))?.containerId)
    .toBe(container?.id);
  await expectSamePage();
});
