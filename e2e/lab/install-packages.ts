import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { run } from './run.ts';
import { withLock } from './with-lock.ts';

/**
 * Installs Debian packages, one call of all at a time, and starts nothing of what they bring.
 *
 * @param who needs them, for the message: `The lab`
 * @throws with what to do where there is no apt
 */
export async function installPackages(
  who: string,
  packages: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get'))
    throw new Error(`${who} needs ${packages.join(', ')}: install them (on Debian: ${command}).`);
  process.stderr.write(`installing ${packages.join(', ')}\n`);
  await withLock('vitals-apt', 900_000, 'Packages are being installed', () => withoutServices(install));

  async function install(): Promise<void> {
    // With the caller's environment: it may hold a proxy.
    const options = {
      signal,
      timeoutMs: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    await run('apt-get', ['update'], options);
    await run('apt-get', command.split(' ').slice(1), options);
  }
}

/** Keeps the packages from starting services of their own on this machine. */
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
