import { expect } from '@playwright/test';
import type { TaskContainer } from './find-container.ts';
import { inspectContainer } from './inspect-container.ts';
import { readReplicaDetail } from './read-api.ts';
import type { Swarm } from './start-swarm.ts';

/** Holds what the API says of a replica against `docker inspect` on its node; both must have seen the same probes. */
export async function expectAsInspected(
  { vitals }: Pick<Swarm, 'vitals'>,
  service: string,
  container: TaskContainer,
): Promise<void> {
  await expect(async () => {
    const before = await inspectContainer(container);
    const detail = await readReplicaDetail(vitals, service, container.key);
    const inspected = await inspectContainer(container);
    // A probe that ended in between is found by the next try.
    expect(before.health?.probes.at(-1)).toEqual(inspected.health?.probes.at(-1));
    const { replica } = detail;
    expect(replica.containerId).toBe(container.id);
    expect(replica.hostname).toBe(container.host.hostname);
    expect(replica.startedAtMs).toBe(inspected.startedAtMs);
    expect(replica.health?.status).toBe(inspected.health?.status);
    expect(replica.health?.failingStreak).toBe(inspected.health?.failingStreak);
    const newest = detail.probes.slice(-(inspected.health?.probes.length ?? 0));
    expect(newest.map(({ truncated: _, ...probe }) => probe)).toEqual(inspected.health?.probes);
  }).toPass({ timeout: 20_000, intervals: [200] });
}
