import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackages } from './install-packages.ts';
import { cleanEnv } from './run.ts';

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
  await installPackages(
    'The lab',
    missing.filter((name) => name !== undefined),
    signal,
  );
}

/** @throws when this is not Linux or not root */
export function ensureRoot(): void {
  if (process.platform !== 'linux')
    throw new Error('The lab needs Linux: it is made of network namespaces and cgroups.');
  if (process.getuid?.() !== 0) throw new Error('The lab needs root: run it with sudo.');
}

export function isThere(tool: string): boolean {
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
