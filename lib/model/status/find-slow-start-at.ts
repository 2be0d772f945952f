import { toLongestPauseMs } from '#lib/model/docker/to-pause-ms.ts';
import type { ReplicaFacts } from './replica-facts.ts';

const MARGIN_MS = 1_000;

/**
 * When a starting container has taken clearly longer than any start of its service that we saw: half as long again, and
 * a pause between probes more, since no probe tells sooner. Epoch ms; `null` when we saw none, or nothing is known of its start.
 */
export function findSlowStartAt({
  container,
  slowestStartMs,
}: Pick<ReplicaFacts, 'container' | 'slowestStartMs'>): number | null {
  if (slowestStartMs === null || container === null || container.startedAtMs === null) return null;
  if (container.healthCheck === null) return null;
  return container.startedAtMs + 1.5 * slowestStartMs + toLongestPauseMs(container.healthCheck) + MARGIN_MS;
}
