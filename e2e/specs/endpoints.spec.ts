import { createLab } from '#e2e/lab/create-lab.ts';
import { images } from '#e2e/lab/images.ts';
import { run } from '#e2e/lab/run.ts';
import { toLabNames } from '#e2e/lab/to-lab-names.ts';
import { asShown } from '#e2e/support/as-shown.ts';
import { expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { listContainers } from '#e2e/support/find-container.ts';
import { inspectContainer } from '#e2e/support/inspect-container.ts';
import {
  type Bend,
  type GetProxy,
  type ProxyFault,
  startGetProxy,
} from '#e2e/support/proxies/start-get-proxy.ts';
import { readReplica, readService, readSwarm } from '#e2e/support/read-api.ts';
import { recordFault } from '#e2e/support/record-fault.ts';
import { shiftClock, shiftTimes } from '#e2e/support/shift-clock.ts';
import { LAB_NAME, type Swarm } from '#e2e/support/start-swarm.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

const CHECK = ['--health-interval', '1s', '--health-timeout', '2s', '--health-retries', '1000'];
const HOUR_MS = 3_600_000;

interface Own {
  vitals: VitalsServer;
  proxies: readonly [GetProxy, GetProxy, GetProxy];
}

/** A server of the test's own behind proxies of its own: what they do, no other test sees. */
async function withOwn(
  { lab }: Swarm,
  bends: readonly Bend[],
  more: readonly string[],
  work: (own: Own) => Promise<void>,
): Promise<void> {
  const proxies = await Promise.all(lab.hosts.map(({ tcp }, i) => startGetProxy(tcp, 0, bends[i])));
  const [first, second, third] = proxies;
  if (!first || !second || !third) throw new Error('The lab has fewer than three hosts.');
  const endpoints = proxies.map(({ endpoint }) => endpoint);
  const vitals = await startVitals({
    VITALS_MANAGERS: first.endpoint,
    VITALS_ENGINES: [...endpoints, ...more].join(','),
  });
  try {
    await work({ vitals, proxies: [first, second, third] });
    expect(vitals.log()).not.toMatch(/unhandled|TypeError|at .*\.js:\d+/);
    expect(proxies.flatMap((proxy) => proxy.refused())).toEqual([]);
  } finally {
    await vitals.kill();
    await Promise.all(proxies.map((proxy) => proxy.close()));
  }
}

const engineOf = (picture: SwarmPicture, hostname: string) =>
  picture.nodes.find((node) => node.hostname === hostname)?.engine;

/** A proxy's fault, and what is said of the engine behind it meanwhile. */
const PROXY_FAULTS: Record<string, { proxyFault: ProxyFault; words: RegExp }> = {
  'a proxy that answers with a sign-in page': {
    proxyFault: { kind: 'page', status: 200 },
    words: /answers \/\S+, but not as Docker does/,
  },
  'a proxy whose engine is gone (502, HTML)': {
    proxyFault: { kind: 'page', status: 502 },
    words: /cannot reach its engine \(502\)/,
  },
  'a proxy that refuses (403, HTML)': {
    proxyFault: { kind: 'page', status: 403 },
    words: /refuses GET \/\S+ \(403\)\. If it is a socket proxy, allow it/,
  },
  'a proxy that cuts bodies off': { proxyFault: { kind: 'cut' }, words: /broken off|cut|ended/ },
  'a proxy that never answers': {
    proxyFault: { kind: 'silent' },
    words: /did not answer|does not answer/,
  },
};

test('a proxy before an engine that goes wrong in each way: its replica is unknown with the reason, never green, and true again after', async ({
  page,
  swarm,
  services,
}) => {
  const [host] = swarm.workers;
  const name = await services.create('behind', {
    image: images.web,
    flags: ['--constraint', `node.hostname==${host.hostname}`, ...CHECK],
  });
  await withOwn(swarm, [], [], async ({ vitals, proxies: [, proxy] }) => {
    await page.goto(vitals.url);
    const replica = toReplica(page, name);
    const node = page.locator(`[data-node="${host.hostname}"]`);
    await expectStatus(replica, 'healthy', 60_000);
    for (const [title, { proxyFault, words }] of Object.entries(PROXY_FAULTS)) {
      const record = recordFault(title);
      proxy.meddle(proxyFault);
      await expectStatus(replica, 'unknown');
      await expect(node).toHaveAttribute('data-state', /^(stale|unreachable)$/);
      await expect
        .poll(async () => (await readReplica(vitals, name)).sentence ?? '', { message: title })
        .toMatch(words);
      record.seen((await readReplica(vitals, name)).sentence ?? '');
      expect(await readReplica(vitals, name)).toMatchObject({ health: null, cause: 'engine-unread' });
      proxy.meddle(null);
      await expectStatus(replica, 'healthy');
      record.true();
    }
  });
});

test('a proxy before the only manager that goes wrong: what is shown is old, and said to be, and live again after', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('managed', { image: images.web, flags: CHECK });
  await withOwn(swarm, [], [], async ({ vitals, proxies: [proxy] }) => {
    await page.goto(vitals.url);
    await expectStatus(toReplica(page, name), 'healthy', 60_000);
    for (const [title, { proxyFault, words }] of Object.entries(PROXY_FAULTS)) {
      const record = recordFault(`${title}, before the only manager`);
      proxy.meddle(proxyFault);
      await expect.poll(async () => (await readSwarm(vitals)).sentence).toMatch(words);
      record.seen((await readSwarm(vitals)).sentence);
      await expect(page.locator('body')).toContainText(words);
      expect((await readSwarm(vitals)).verdict).toBe('unknown');
      expect((await fetch(`${vitals.url}/api/status/${name}`)).status, 'no monitor hears yes').toBe(503);
      proxy.meddle(null);
      await expect.poll(async () => (await readSwarm(vitals)).sentence).not.toMatch(/reached|answer/);
      await expectStatus(toReplica(page, name), 'healthy');
      record.true();
    }
  });
});

test('a slow and lossy way (200 ms, one packet in twenty lost): what happens is seen all the same', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('far', { image: images.web, flags: ['--mode', 'global', ...CHECK] });
  const { netns } = toLabNames(LAB_NAME).host(2);
  const lose = (change: '-I' | '-D') =>
    run('ip', [
      ...['netns', 'exec', netns, 'iptables', '-w', change, 'INPUT', '-i', 'eth0', '-m', 'statistic'],
      ...['--mode', 'random', '--probability', '0.05', '-j', 'DROP'],
    ]);
  await withOwn(swarm, [], [], async ({ vitals, proxies }) => {
    await page.goto(vitals.url);
    await expectVerdict(toService(page, name), 'healthy', 60_000);
    const record = recordFault('a way with 200 ms delay and 5 % loss: a probe fails');
    await lose('-I');
    try {
      for (const proxy of proxies) proxy.meddle({ kind: 'slow', delayMs: 200 });
      const containers = await listContainers(swarm, name);
      const inside = (...command: string[]) =>
        Promise.all(containers.map(({ host, id }) => host.docker('exec', id, ...command)));
      await inside('rm', '/www/healthcheck');
      for (const { key } of containers) await expectStatus(toReplica(page, name, key), 'failing');
      record.seen((await readService(vitals, name)).sentence);
      await inside('touch', '/www/healthcheck');
      for (const { key } of containers) await expectStatus(toReplica(page, name, key), 'healthy');
      record.true();
    } finally {
      await lose('-D');
    }
  });
});

test('two endpoints that lead to one engine: its containers are there once, the second says so and takes over', async ({
  page,
  swarm,
  services,
}) => {
  const [host] = swarm.workers;
  const name = await services.create('twice', {
    image: images.web,
    flags: ['--constraint', `node.hostname==${host.hostname}`, ...CHECK],
  });
  const again = await startGetProxy(host.tcp);
  try {
    await withOwn(swarm, [], [again.endpoint], async ({ vitals, proxies: [, proxy] }) => {
      await page.goto(vitals.url);
      await expectStatus(toReplica(page, name), 'healthy', 60_000);
      expect(await readService(vitals, name)).toMatchObject({ desired: 1, running: 1, healthy: 1 });
      const refusalOf = async () =>
        (await readSwarm(vitals)).sources.find(({ error }) => error?.includes('one of the two is enough'));
      await expect.poll(refusalOf).toMatchObject({
        error: expect.stringContaining(`leads to ${host.hostname}, which is already read by`),
      });
      const first = engineOf(await readSwarm(vitals), host.hostname)?.endpoint;
      const [used, other] = first === again.endpoint ? [again, proxy] : [proxy, again];
      const record = recordFault('one of two endpoints of an engine goes silent');
      record.seen((await refusalOf())?.error ?? '');
      used.meddle({ kind: 'silent' });
      await expect
        .poll(async () => engineOf(await readSwarm(vitals), host.hostname))
        .toMatchObject({ endpoint: other.endpoint, state: 'live' });
      await expectStatus(toReplica(page, name), 'healthy');
      record.true();
      used.meddle(null);
    });
  } finally {
    await again.close();
  }
});

test('an engine of another swarm among the endpoints: nothing of it is shown, and it is named', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('ours', { image: images.web, flags: CHECK });
  const foreign = await createLab({ name: `${LAB_NAME}-o`, hosts: 1 });
  try {
    const create = ['service', 'create', '--detach', '--quiet', '--no-resolve-image', '--name'];
    await foreign.manager.docker(...create, name, images.sleep);
    await foreign.manager.docker(...create, 'theirs', images.sleep);
    await withOwn(swarm, [], [foreign.manager.tcp], async ({ vitals }) => {
      await page.goto(vitals.url);
      await expectStatus(toReplica(page, name), 'healthy', 60_000);
      const source = async () =>
        (await readSwarm(vitals)).sources.find(({ endpoint }) => endpoint === foreign.manager.tcp);
      await expect.poll(source).toMatchObject({
        state: 'unreachable',
        nodeId: null,
        error: expect.stringContaining('is an engine of another swarm'),
      });
      const picture = await readSwarm(vitals);
      expect(picture.nodes).toHaveLength(3);
      expect(picture.services.map((service) => service.name)).not.toContain('theirs');
      expect(await readService(vitals, name)).toMatchObject({ running: 1, healthy: 1 });
      await foreign.manager.docker('swarm', 'leave', '--force');
      await expect.poll(source, { timeout: 40_000 }).toMatchObject({
        error: expect.stringContaining('is in no swarm'),
      });
    });
  } finally {
    await foreign.down();
  }
});

test('engines whose clocks are an hour ahead and an hour behind: every age and time is right all the same', async ({
  page,
  swarm,
  services,
}) => {
  const [ahead, behind] = swarm.workers;
  const name = await services.create('clocks', { image: images.web, flags: ['--mode', 'global', ...CHECK] });
  const idOf = (hostname: string) => swarm.manager.docker('node', 'inspect', '--format', '{{.ID}}', hostname);
  const shiftOf = new Map([
    [await idOf(ahead.hostname), HOUR_MS],
    [await idOf(behind.hostname), -HOUR_MS],
  ]);
  // A task's status carries the time of the engine that reported it.
  const manager: Bend = {
    body(text, path) {
      if (!/\/tasks\b/.test(path) || !text.startsWith('[')) return text;
      const tasks = JSON.parse(text) as { NodeID?: string; Status: { Timestamp: string } }[];
      for (const task of tasks) {
        const byMs = shiftOf.get(task.NodeID ?? '') ?? 0;
        task.Status.Timestamp = JSON.parse(shiftTimes(JSON.stringify(task.Status.Timestamp), byMs));
      }
      return JSON.stringify(tasks);
    },
  };
  const bends = [manager, shiftClock(HOUR_MS), shiftClock(-HOUR_MS)];
  await withOwn(swarm, bends, [], async ({ vitals }) => {
    await page.goto(vitals.url);
    await expectVerdict(toService(page, name), 'healthy', 60_000);
    const picture = await readSwarm(vitals);
    for (const [host, byMs] of [
      [ahead, HOUR_MS],
      [behind, -HOUR_MS],
    ] as const) {
      const skewMs = engineOf(picture, host.hostname)?.skewMs ?? 0;
      expect(Math.abs(skewMs - byMs), `skew of ${host.hostname}`).toBeLessThan(10_000);
    }
    for (const container of await listContainers(swarm, name)) {
      const { startedAtMs } = await inspectContainer(container);
      const replica = await readReplica(vitals, name, container.key);
      const hostname = container.host.hostname;
      expect(Math.abs((replica.startedAtMs ?? 0) - startedAtMs), `start on ${hostname}`).toBeLessThan(10_000);
      expect(replica.sinceMs, `since on ${hostname}`).toBeGreaterThan(startedAtMs - 10_000);
      expect(replica.sinceMs).toBeLessThanOrEqual(Date.now());
      const probe = replica.health?.lastProbe;
      expect(Math.abs((probe?.startedAtMs ?? 0) - Date.now()), `probe on ${hostname}`).toBeLessThan(60_000);
      expect(probe?.durationMs).toBeGreaterThanOrEqual(0);
      await page.goto(`${vitals.url}/services/${name}/${container.key}`);
      await expect(page.locator('main')).not.toContainText(asShown(/\b1 h\b|\bh ago|in \d+ min/));
    }
    await page.goto(`${vitals.url}/nodes/${ahead.hostname}`);
    await expect(page.locator('main')).toContainText(asShown(/(1 h|59 min 5\d s|60 min).* ahead/));
  });
});
