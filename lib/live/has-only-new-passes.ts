import type { Container } from '#lib/model/docker/container.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

/**
 * Does a new read of a container tell no more than that its probes go on passing? Most reads of a swarm that is well
 * are of this kind: nobody waits for them.
 */
export function hasOnlyNewPasses(before: Container, after: Container): boolean {
  if (!isPassing(before) || !isPassing(after)) return false;
  const lastAtMs = before.health?.probes.at(-1)?.startedAtMs ?? 0;
  const isFailure = ({ exitCode, startedAtMs }: Probe) => exitCode !== 0 && startedAtMs > lastAtMs;
  // One that failed and was followed by one that passed before anybody read.
  if (after.health?.probes.some(isFailure)) return false;
  return hasEqualContent(withoutProbes(before), withoutProbes(after));
}

function isPassing({ state, health }: Container): boolean {
  if (state !== 'running' || health?.status !== 'healthy' || health.failingStreak > 0) return false;
  return health.probes.at(-1)?.exitCode === 0;
}

function withoutProbes(container: Container): object {
  return {
    ...container,
    readAtMs: 0,
    inspectedAtMs: 0,
    probeSeenAtMs: 0,
    health: container.health && { ...container.health, probes: null },
  };
}
