import { images } from '#e2e/lab/images.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { expectLive, expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { findContainer, listContainers } from '#e2e/support/find-container.ts';
import { inspectContainer } from '#e2e/support/inspect-container.ts';
import { startGetProxy } from '#e2e/support/proxies/start-get-proxy.ts';
import { readReplica, readService, readSwarm } from '#e2e/support/read-api.ts';
import { recordFault } from '#e2e/support/record-fault.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';
import { watchReplica } from '#e2e/support/watch-replica.ts';

const CHECK = ['--health-interval', '1s', '--health-timeout', '5s', '--health-retries', '1000'];

test('a plain container that has a replica’s labels on it does not stand in for the replica', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('genuine', { image: images.web, flags: CHECK });
  await page.goto('/');
  await expectStatus(toReplica(page, name), 'healthy', 60_000);
  const readSights = await watchReplica(page, name);
  const real = await findContainer(swarm, name);
  const [task, service] = (
    await real.host.docker(...['inspect', '--format', '{{json .Config.Labels}}', real.id])
  )
    .split('\n')
    .map((text) => JSON.parse(text) as Record<string, string>)
    .flatMap((labels) => [labels['com.docker.swarm.task.id'], labels['com.docker.swarm.service.id']]);
  const labels = [
    `com.docker.swarm.task.id=${task}`,
    `com.docker.swarm.service.id=${service}`,
    `com.docker.swarm.service.name=${name}`,
    `com.docker.swarm.task.name=${name}.1.${task}`,
    'com.docker.swarm.task=',
    'exitCode=0',
  ].flatMap((label) => ['--label', label]);
  const spoof = await real.host.docker(
    ...['run', '--detach', ...labels, '--health-cmd', 'exit 9', '--health-interval', '1s'],
    ...['--health-retries', '2', images.sleep],
  );
  const record = recordFault('a plain container with a replica’s labels');
  try {
    const inspected = () => real.host.docker('inspect', '--format', '{{.State.Health.Status}}', spoof);
    await waitFor(async () => (await inspected()) === 'unhealthy', 30_000, 'the spoofed container unhealthy');
    const shown = await readReplica(swarm.vitals, name);
    expect(shown).toMatchObject({ status: 'healthy', containerId: real.id, health: { failingStreak: 0 } });
    // The real one fails: that is what is reported.
    await real.host.docker('exec', real.id, 'rm', '/www/healthcheck');
    await expectStatus(toReplica(page, name), 'failing');
    expect((await readReplica(swarm.vitals, name)).health?.lastProbe?.exitCode).toBe(1);
    await real.host.docker('exec', real.id, 'touch', '/www/healthcheck');
    await expectStatus(toReplica(page, name), 'healthy');
  } finally {
    await real.host.docker('rm', '--force', spoof);
  }
  await expectStatus(toReplica(page, name), 'healthy');
  expect((await readReplica(swarm.vitals, name)).containerId).toBe(real.id);
  const seen = (await readSights()).map(({ status }) => status);
  expect([...new Set(seen)].sort(), 'what the page ever showed').toEqual(['failing', 'healthy']);
  record.true();
});

test('a replica’s container is restarted by hand: Swarm takes its task for ended, and the container that runs on is not taken for the replica', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('restarted', { image: images.web, flags: CHECK });
  await page.goto('/');
  await expectStatus(toReplica(page, name), 'healthy', 60_000);
  const first = await findContainer(swarm, name);
  const { host, id } = first;
  await host.docker('exec', id, 'rm', '/www/healthcheck');
  await expectStatus(toReplica(page, name), 'failing');
  const readSights = await watchReplica(page, name);
  const record = recordFault('a container is restarted by hand');
  await host.docker('restart', '--time', '1', id);
  await expectStatus(toReplica(page, name), 'failed');
  record.seen((await readReplica(swarm.vitals, name)).sentence ?? '');
  await host.docker('exec', id, 'touch', '/www/healthcheck');
  await expectStatus(toReplica(page, name), 'healthy', 60_000);
  record.true();

  const inspected = await inspectContainer(first);
  expect(inspected, 'the container that Swarm forgot').toMatchObject({
    running: true,
    health: { status: 'healthy' },
  });
  const shown = await readReplica(swarm.vitals, name);
  expect(shown.taskId).not.toBe(first.taskId);
  expect(shown.containerId).not.toBe(id);
  expect(shown.health?.lastProbe?.startedAtMs ?? 0).toBeGreaterThanOrEqual(shown.startedAtMs ?? Infinity);
  const seen = (await readSights()).map(({ status }) => status);
  expect(seen.lastIndexOf('failed'), seen.join(', ')).toBeLessThan(seen.indexOf('healthy'));
  await host.docker('rm', '--force', id);
});

test('a probe that flaps and says something else each time: the newest words, up and down, never unhealthy', async ({
  page,
  swarm,
  services,
}) => {
  const probe = 'date +%s.%N; head -c 9 /dev/urandom | base64; test $(( $(date +%s) / 4 % 2 )) = 0';
  const name = await services.create('flapping', {
    image: images.sleep,
    flags: ['--health-cmd', probe, ...CHECK],
  });
  await page.goto('/');
  const replica = toReplica(page, name);
  await expectStatus(replica, 'failing', 60_000);
  const record = recordFault('a probe that flaps');
  record.seen((await readReplica(swarm.vitals, name)).sentence ?? '');
  const readSights = await watchReplica(page, name);
  const outputs = new Set<string>();
  await waitFor(
    async () => {
      const { health } = await readReplica(swarm.vitals, name);
      if (health?.lastProbe && health.failingStreak > 0) outputs.add(health.lastProbe.output);
      const statuses = (await readSights()).map(({ status }) => status);
      return outputs.size > 4 && statuses.filter((status) => status === 'healthy').length >= 2;
    },
    40_000,
    'it to flap twice, with other words each time',
  );
  const seen = new Set((await readSights()).map(({ status }) => status));
  expect([...seen].sort()).toEqual(['failing', 'healthy']);
  const container = await findContainer(swarm, name);
  await expect(async () => {
    const [{ health }, shown] = [await inspectContainer(container), await readReplica(swarm.vitals, name)];
    expect(shown.health?.failingStreak).toBe(health?.failingStreak);
  }).toPass();
});

test('a start period of an hour: starting, with what its probes say, and no problem before it is over', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('warming', {
    image: images.sleep,
    flags: ['--health-cmd', 'echo loading models; exit 1', ...CHECK, '--health-start-period', '1h'],
  });
  await page.goto('/');
  await expectStatus(toReplica(page, name), 'starting', 60_000);
  await expect
    .poll(async () => (await readReplica(swarm.vitals, name)).health?.lastProbe?.output ?? '')
    .toBe('loading models\n');
  const shown = await readReplica(swarm.vitals, name);
  expect(shown).toMatchObject({ status: 'starting', health: { status: 'starting', failingStreak: 0 } });
  recordFault('a start period of an hour').seen(shown.sentence ?? '');
  await expectVerdict(toService(page, name), ['starting', 'down']);
});

test('labels of 100 kB, and outputs that turn the text round, have no blank or nothing but new lines', async ({
  page,
  swarm,
  services,
}) => {
  const heavy = 'x'.repeat(100_000);
  const labelled = await services.create('labelled', {
    image: images.web,
    flags: [...CHECK, '--label', `a=${heavy}`, '--container-label', `b=${heavy}`],
  });
  const printing = (text: string) => ({
    image: images.sleep,
    flags: ['--health-cmd', `test -e /tmp/ok || { touch /tmp/ok; exit 0; }; ${text}; exit 1`, ...CHECK],
  });
  const names = {
    switched: await services.create('turned', printing("printf 'user \\342\\200\\256txt.exe'")),
    solid: await services.create('solid', printing('head -c 4000 /dev/zero | tr "\\000" W')),
    lines: await services.create('lines', printing('yes "" | head -n 400')),
  };
  await page.goto('/');
  await expectStatus(toReplica(page, labelled), 'healthy', 60_000);
  for (const name of Object.values(names)) {
    await expectStatus(toReplica(page, name), 'failing', 60_000);
    await page.goto(`/services/${name}/1`);
    await expectLive(page);
    await expect(page.locator('[data-status="failing"]').first()).toBeVisible();
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, `${name} must not make the page wider than the screen`).toBeLessThanOrEqual(0);
    await page.goto('/');
  }
  await expect(page.locator('body'), 'a mark that turns the text round is not let through').not.toContainText(
    '\u202e',
  );
  const answer = await (await fetch(`${swarm.vitals.url}/api/swarm`)).text();
  expect(answer.includes('x'.repeat(1_000)), 'labels are not sent on').toBe(false);
  expect((await readReplica(swarm.vitals, names.solid)).health?.lastProbe?.output).toHaveLength(4000);
});

test('ten services a second are made and removed again: in the end the list is Docker’s own', async ({
  page,
  swarm,
}) => {
  await page.goto('/');
  await expectLive(page);
  const record = recordFault('ten services a second made and removed');
  const url = `${swarm.manager.tcp.replace('tcp:', 'http:')}/services`;
  const made: string[] = [];
  const make = async (number: number) => {
    const spec = {
      Name: `brief-${number}`,
      TaskTemplate: { ContainerSpec: { Image: images.sleep, StopGracePeriod: 1e9 } },
      Mode: { Replicated: { Replicas: number % 5 === 0 ? 1 : 0 } },
    };
    const body = JSON.stringify(spec);
    const headers = { 'content-type': 'application/json' };
    const { ID } = (await (await fetch(`${url}/create`, { method: 'POST', body, headers })).json()) as {
      ID: string;
    };
    made.push(ID);
  };
  const remove = (id: string | undefined) => id && fetch(`${url}/${id}`, { method: 'DELETE' });
  for (let number = 0; number < 40; number += 1) {
    await Promise.all([make(number), number > 3 ? remove(made.shift()) : null]);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  try {
    const named = async () =>
      (await swarm.manager.docker('service', 'ls', '--format', '{{.Name}}')).split('\n').sort().join(' ');
    const shown = async () =>
      (await readSwarm(swarm.vitals)).services
        .map(({ name }) => name)
        .sort()
        .join(' ');
    await expect(async () => expect(await shown()).toBe(await named())).toPass();
    await Promise.all(made.splice(0).map(remove));
    await expect(async () => expect(await shown()).toBe(await named())).toPass();
    await expect(page.locator('[data-service^="brief-"]')).toHaveCount(0);
    record.true();
  } finally {
    await Promise.all(made.map(remove));
  }
});

test('ten thousand events at once: the server answers, asks Docker no more than it must, and what it shows is true', async ({
  page,
  swarm,
  services,
}) => {
  const name = await services.create('noisy', { image: images.web, flags: ['--replicas', '2', ...CHECK] });
  const proxies = await Promise.all(swarm.lab.hosts.map(({ tcp }) => startGetProxy(tcp)));
  const vitals = await startVitals({
    VITALS_MANAGERS: proxies[0]?.endpoint ?? '',
    VITALS_ENGINES: proxies.map(({ endpoint }) => endpoint).join(','),
  });
  try {
    await page.goto(vitals.url);
    await expectVerdict(toService(page, name), 'healthy', 60_000);
    const containers = await listContainers(swarm, name);
    for (const proxy of proxies) proxy.reset();
    const record = recordFault('ten thousand events at once');
    const now = Date.now();
    const actions = ['exec_die', 'health_status: unhealthy', 'start', 'die', 'oom', 'destroy', 'pause'];
    const lines = Array.from({ length: 10_000 }, (_, i) => {
      const { id, taskId } = containers[i % containers.length] ?? { id: '', taskId: '' };
      const Attributes = {
        'com.docker.swarm.task.id': i % 3 === 0 ? taskId : `unknown${i}`,
        exitCode: '1',
        image: images.web,
      };
      const Actor = { ID: i % 3 === 0 ? id : i.toString(16).padStart(64, '0'), Attributes };
      const Action = actions[i % actions.length];
      return JSON.stringify({ Type: 'container', Action, Actor, scope: 'local', timeNano: (now + i) * 1e6 });
    });
    for (const proxy of proxies) proxy.emit(`${lines.join('\n')}\n`);
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => (await fetch(`${vitals.url}/api/healthz`)).status),
    );
    expect(new Set(answers)).toEqual(new Set([200]));
    await expect(async () => {
      const service = await readService(vitals, name);
      expect(service).toMatchObject({ running: 2, healthy: 2, verdict: 'healthy' });
      expect(service.replicas.map(({ containerId }) => containerId).sort()).toEqual(
        containers.map(({ id }) => id).sort(),
      );
    }).toPass();
    await expectVerdict(toService(page, name), 'healthy');
    await expectLive(page);
    record.true();
    // Some 1,400 of each kind came three times over.
    const asked = proxies
      .flatMap((proxy) => proxy.traffic())
      .reduce((sum, { requests }) => sum + requests, 0);
    record.seen(`${asked} requests to Docker`);
    expect(asked).toBeLessThan(3_000);
    expect(vitals.log()).not.toMatch(/unhandled|TypeError/);
  } finally {
    await vitals.kill();
    await Promise.all(proxies.map((proxy) => proxy.close()));
  }
});
