import { rmdirSync } from 'node:fs';
import { listCgroups } from './list-cgroups.ts';
import { waitFor } from './wait-for.ts';

/** Removes a cgroup whose processes have ended, and all below it, in every hierarchy. */
export async function removeCgroups(cgroup: string): Promise<void> {
  const removeAll = (): boolean => {
    for (const folder of listCgroups(cgroup)) rmdirSync(folder);
    return true;
  };
  // The kernel says busy for a moment after the last process ended.
  await waitFor(removeAll, 10_000, `the removal of the cgroup ${cgroup}`);
}
