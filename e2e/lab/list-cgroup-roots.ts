import { readFileSync } from 'node:fs';

export interface CgroupRoot {
  path: string;
  /** Its controllers in cgroup v1 (`pids`, `freezer`), or null for cgroup v2. */
  controllers: string[] | null;
}

/** Lists where cgroup hierarchies are mounted: one for v2, one for each controller for v1, or both. */
export function listCgroupRoots(): CgroupRoot[] {
  const roots: CgroupRoot[] = [];
  for (const line of readFileSync('/proc/self/mounts', 'utf8').split('\n')) {
    const [, path, type, options] = line.split(' ');
    if (path === undefined || options === undefined) continue;
    if (type === 'cgroup2') roots.push({ path, controllers: null });
    if (type === 'cgroup') roots.push({ path, controllers: options.split(',') });
  }
  return roots;
}
