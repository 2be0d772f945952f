import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProcesses, type Scope } from './find-processes.ts';
import { listCgroups } from './list-cgroups.ts';
import { waitFor } from './wait-for.ts';

/**
 * Kills every process in the scope, and those that they start meanwhile, until there is none.
 * @throws when some are left after 20 s
 */
export async function endProcesses(scope: Scope): Promise<void> {
  const killAll = (): boolean => {
    thawAll(scope.cgroup);
    const pids = findProcesses(scope);
    for (const pid of pids) kill(pid);
    if (pids.length > 0) throw new Error(`still there: ${pids.join(', ')}`);
    return true;
  };
  await waitFor(killAll, 20_000, `the end of the processes in ${scope.cgroup}`);
}

/** In cgroup v1 not even SIGKILL ends a paused container before it is thawed. */
function thawAll(cgroup: string): void {
  for (const folder of listCgroups(cgroup)) {
    const state = join(folder, 'freezer.state');
    try {
      if (existsSync(state)) writeFileSync(state, 'THAWED');
    } catch {
      // Gone with its last process.
    }
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone by itself.
  }
}
