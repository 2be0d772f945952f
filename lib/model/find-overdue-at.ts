import type { ReplicaFacts } from './replica-facts.ts';

/**
 * When a starting container has had all the time its health check gives it: start period, then `retries` failures, each
 * after an interval and at most the timeout. Epoch ms, `null` when the check or the start is not known. Docker itself
 * waits for ever while probes fail inside the start period or hang (swarmkit orchestrator/update/updater.go too).
 */
export function findOverdueAt({ container }: Pick<ReplicaFacts, 'container'>): number | null {
  if (container === null || container.startedAtMs === null || container.healthCheck === null) return null;
  const { startPeriodMs, retries, intervalMs } = container.healthCheck;
  return container.startedAtMs + startPeriodMs + retries * intervalMs;
}
