import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { endProcesses } from './end-processes.ts';
import { ensureRoot } from './ensure-tools.ts';
import { listCgroups } from './list-cgroups.ts';
import { run } from './run.ts';
import { labsFolder, labsLock, toLabNames } from './to-lab-names.ts';
import { waitFor } from './wait-for.ts';
import { withLock } from './with-lock.ts';

/**
 * Takes a lab down by its name alone, whatever is left of it: processes, namespaces, links, mounts, cgroups, folder.
 * Harmless when there is none.
 * @throws when another process is making that lab, and does not end within 30 s
 */
export async function removeLab(name: string): Promise<void> {
  ensureRoot();
  const busy = `The lab ${name} is being made or taken down`;
  await withLock(toLabNames(name).lock, 30_000, busy, () => clearLab(name));
}

/** The same for those who hold the lab's lock. */
export async function clearLab(name: string): Promise<void> {
  const names = toLabNames(name);
  const netns = listNetns().filter((one) => names.netnsPattern.test(one));
  await endProcesses({ netns, cgroup: names.cgroup });
  for (const path of listMounts(`${names.folder}/`)) await run('umount', ['-l', path]);
  for (const one of netns) await removeNetns(one);
  if (existsSync(`/sys/class/net/${names.link}`)) {
    await run('ip', ['link', 'delete', names.link]).catch((error: unknown) => {
      // It went with the namespace of its other end.
      if (existsSync(`/sys/class/net/${names.link}`)) throw error;
    });
  }
  await removeCgroups(names.cgroup);
  rmSync(names.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  await withLock(labsLock, 30_000, 'Other labs are being made', removeShared);
}

async function removeNetns(netns: string): Promise<void> {
  // A namespace lives on where another program has a copy of its mount: take its cables out first. One that has none
  // any more, or was never mounted, is fine.
  for (const link of ['eth0', 'outside', 'bridge'])
    await run('ip', ['-n', netns, 'link', 'delete', link]).catch(() => {});
  await run('ip', ['netns', 'delete', netns]);
}

/** What labs have in common goes with the last one. */
async function removeShared(): Promise<void> {
  if (existsSync(labsFolder) && readdirSync(labsFolder).length === 0) rmdirSync(labsFolder);
  if (existsSync('/run/netns') && listNetns().length === 0) {
    // `ip netns` mounts the folder over itself at its first use. Whoever needs it again makes it again.
    await run('umount', ['/run/netns']).catch(() => {});
    await rmdir('/run/netns').catch(() => {});
  }
}

function listNetns(): string[] {
  return existsSync('/run/netns') ? readdirSync('/run/netns') : [];
}

/** Deepest first. */
function listMounts(prefix: string): string[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path.startsWith(prefix))
    .reverse();
}

/** Removes a cgroup whose processes have ended, and all below it, in every hierarchy. */
async function removeCgroups(cgroup: string): Promise<void> {
  const removeAll = (): boolean => {
    for (const folder of listCgroups(cgroup)) rmdirSync(folder);
    return true;
  };
  // The kernel says busy for a moment after the last process ended.
  await waitFor(removeAll, 10_000, `the removal of the cgroup ${cgroup}`);
}
