import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listCgroupRoots } from './list-cgroup-roots.ts';

/**
 * Lists the folders of a cgroup and of all below it, in every hierarchy, children before their parents.
 * @param cgroup its path below the root, as in `vitals-lab-dev/docker01`
 */
export function listCgroups(cgroup: string): string[] {
  const folders: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) visit(join(folder, entry.name));
    }
    folders.push(folder);
  };
  for (const root of listCgroupRoots()) {
    const top = join(root.path, cgroup);
    if (!existsSync(top)) continue;
    try {
      visit(top);
    } catch {
      // Gone while we looked: the next look will see less.
    }
  }
  return folders;
}
