import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { endProcesses } from './end-processes.ts';
import { removeCgroups } from './remove-cgroups.ts';
import { run } from './run.ts';
import { toLabNames } from './to-lab-names.ts';

/**
 * Takes a lab down by its name alone: processes, namespaces, links, mounts, cgroups, folder. Harmless when there is
 * none.
 */
export async function removeLab(name: string): Promise<void> {
  const names = toLabNames(name);
  const netns = listNetns().filter((one) => names.netnsPattern.test(one));
  await endProcesses({ netns, cgroup: names.cgroup });
  for (const path of listMounts(`${names.folder}/`)) await run('umount', ['-l', path]);
  for (const one of netns) await run('ip', ['netns', 'delete', one]);
  if (existsSync(`/sys/class/net/${names.link}`)) {
    await run('ip', ['link', 'delete', names.link]).catch((error: unknown) => {
      // It went with the namespace of its other end.
      if (existsSync(`/sys/class/net/${names.link}`)) throw error;
    });
  }
  await removeCgroups(names.cgroup);
  rmSync(names.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
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
