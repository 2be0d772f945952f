import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLab } from '#e2e/lab/create-lab.ts';
import type { Lab } from '#e2e/lab/lab.ts';
import { removeLab } from '#e2e/lab/remove-lab.ts';
import { run } from '#e2e/lab/run.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { buildProductImage } from '#e2e/support/build-product-image.ts';
import { deployStack } from '#e2e/support/deploy-stack.ts';
import { listContainers, type TaskContainer } from '#e2e/support/find-container.ts';
import { LAB_ENGINES, LAB_NAME } from '#e2e/support/start-swarm.ts';

/**
 * `node e2e/bench/health-check-cost.ts [minutes]`: the real image and stack.yml on three hosts, under ten times as many
 * busy processes as there are cores, and some that keep the disk busy. Does Docker's own health check call anything
 * unhealthy? How long does a start take meanwhile? And how soon is a process that hangs found out, without load? By
 * hand, not in CI. Linux and root; the machine is slow meanwhile.
 */
const minutes = Number(process.argv[2] ?? 5);
const SERVICES = ['vitals_server', 'vitals_agent'];

interface Health {
  status: string;
  failingStreak: number;
  probes: { startedAt: string; durationMs: number; exitCode: number }[];
}

async function readHealth({ host, id }: TaskContainer): Promise<Health> {
  const { Status, FailingStreak, Log } = JSON.parse(
    await host.docker('inspect', '--format', '{{json .State.Health}}', id),
  );
  return {
    status: Status,
    failingStreak: FailingStreak,
    probes: (Log ?? []).map((one: { Start: string; End: string; ExitCode: number }) => ({
      startedAt: one.Start,
      durationMs: Date.parse(one.End) - Date.parse(one.Start),
      exitCode: one.ExitCode,
    })),
  };
}

const listAll = async (lab: Lab) =>
  (await Promise.all(SERVICES.map((service) => listContainers({ lab }, service)))).flat();

async function waitHealthy(lab: Lab, timeoutMs: number): Promise<TaskContainer[]> {
  return waitFor(
    async () => {
      const all = await listAll(lab);
      const healths = await Promise.all(all.map(readHealth));
      return all.length === 4 && healths.every(({ status }) => status === 'healthy') ? all : null;
    },
    timeoutMs,
    'a server and three agents that are healthy',
  );
}

async function measureUnderLoad(lab: Lab): Promise<void> {
  const before = (await listAll(lab)).map(({ id }) => id).sort();
  const probes = new Map<string, { durationMs: number; exitCode: number }>();
  let worst = 0;
  const statuses = new Set<string>();
  const endMs = Date.now() + minutes * 60_000;
  while (Date.now() < endMs) {
    for (const container of await listAll(lab)) {
      const health = await readHealth(container).catch(() => null);
      if (health === null) continue;
      statuses.add(health.status);
      worst = Math.max(worst, health.failingStreak);
      for (const { startedAt, ...probe } of health.probes) probes.set(`${container.id} ${startedAt}`, probe);
    }
    await sleep(2_000);
  }
  const after = (await listAll(lab)).map(({ id }) => id).sort();
  const durations = [...probes.values()].map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  console.log(
    `${minutes} min at a load of ${loadavg()[0]?.toFixed(0)}: ${probes.size} probes, ` +
      `${[...probes.values()].filter(({ exitCode }) => exitCode !== 0).length} failed, longest streak ${worst}, ` +
      `took ${durations[Math.floor(durations.length / 2)]} ms (median), ${durations.at(-1)} ms at most; ` +
      `statuses seen: ${[...statuses].join(', ')}; the same containers in the end: ${before.join() === after.join()}`,
  );
}

async function measureStart(lab: Lab): Promise<void> {
  const [server] = await listContainers({ lab }, 'vitals_server');
  const startedAtMs = Date.now();
  await lab.manager.docker('service', 'update', '--detach', '--force', '--quiet', 'vitals_server');
  await waitFor(
    async () => {
      const [now] = await listContainers({ lab }, 'vitals_server');
      return now && now.id !== server?.id && (await readHealth(now)).status === 'healthy';
    },
    300_000,
    'the server that replaces the first one',
  );
  console.log(
    `Replaced under load: healthy again after ${((Date.now() - startedAtMs) / 1_000).toFixed(0)} s.`,
  );
}

async function measureHang(service: string, lab: Lab): Promise<void> {
  const [container] = await listContainers({ lab }, service);
  if (!container) throw new Error(`There is no ${service}.`);
  const pid = Number(await container.host.docker('inspect', '--format', '{{.State.Pid}}', container.id));
  process.kill(pid, 'SIGSTOP');
  const startedAtMs = Date.now();
  await waitFor(
    async () => (await readHealth(container)).status === 'unhealthy',
    300_000,
    `${service} unhealthy`,
  );
  console.log(
    `${service} stopped in its tracks: unhealthy after ${Math.round((Date.now() - startedAtMs) / 1_000)} s.`,
  );
  await waitFor(
    async () => !(await listContainers({ lab }, service)).some(({ id }) => id === container.id),
    120_000,
    `Swarm to end ${service}`,
  );
  console.log(`… and replaced by Swarm after ${Math.round((Date.now() - startedAtMs) / 1_000)} s.`);
}

const folder = mkdtempSync(join(tmpdir(), 'vitals-health-check-'));
const name = `${LAB_NAME}-s`;
const stress = () =>
  spawn(
    'stress-ng',
    [
      ...['--cpu', String(10 * availableParallelism()), '--io', '2', '--hdd', '1', '--hdd-bytes', '64M'],
      ...['--temp-path', folder, '--timeout', `${minutes * 60 + 300}s`, '--quiet'],
    ],
    { stdio: 'inherit' },
  );
let load: ReturnType<typeof stress> | null = null;
try {
  const lab = await createLab({ name, hosts: 3, managers: 2, engines: LAB_ENGINES });
  await buildProductImage(lab, folder);
  await deployStack(lab, folder, { agentSecret: '6f1d0c8e5b7a49d2a3c4', password: 'correct horse battery' });
  const [server] = await waitHealthy(lab, 120_000);
  console.log('All are healthy.');
  if (server) {
    const startedAtMs = performance.now();
    for (let n = 0; n < 20; n++)
      await server.host.docker('exec', server.id, '/bin/sh', '/app/lib/image/check.sh');
    console.log(
      `docker exec of the check, alone: ${((performance.now() - startedAtMs) / 20).toFixed(0)} ms each.`,
    );
    console.log(
      await run('docker', [
        '-H',
        server.host.tcp,
        'inspect',
        '--format',
        '{{json .HostConfig.Memory}} {{json .HostConfig.MemoryReservation}} {{json .HostConfig.CpuShares}} {{json .HostConfig.NanoCpus}}',
        server.id,
      ]),
    );
  }
  load = stress();
  await measureUnderLoad(lab);
  await measureStart(lab);
  load.kill('SIGTERM');
  await new Promise((resolve) => load?.once('exit', resolve));
  await waitHealthy(lab, 120_000);
  await measureHang('vitals_agent', lab);
  await measureHang('vitals_server', lab);
} finally {
  load?.kill('SIGTERM');
  await removeLab(name);
  rmSync(folder, { recursive: true, force: true });
}
