import { readFileSync } from 'node:fs';
import { findProcesses } from './find-processes.ts';
import { toLabNames } from './to-lab-names.ts';

/**
 * The process that holds a container of a lab's host for its engine: stopped (SIGSTOP), it leaves the container to run
 * on, and whoever asks for it to wait.
 * @returns its process id; null when there is none
 */
export function findShim(lab: string, host: number, containerId: string): number | null {
  const { netns, cgroup } = toLabNames(lab).host(host);
  return findProcesses({ netns: [netns], cgroup }).find((pid) => isShim(pid, containerId)) ?? null;
}

/** A process id that was kept may be another process's by now. */
export function isShim(pid: number, containerId: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return (command[0] ?? '').includes('containerd-shim') && command.includes(containerId);
  } catch {
    return false;
  }
}
