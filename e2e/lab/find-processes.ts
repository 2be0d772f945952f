import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listCgroups } from './list-cgroups.ts';

/** What marks a process as the lab's. */
export interface Scope {
  /** Network namespaces, as `ip netns` calls them: the engine, containerd, its shims. */
  netns: readonly string[];
  /** A cgroup and all below it: the engine and the containers. */
  cgroup: string;
}

/** Finds the process ids that live in one of the network namespaces or below the cgroup. */
export function findProcesses(scope: Scope): number[] {
  const found = new Set<number>();
  for (const folder of listCgroups(scope.cgroup)) {
    for (const line of readLines(join(folder, 'cgroup.procs'))) found.add(Number(line));
  }
  const spaces = new Set(scope.netns.map((name) => identityOf(join('/run/netns', name))));
  // Never this machine's own.
  spaces.delete(identityOf('/proc/self/ns/net'));
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const space = identityOf(join('/proc', entry, 'ns/net'));
    if (space !== null && spaces.has(space)) found.add(Number(entry));
  }
  // 0 stands for a process of another process namespace.
  found.delete(0);
  found.delete(process.pid);
  return [...found];
}

function identityOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
