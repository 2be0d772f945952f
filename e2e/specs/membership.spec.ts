import { images } from '#e2e/lab/images.ts';
import type { Lab } from '#e2e/lab/lab.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { createServices, type Services } from '#e2e/support/create-services.ts';
import { expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { listContainers } from '#e2e/support/find-container.ts';
import { inspectContainer } from '#e2e/support/inspect-container.ts';
import { findActive, findRead, takesOrders } from '#e2e/support/managers.ts';
import { readReplica, readService, readSwarm } from '#e2e/support/read-api.ts';
import { recordFault } from '#e2e/support/record-fault.ts';
import type { VitalsServer } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/three-managers.ts';

const CHECK = ['--health-interval', '1s', '--health-timeout', '5s', '--health-retries', '1000'];
const EVERYWHERE = { image: images.web, flags: ['--mode', 'global', ...CHECK] };

let services: Services | null = null;
const create = (lab: Lab, ...[prefix, input]: Parameters<Services['create']>) => {
  services ??= createServices({ manager: lab.manager });
  return services.create(prefix, input);
};
test.afterEach(() => services?.removeAll());

const nodesNamed = async (vitals: VitalsServer, hostname: string) =>
  (await readSwarm(vitals)).nodes.filter((node) => node.hostname === hostname);

test('the manager that is read is demoted: the next takes over, the node is a worker, no replica is in doubt', async ({
  page,
  three: { lab, vitals },
}) => {
  const name = await create(lab, 'steady', EVERYWHERE);
  await page.goto('/');
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  const { read, others } = await findRead(lab, vitals);
  const [other] = others;
  if (!other) throw new Error('The lab has one host only.');
  const record = recordFault('the manager that is read is demoted');
  await other.docker('node', 'demote', read.hostname);
  try {
    await expect
      .poll(async () => (await findActive(vitals)) ?? {}, { timeout: 60_000 })
      .toMatchObject({ state: 'live', endpoint: expect.not.stringContaining(read.address) });
    await expect
      .poll(async () => (await nodesNamed(vitals, read.hostname))[0], { timeout: 60_000 })
      .toMatchObject({ role: 'worker', leader: false });
    const { sources } = await readSwarm(vitals);
    record.seen(
      sources.find(({ endpoint, kind }) => kind === 'manager' && endpoint === read.tcp)?.error ?? '',
    );
    await expect(page.getByRole('complementary', { name: 'Managers' })).toContainText('Reading from');
    await expectVerdict(toService(page, name), 'healthy');
    expect((await readSwarm(vitals)).nodes.every(({ engine }) => engine.state === 'live')).toBe(true);
  } finally {
    // Swarm itself writes to the node meanwhile: "update out of sequence" says that it is to be asked again.
    await expect(() => other.docker('node', 'promote', read.hostname)).toPass({ timeout: 20_000 });
  }
  await expect
    .poll(async () => (await nodesNamed(vitals, read.hostname))[0], { timeout: 60_000 })
    .toMatchObject({ role: 'manager', reachability: 'reachable' });
  record.true();
  // A newer engine knows of it a moment later than the others: until then it takes no orders, also not the test's own.
  await expect.poll(() => takesOrders(read), { timeout: 60_000 }).toBe(true);
});

test('the leader ends in good order: the next manager is read, and the new leader is shown', async ({
  page,
  three: { lab, vitals },
}) => {
  test.setTimeout(180_000);
  const name = await create(lab, 'led', EVERYWHERE);
  await page.goto('/');
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  const leaderOf = async () => (await readSwarm(vitals)).nodes.find(({ leader }) => leader)?.hostname ?? null;
  const leader = await leaderOf();
  const host = lab.hosts.find(({ hostname }) => hostname === leader);
  if (!host) throw new Error('There is no leader.');
  const record = recordFault('the leader ends in good order');
  await host.stop();
  try {
    await expect.poll(async () => (await findActive(vitals))?.state, { timeout: 60_000 }).toBe('live');
    await expect.poll(async () => [null, leader].includes(await leaderOf()), { timeout: 60_000 }).toBe(false);
    const [node] = await nodesNamed(vitals, host.hostname);
    expect(node?.engine.state).not.toBe('live');
    record.seen((await readSwarm(vitals)).sentence);
  } finally {
    await host.start();
  }
  await expectVerdict(toService(page, name), 'healthy', 90_000);
  await expect
    .poll(async () => (await nodesNamed(vitals, host.hostname))[0], { timeout: 60_000 })
    .toMatchObject({ status: 'ready', engine: { state: 'live' } });
  record.true();
});

test('a node with a global service is drained: one replica less is wanted, and nothing is called down', async ({
  page,
  three: { lab, vitals },
}) => {
  const name = await create(lab, 'global', EVERYWHERE);
  await page.goto('/');
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  const [, , host] = lab.hosts;
  const record = recordFault('a node with a global service is drained');
  await lab.manager.docker('node', 'update', '--availability', 'drain', host?.hostname ?? '');
  try {
    await expect
      .poll(async () => readService(vitals, name), { timeout: 60_000 })
      .toMatchObject({ desired: 2, running: 2, healthy: 2, verdict: 'healthy' });
    record.seen((await readService(vitals, name)).sentence);
  } finally {
    await lab.manager.docker('node', 'update', '--availability', 'active', host?.hostname ?? '');
  }
  await expect
    .poll(async () => readService(vitals, name), { timeout: 60_000 })
    .toMatchObject({ desired: 3, healthy: 3 });
  record.true();
});

test('a node is lost, removed by force and joins again under its name and in another time zone; then it is there twice', async ({
  page,
  three: { lab, vitals },
}) => {
  test.setTimeout(300_000);
  const { manager } = lab;
  const [, through, host] = lab.hosts;
  if (!through || !host) throw new Error('The lab has fewer than three hosts.');
  const { hostname } = host;
  const name = await create(lab, 'here', EVERYWHERE);
  const pinned = await create(lab, 'pinned', {
    image: images.web,
    flags: ['--constraint', `node.hostname==${hostname}`, ...CHECK],
  });
  await page.goto('/');
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  await expectStatus(toReplica(page, pinned), 'healthy');
  const [first] = await nodesNamed(vitals, hostname);
  const firstId = first?.id ?? '';
  const rejoin = async () => {
    const token = await manager.docker('swarm', 'join-token', '-q', 'worker');
    // A 20.10 whose certificate was renewed, as for a promotion, no longer speaks ALPN: a 29 does not join through it.
    const { address } = through;
    await host.docker('swarm', 'join', '--token', token, '--advertise-addr', host.address, `${address}:2377`);
  };

  await manager.docker('node', 'demote', hostname);
  await host.kill();
  await expectStatus(toReplica(page, name, firstId), 'lost', 60_000);
  const removed = recordFault('a lost node is removed by force');
  await manager.docker('node', 'rm', '--force', firstId);
  await expect.poll(() => nodesNamed(vitals, hostname)).toEqual([]);
  await expect(page.locator(`[data-node="${hostname}"]`)).toHaveCount(0);
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  await expect(toReplica(page, name, firstId)).toHaveCount(0);
  await expectStatus(toReplica(page, pinned), ['pending', 'lost'], 60_000);
  removed.seen((await readReplica(vitals, pinned)).sentence ?? '');

  await host.start({ TZ: 'America/St_Johns' });
  await host.docker('swarm', 'leave', '--force');
  await rejoin();
  await expectVerdict(toService(page, name), 'healthy', 60_000);
  await expectStatus(toReplica(page, pinned), 'healthy', 60_000);
  await expect.poll(() => nodesNamed(vitals, hostname)).toHaveLength(1);
  removed.true();
  const [second] = await nodesNamed(vitals, hostname);
  expect(second?.id).not.toBe(firstId);
  await expectStatus(toReplica(page, name, second?.id), 'healthy');

  const container = (await listContainers({ lab }, pinned))[0];
  if (!container) throw new Error(`${pinned} has no container.`);
  const log = await host.docker('inspect', '--format', '{{json .State.Health.Log}}', container.id);
  // The engines made by debootstrap have no time zones with them, and write UTC.
  if (host.engine === 'own')
    expect(log, 'its engine writes times of that zone').toMatch(/"Start":"[^"]+-0[23]:30"/);
  const { startedAtMs } = await inspectContainer(container);
  const shown = await readReplica(vitals, pinned);
  expect(Math.abs((shown.health?.lastProbe?.startedAtMs ?? 0) - Date.now())).toBeLessThan(60_000);
  expect(shown.startedAtMs).toBe(startedAtMs);

  // It leaves without a word to the managers, and joins again: the old node stays in their list.
  const twice = recordFault('two nodes of one name');
  await host.docker('swarm', 'leave', '--force');
  await rejoin();
  const isDown = async () =>
    (await manager.docker('node', 'inspect', '--format', '{{.Status.State}}', second?.id ?? '')) === 'down';
  await waitFor(isDown, 60_000, 'the old node down');
  await expect.poll(() => nodesNamed(vitals, hostname)).toHaveLength(2);
  const third = (await nodesNamed(vitals, hostname)).find(({ id }) => id !== second?.id);
  await expectStatus(toReplica(page, pinned), 'healthy', 90_000);
  await expectStatus(toReplica(page, name, third?.id), 'healthy', 60_000);
  expect(await nodesNamed(vitals, hostname)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: second?.id, status: 'down' }),
      expect.objectContaining({ id: third?.id, status: 'ready' }),
    ]),
  );
  expect((await readReplica(vitals, pinned)).nodeId).toBe(third?.id);
  const both = await page.request.get(`/api/nodes/${hostname}`);
  expect(both.status(), 'a name that is not enough').toBe(409);
  expect(await both.text()).toContain(third?.id);
  twice.seen((await readSwarm(vitals)).sentence);
  expect((await page.request.get(`/api/nodes/${third?.id}`)).status()).toBe(200);
  await manager.docker('node', 'rm', '--force', second?.id ?? '');
  await expect.poll(() => nodesNamed(vitals, hostname)).toHaveLength(1);
  await expect(page.locator(`[data-node="${hostname}"]`)).toHaveCount(1);
  await expectVerdict(toService(page, name), 'healthy');
  twice.true();
  // As the next tests expect it.
  await manager.docker('node', 'promote', third?.id ?? '');
});
