import { selectRunProbes } from '#lib/model/docker/select-run-probes.ts';
import { toLongestPauseMs } from '#lib/model/docker/to-pause-ms.ts';
import type { ReplicaFacts } from './replica-facts.ts';

const MARGIN_MS = 1_000;

/**
 * When a starting container has had all the time its health check gives it: the start period, then `retries` failures.
 * The pause between probes counts from the end of one to the start of the next, so each adds the time it takes, and the
 * first to count may begin up to a pause after the start period (moby daemon/health.go, monitor and
 * handleProbeResult). Epoch ms; `null` when the check or the start is not known. Swarm itself waits without end.
 */
export function findOverdueAt({ container }: Pick<ReplicaFacts, 'container'>): number | null {
  if (container === null || container.startedAtMs === null || container.healthCheck === null) return null;
  const { startPeriodMs, retries, intervalMs, timeoutMs } = container.healthCheck;
  const pauseMs = toLongestPauseMs(container.healthCheck);
  const probes = selectRunProbes(container);
  const longestMs = probes.reduce((longest, probe) => Math.max(longest, probe.durationMs), 0);
  const probesMs = retries * intervalMs + (retries + 1) * longestMs + (startPeriodMs > 0 ? pauseMs : 0);
  const allowedMs = container.startedAtMs + startPeriodMs + probesMs;
  // One that runs at this moment may still decide, however long it was allowed to take.
  const runningMs = (probes.at(-1)?.endedAtMs ?? container.startedAtMs) + pauseMs + timeoutMs;
  return Math.max(allowedMs, runningMs) + MARGIN_MS;
}
