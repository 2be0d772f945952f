import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cleanEnv, run } from './run.ts';

const packageOf: Record<string, string> = {
  dockerd: 'docker.io',
  docker: 'docker.io',
  iptables: 'iptables',
  ip: 'iproute2',
  busybox: 'busybox-static',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  tar: 'tar',
};

/**
 * Makes sure that this machine can hold a lab, and installs what is missing.
 * @throws with what to do when it cannot
 */
export async function ensureTools(signal?: AbortSignal): Promise<void> {
  ensureRoot();
  const missing = [
    ...new Set(
      Object.keys(packageOf)
        .filter((tool) => !isThere(tool))
        .map((tool) => packageOf[tool]),
    ),
  ];
  if (missing.length === 0) return;
  const packages = missing.filter((name) => name !== undefined);
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!isThere('apt-get'))
    throw new Error(`The lab needs ${packages.join(', ')}: install them (on Debian: ${command}).`);
  process.stderr.write(`installing ${packages.join(', ')}\n`);
  await withoutServices(async () => {
    // With the caller's environment: it may hold a proxy.
    const options = {
      signal,
      timeoutMs: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    await run('apt-get', ['update'], options);
    await run('apt-get', command.split(' ').slice(1), options);
  });
}

/** @throws when this is not Linux or not root */
export function ensureRoot(): void {
  if (process.platform !== 'linux')
    throw new Error('The lab needs Linux: it is made of network namespaces and cgroups.');
  if (process.getuid?.() !== 0) throw new Error('The lab needs root: run it with sudo.');
}

function isThere(tool: string): boolean {
  return cleanEnv.PATH.split(delimiter).some((folder) => {
    const path = join(folder, tool);
    try {
      accessSync(path, constants.X_OK);
    } catch {
      return false;
    }
    // A busybox that needs a loader and libraries would not run in an image that has none.
    return tool !== 'busybox' || !readFileSync(path).includes('/ld-');
  });
}

/** Keeps the packages from starting a Docker engine of their own on this machine. */
async function withoutServices(work: () => Promise<void>): Promise<void> {
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await work();
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}
