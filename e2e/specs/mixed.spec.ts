import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { parseEngines } from '#e2e/lab/engines.ts';
import { images } from '#e2e/lab/images.ts';
import { inParallel } from '#e2e/lab/in-parallel.ts';
import type { LabHost } from '#e2e/lab/lab.ts';
import { cleanEnv, run } from '#e2e/lab/run.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { asShown } from '#e2e/support/as-shown.ts';
import { createServices, type Services } from '#e2e/support/create-services.ts';
import type { ContractEngine } from '#e2e/support/engine-contract/engine-contract.ts';
import { expectAsInspected } from '#e2e/support/expect-as-inspected.ts';
import { expectStatus, expectVerdict, toReplica, toService } from '#e2e/support/expect-status.ts';
import { listContainers, type TaskContainer } from '#e2e/support/find-container.ts';
import { inspectContainer } from '#e2e/support/inspect-container.ts';
import { readNodes, readReplicaDetail, readService } from '#e2e/support/read-api.ts';
import { root } from '#e2e/support/root.ts';
import { LAB_NAME, MIXED_TAG, type Swarm, startSwarm } from '#e2e/support/start-swarm.ts';

/** Docker of three ages, in one swarm: the oldest that we read manages it, a newer and the newest work for it. */
const AGES = parseEngines('mixed', 3);

const test = base.extend<{ services: Services }, { swarm: Swarm }>({
  swarm: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
    async ({}, use) => {
      const swarm = await startSwarm(`${LAB_NAME}-m`, AGES.join(','));
      try {
        await use(swarm);
        expect(swarm.refused(), 'requests other than GET').toEqual([]);
      } finally {
        await swarm.close();
      }
    },
    // An engine that this machine does not have is made first.
    { scope: 'worker', timeout: 900_000 },
  ],
  baseURL: async ({ swarm }, use) => use(swarm.vitals.url),
  services: async ({ swarm }, use) => {
    const services = createServices(swarm);
    await use(services);
    await services.removeAll();
  },
});

const CHECK = ['--health-interval', '1s', '--health-timeout', '1s'];

/** One container on each host, in the order of the hosts. */
async function findOnEach(swarm: Swarm, service: string): Promise<TaskContainer[]> {
  const all = async () => {
    const found = await listContainers(swarm, service);
    return found.length === 3 ? found.sort((a, b) => a.host.number - b.host.number) : null;
  };
  return waitFor(all, 30_000, `${service} on every host`);
}

const readVersion = ({ docker }: LabHost) => docker('version', '--format', '{{.Server.Version}}');

test.describe('one swarm of engines of every age', { tag: MIXED_TAG }, () => {
  test('each node names its own Docker, of three ages in one swarm', async ({ page, swarm }) => {
    const versions = await inParallel(swarm.lab.hosts, readVersion);
    expect(versions.map((version) => version.split('.')[0])).toEqual(AGES);
    await page.goto('/nodes');
    for (const [i, { hostname }] of swarm.lab.hosts.entries()) {
      const node = page.locator(`[data-node="${hostname}"]`);
      await expect(node).toHaveAttribute('data-state', 'live');
      await expect(node).toContainText(`Docker ${versions[i]}`);
    }
    const { nodes } = await readNodes(swarm.vitals);
    expect(nodes.map(({ engineVersion }) => engineVersion).sort()).toEqual(versions.toSorted());
  });

  test('probes fail on engines of every age: each replica shows its streak and its probes as its own engine has them', async ({
    page,
    swarm,
    services,
  }) => {
    const name = await services.create('ailing', {
      image: images.sleep,
      flags: [
        ...['--mode', 'global', ...CHECK, '--health-retries', '1000'],
        ...['--health-cmd', 'test -e /tmp/go || exit 0; echo HTTP 503; exit 1'],
      ],
    });
    await page.goto('/');
    await expectVerdict(toService(page, name), 'healthy', 60_000);
    const containers = await findOnEach(swarm, name);
    for (const { host, id } of containers) await host.docker('exec', id, 'touch', '/tmp/go');
    for (const { key } of containers) await expectStatus(toReplica(page, name, key), 'failing');
    for (const container of containers) {
      await expectAsInspected(swarm, name, container);
      await page.goto(`/services/${name}/${container.key}`);
      await expect(page.locator('.detail-head')).toContainText(
        asShown(/Failed \d+ of 1000 probes \(exit 1\)/),
      );
      await expect(page.getByRole('table', { name: 'Probes' }).first()).toContainText('HTTP 503');
    }
    await page.goto('/');
    for (const { host, id } of containers) await host.docker('exec', id, 'rm', '/tmp/go');
    await expectVerdict(toService(page, name), 'healthy');
  });

  test('while a replica starts, its page says when its engine probes next: newer ones look more often in the start period', async ({
    page,
    swarm,
    services,
  }) => {
    const name = await services.create('warming', {
      image: images.sleep,
      flags: [
        ...['--mode', 'global', '--health-interval', '9s', '--health-start-period', '1h'],
        ...['--health-cmd', 'exit 1'],
      ],
    });
    await page.goto('/');
    for (const [i, container] of (await findOnEach(swarm, name)).entries()) {
      const wantedMs = AGES[i] === '20' ? 9_000 : 5_000;
      const { before, after } = await waitFor(
        async () => {
          const { probes = [] } = (await inspectContainer(container)).health ?? {};
          const [before, after] = probes.slice(-2);
          return before && after && { before, after };
        },
        60_000,
        `two probes of ${name} on ${container.host.hostname}`,
      );
      const isNearFive = after.startedAtMs - before.endedAtMs < 7_000;
      expect(isNearFive ? 5_000 : 9_000, 'what Docker does').toBe(wantedMs);
      const { healthCheck, nextProbeAtMs, probes } = await readReplicaDetail(
        swarm.vitals,
        name,
        container.key,
      );
      expect(healthCheck).toMatchObject({ intervalMs: 9_000, startIntervalMs: wantedMs });
      expect(nextProbeAtMs).toBe((probes.at(-1)?.endedAtMs ?? 0) + wantedMs);
      await page.goto(`/services/${name}/${container.key}`);
      const settings = page.getByText('1 h, until healthy a probe every 5 s');
      await expect(settings).toHaveCount(AGES[i] === '20' ? 0 : 1);
      const rhythm = page.locator('.signs').getByText(`every ${wantedMs / 1_000} s, timeout`);
      await expect(rhythm).toBeVisible();
    }
  });

  test('a probe that takes too long is reported alike; what it had printed is shown where the engine keeps it', async ({
    page,
    swarm,
    services,
  }) => {
    const name = await services.create('slow', {
      image: images.sleep,
      flags: [
        ...['--mode', 'global', ...CHECK, '--health-retries', '1000'],
        ...['--health-cmd', 'test -e /tmp/go || exit 0; echo asking the database; sleep 20'],
      ],
    });
    await page.goto('/');
    await expectVerdict(toService(page, name), 'healthy', 60_000);
    const containers = await findOnEach(swarm, name);
    for (const { host, id } of containers) await host.docker('exec', id, 'touch', '/tmp/go');
    for (const [i, { key, host }] of containers.entries()) {
      await expectStatus(toReplica(page, name, key), 'failing');
      const { replica } = await readReplicaDetail(swarm.vitals, name, key);
      expect(replica.sentence, host.hostname).toMatch(/^Failed \d+ of 1000 probes \(timed out after 1 s\)/);
      const printed = AGES[i] === '20' ? '' : ': asking the database';
      expect(replica.evidence?.text.trim(), host.hostname).toBe(
        `Health check exceeded timeout (1s)${printed}`,
      );
    }
  });

  test('a replica that is killed for its health, and one whose command is missing, is reported in the same words on each', async ({
    page,
    swarm,
    services,
  }) => {
    const flags = ['--mode', 'global', '--restart-delay', '300s'];
    const sick = await services.create('sick', {
      image: images.sleep,
      flags: [...flags, ...CHECK, '--health-retries', '2', '--health-cmd', 'echo no database; exit 1'],
    });
    const broken = await services.create('broken', { image: images.sleep, flags, command: ['/no/such'] });
    const readAll = async (name: string, digits: string) => {
      const { replicas } = await readService(swarm.vitals, name);
      expect(replicas.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
      return replicas.map(({ sentence, hint, evidence }) => ({
        sentence: sentence?.replace(/\d+ probes in a row/, `${digits} probes in a row`),
        hint: hint?.replace(/docker0\d/, 'its host'),
        evidence: evidence?.text,
      }));
    };
    const alike = <T>(one: T) => [one, one, one];
    await page.goto('/');
    await expectVerdict(toService(page, sick), 'down', 60_000);
    await expect(async () => {
      // Docker goes on probing while it stops a container.
      expect(await readAll(sick, 'some')).toEqual(
        alike({
          sentence:
            'Killed for its health before it was ever healthy: some probes in a row failed, the last: exit 1. Swarm starts a new one after the restart delay of 5 min.',
          hint: `If it only needs longer to start, give it a start period: docker service update --health-start-period TIME ${sick}.`,
          evidence: 'no database',
        }),
      );
      expect(await readAll(broken, '')).toEqual(
        alike({
          sentence:
            'Its command /no/such cannot start: it is not in the image. Swarm starts a new one after the restart delay of 5 min.',
          hint: undefined,
          evidence: expect.stringContaining('exec: "/no/such": stat /no/such: no such file or directory'),
        }),
      );
    }).toPass({ timeout: 60_000, intervals: [500] });
    for (const name of [sick, broken]) {
      const [replica] = (await readService(swarm.vitals, name)).replicas;
      await expect(page.locator('article', { hasText: name })).toContainText(
        (replica?.sentence ?? '').split(':')[0] ?? '',
        { ignoreCase: true },
      );
    }
  });

  test('what the product owes of every engine holds for each of these', async ({ swarm, services, page }) => {
    const flags = ['--mode', 'global', ...CHECK];
    const name = await services.create('any', { image: images.web, flags });
    await page.goto('/');
    await expectVerdict(toService(page, name), 'healthy', 60_000);
    const engines = swarm.lab.hosts.map(
      (host, i): ContractEngine => ({
        name: `Docker ${AGES[i]}`,
        endpoint: host.tcp,
        manager: host === swarm.manager,
      }),
    );
    const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=verbose', '--root', root];
    const output = await run(
      process.execPath,
      [...args, '--config', 'e2e/support/engine-contract/vitest.config.ts'],
      {
        timeoutMs: 180_000,
        env: { ...cleanEnv, ENGINES: JSON.stringify(engines) },
      },
    );
    for (const engine of engines) expect(output).toContain(`engine contract: ${engine.name}`);
  });
});
