import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test as base, expect } from '@playwright/test';
import { createLab } from '#e2e/lab/create-lab.ts';
import { images } from '#e2e/lab/images.ts';
import type { Lab, LabHost } from '#e2e/lab/lab.ts';
import { removeLab } from '#e2e/lab/remove-lab.ts';
import { cleanEnv, run } from '#e2e/lab/run.ts';
import { toHostFiles } from '#e2e/lab/to-host-files.ts';
import { toLabNames } from '#e2e/lab/to-lab-names.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { swarmPictureSchema } from '#lib/wire/schema/picture-schema.ts';
import { buildProductImage } from './build-product-image.ts';
import { deployStack } from './deploy-stack.ts';
import { listContainers } from './find-container.ts';
import { LAB_ENGINES, LAB_NAME } from './start-swarm.ts';

const NAME = `${LAB_NAME}-s`;
export const PASSWORD = 'correct horse battery';
export const AGENT_SECRET = '6f1d0c8e5b7a49d2a3c46f1d0c8e5b7a49d2a3c4';
const AUTHORIZATION = { authorization: `Basic ${Buffer.from(`x:${PASSWORD}`).toString('base64')}` };
/** Each stands where somebody's secret may stand, and must not be seen anywhere else. */
export const PLANTED = {
  env: 'planted-env-1c9e',
  laterEnv: 'planted-later-env-8d21',
  argument: 'planted-argument-77b0',
  label: 'planted-label-5e3f',
  containerLabel: 'planted-container-label-90aa',
  probeToken: 'planted-probe-token-41d6',
};

export interface Stack {
  lab: Lab;
  /** For files that it is deployed from. */
  folder: string;
  hosts: [LabHost, LabHost, LabHost];
}

/** The product's image, built here, and its stack, deployed on three hosts of which two are managers. */
export const test = base.extend<object, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'vitals-stack-'));
      try {
        const lab = await createLab({ name: NAME, hosts: 3, managers: 2, engines: LAB_ENGINES });
        const [first, second, third] = lab.hosts;
        if (!first || !second || !third) throw new Error('The lab has fewer than three hosts.');
        await buildProductImage(lab, folder);
        await plant(lab);
        await deployStack(lab, folder, { agentSecret: AGENT_SECRET, password: PASSWORD });
        await use({ lab, folder, hosts: [first, second, third] });
      } finally {
        await removeLab(NAME);
        rmSync(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: 600_000 },
  ],
});

/** Services with secrets in every place; one is healthy everywhere, and one dies again and again. */
async function plant({ manager }: Lab): Promise<void> {
  const create = (name: string, flags: string[], command: string[]) =>
    manager.docker(
      ...['service', 'create', '--detach', '--quiet', '--no-resolve-image', '--name', name],
      ...['--env', `PLANTED=${PLANTED.env}`, '--label', `planted=${PLANTED.label}`],
      ...['--container-label', `planted=${PLANTED.containerLabel}`, ...flags, images.web, ...command],
    );
  const probe = `wget -q -O - "http://127.0.0.1:8080/healthcheck?token=${PLANTED.probeToken}"`;
  const check = ['--health-cmd', probe, '--health-interval', '1s', '--health-timeout', '5s'];
  const serve = "trap 'exit 0' TERM; httpd -f -p 8080 -h /www & wait";
  await create('web', ['--mode', 'global', ...check], ['/bin/sh', '-c', serve, PLANTED.argument]);
  await create(
    'dying',
    ['--restart-delay', '1s', '--no-healthcheck'],
    ['/bin/sh', '-c', 'sleep 1; exit 3', PLANTED.argument],
  );
}

export const urlOf = ({ address }: LabHost) => `http://${address}:3000`;

export async function readPath(host: LabHost, path: string): Promise<string> {
  const stop = AbortSignal.timeout(10_000);
  const response = await fetch(`${urlOf(host)}${path}`, { headers: AUTHORIZATION, signal: stop });
  // 503: `/api/status` of a service that is not well.
  if (!response.ok && response.status !== 503) throw new Error(`GET ${path}: ${response.status}`);
  return response.text();
}

export async function readPicture(host: LabHost): Promise<SwarmPicture> {
  return swarmPictureSchema.parse(JSON.parse(await readPath(host, '/api/swarm')));
}

export async function findServers({ lab }: Stack, count: number, withinMs = 60_000): Promise<LabHost[]> {
  return waitFor(
    async () => {
      const found = await listContainers({ lab }, 'vitals_server');
      const answers = await Promise.all(
        found.map(({ host }) => fetch(`${urlOf(host)}/api/readyz`).then(({ ok }) => ok)),
      );
      return found.length === count && answers.every((ok) => ok) ? found.map(({ host }) => host) : null;
    },
    withinMs,
    `${count} servers of the stack`,
  );
}

export async function readStreamFor(host: LabHost, ms: number): Promise<string> {
  const response = await fetch(`${urlOf(host)}/api/stream`, { headers: AUTHORIZATION });
  let text = '';
  const stop = setTimeout(() => void reader?.cancel(), ms);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) text += next.value;
  clearTimeout(stop);
  expect(text).toContain('event: snapshot');
  return text;
}

/** Everything that a container wrote. */
export function readWholeLog({ dockerCommand }: LabHost, container: string): Promise<string> {
  return run('sh', ['-c', '"$@" 2>&1', 'sh', ...dockerCommand, 'logs', container], { env: cleanEnv });
}

/** The files of the server's volume, as they lie on the disk of its host. */
export function readHistory(server: LabHost): [string, string][] {
  const { dataRoot } = toHostFiles(toLabNames(NAME).host(server.number));
  const folder = join(dataRoot, 'volumes/vitals_data/_data');
  const names = readdirSync(folder);
  expect(names).toContain('history.db');
  return names.map((name) => [name, readFileSync(join(folder, name), 'latin1')]);
}

export interface ProbeWatch {
  /** From now on this host's server is not asked any more. */
  leave(host: LabHost): Promise<void>;
  /** Probes that a server showed: `task start`. */
  end(): Promise<ReadonlySet<string>>;
}

/** Notes every probe that is in a picture of these servers. */
export function watchProbes(hosts: readonly LabHost[]): ProbeWatch {
  const shown = new Set<string>();
  const asked = new Set(hosts);
  const watches = new Map(hosts.map((host) => [host, watch(host)]));
  async function watch(host: LabHost): Promise<void> {
    while (asked.has(host)) {
      const picture = await readPicture(host).catch(() => null);
      for (const { taskId, health } of picture?.services.flatMap(({ replicas }) => replicas) ?? [])
        if (taskId !== null && health?.lastProbe) shown.add(`${taskId} ${health.lastProbe.startedAtMs}`);
      await sleep(300);
    }
  }
  return {
    async leave(host) {
      asked.delete(host);
      await watches.get(host);
    },
    async end() {
      asked.clear();
      await Promise.all(watches.values());
      return shown;
    },
  };
}
