import type { NodeSign } from '#lib/model/contract/node-sign.ts';
import { type Container, isDeadContainer } from '#lib/model/docker/container.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { AGE_LIMITS_MS } from '#lib/model/status/age-limits.ts';

/** Swarm's own default, where the service that had another is gone. */
const STOP_GRACE_MS = 10_000;

/** Containers that still run though their service was removed: what they say of their nodes, and when to look again. */
export function findForgottenOfGone(
  containers: readonly Container[],
  goneSinceMs: number,
  engineOf: (nodeId: string) => Source | null,
  nowMs: number,
): { signs: NodeSign[]; recheckAtMs: number | null } {
  const running = containers.filter(
    (container) =>
      !isDeadContainer(container) &&
      container.state !== 'created' &&
      engineOf(container.nodeId)?.state === 'live',
  );
  if (running.length === 0) return { signs: [], recheckAtMs: null };
  const lateAtMs = goneSinceMs + STOP_GRACE_MS + AGE_LIMITS_MS.stopping;
  if (nowMs < lateAtMs) return { signs: [], recheckAtMs: lateAtMs };
  return {
    signs: running.map(({ id, nodeId, startedAtMs }) => ({
      kind: 'container-forgotten',
      nodeId,
      containerId: id,
      serviceName: null,
      sinceMs: Math.min(startedAtMs ?? nowMs, nowMs),
    })),
    recheckAtMs: null,
  };
}
