import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { type Container, selectRunProbes } from '#lib/model/docker/container.ts';
import { findProbeGap } from './late.ts';
import type { ReplicaFacts } from './replica-facts.ts';

/** Since when the replica is in this status, by the best evidence there is; epoch ms, never in the future. */
export function findReplicaSince(facts: ReplicaFacts, status: ReplicaStatus): number {
  return Math.min(facts.nowMs, findEvidence(facts, status) ?? facts.nowMs);
}

function findEvidence(facts: ReplicaFacts, status: ReplicaStatus): number | null {
  const { task, container, node, engine, earlier } = facts;
  switch (status) {
    case 'healthy':
      return findHealthySince(facts);
    case 'failing':
      return findStreakStart(facts);
    case 'unhealthy':
      return container === null ? null : findUnhealthySince(container);
    case 'starting':
    case 'running':
      return container?.startedAtMs ?? task?.stateAtMs ?? null;
    case 'failed':
      if (task?.desiredState === 'ready') return earlier[0]?.stateAtMs ?? task.createdAtMs;
      return container?.finishedAtMs ?? task?.stateAtMs ?? null;
    case 'complete':
      return container?.finishedAtMs ?? task?.stateAtMs ?? null;
    case 'lost':
      return task?.state === 'orphaned' ? task.updatedAtMs : (node?.updatedAtMs ?? null);
    case 'pending':
    case 'preparing':
      return task?.createdAtMs ?? task?.stateAtMs ?? null;
    case 'stopping':
      return task?.updatedAtMs ?? null;
    case 'unknown':
      if (engine !== null && engine.state !== 'live') return engine.sinceMs;
      return container === null
        ? null
        : (container.unread?.sinceMs ?? findProbeGap(container)?.lateAtMs ?? null);
    case 'paused':
      return null;
  }
}

function findHealthySince({ task, container }: ReplicaFacts): number | null {
  if (container === null) return task?.stateAtMs ?? null;
  const probes = selectRunProbes(container);
  const lastFailed = probes.findLastIndex((probe) => probe.exitCode !== 0);
  const firstPassed = lastFailed < 0 ? null : (probes[lastFailed + 1]?.endedAtMs ?? null);
  return firstPassed ?? container.health?.statusSinceMs ?? task?.stateAtMs ?? container.startedAtMs;
}

/** The start of the first failing probe of the streak, or of the oldest one that the log still holds. */
function findStreakStart({ container }: ReplicaFacts): number | null {
  if (container?.health == null) return null;
  const probes = selectRunProbes(container);
  const first = Math.max(0, probes.length - container.health.failingStreak);
  return probes[first]?.startedAtMs ?? null;
}

/**
 * When an unhealthy container became so: what an event said, else the end of the probe that made the streak reach
 * `retries` as far as the log goes back (5 probes), else an interval before its oldest for each that it has no more. `null`
 * without any evidence.
 */
export function findUnhealthySince(container: Container): number | null {
  const { health, healthCheck } = container;
  if (health === null) return null;
  if (health.statusSinceMs !== null) return health.statusSinceMs;
  const probes = selectRunProbes(container);
  const sinceThen = Math.max(0, health.failingStreak - (healthCheck?.retries ?? 1));
  const decisive = probes[probes.length - 1 - sinceThen];
  if (decisive !== undefined) return decisive.endedAtMs;
  const [oldest] = probes;
  if (oldest === undefined) return null;
  // Docker keeps the last five: those before them were an interval apart at least.
  const unseen = sinceThen - (probes.length - 1);
  return oldest.endedAtMs - unseen * (healthCheck?.intervalMs ?? 0);
}
