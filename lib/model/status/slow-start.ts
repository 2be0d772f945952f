import { type Container, selectRunProbes } from '#lib/model/docker/container.ts';
import { toMaxPauseMs } from '#lib/model/docker/health-check.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { ReplicaFacts } from './replica-facts.ts';

const OVERDUE_MARGIN_MS = 1_000;
/** For engines that are busy. */
const MOST_TIMES = 2;

/**
 * When a starting container has had all the time its health check gives it: the start period, then `retries` failures.
 * The pause between probes counts from the end of one to the start of the next, so each adds the time it takes, and the
 * first to count may begin up to a pause after the start period (moby daemon/health.go, monitor and
 * handleProbeResult). Epoch ms; `null` when the check or the start is not known. Swarm itself waits without end.
 */
export function findOverdueAt({ container }: Pick<ReplicaFacts, 'container'>): number | null {
  if (container === null || container.startedAtMs === null || container.healthCheck === null) return null;
  const { startPeriodMs, retries, intervalMs, timeoutMs } = container.healthCheck;
  const pauseMs = toMaxPauseMs(container.healthCheck);
  const probes = selectRunProbes(container);
  const maxMs = probes.reduce((max, probe) => Math.max(max, probe.durationMs), 0);
  const probesMs = retries * intervalMs + (retries + 1) * maxMs + (startPeriodMs > 0 ? pauseMs : 0);
  const allowedMs = container.startedAtMs + startPeriodMs + probesMs;
  // One that runs at this moment may still decide, however long it was allowed to take.
  const runningMs = (probes.at(-1)?.endedAtMs ?? container.startedAtMs) + pauseMs + timeoutMs;
  // No check can take longer, whatever a wrong count of failures makes of each.
  const mostMs = allowedMs + MOST_TIMES * (retries + 1) * (pauseMs + timeoutMs);
  return Math.min(Math.max(allowedMs, runningMs), mostMs) + OVERDUE_MARGIN_MS;
}

const MARGIN_MS = 1_000;

/**
 * When a starting container has taken clearly longer than any start of its service that we saw: half as long again, and
 * a pause between probes more, since no probe shows it sooner. Epoch ms; `null` when we saw none, or nothing is known of its start.
 */
export function findSlowStartAt({
  container,
  slowestStartMs,
}: Pick<ReplicaFacts, 'container' | 'slowestStartMs'>): number | null {
  if (slowestStartMs === null || container === null || container.startedAtMs === null) return null;
  if (container.healthCheck === null) return null;
  return container.startedAtMs + 1.5 * slowestStartMs + toMaxPauseMs(container.healthCheck) + MARGIN_MS;
}

/**
 * The longest of these starts and of those before: a task is `running` at its first healthy probe (moby
 * executor/container/controller.go, Start), and what it is after it ended says nothing about its start. Milliseconds,
 * rounded up to a whole second since two clocks are compared; `null` when there is none.
 */
export function findSlowestStart(
  starts: readonly { task: Task; container: Container | null }[],
  beforeMs: number | null,
): number | null {
  let slowestMs = beforeMs;
  for (const { task, container } of starts) {
    if (task.state !== 'running' || task.stateAtMs === null) continue;
    if (container === null || container.state !== 'running' || container.startedAtMs === null) continue;
    if (container.healthCheck === null) continue;
    const tookMs = Math.ceil((task.stateAtMs - container.startedAtMs) / 1_000) * 1_000;
    // Two clocks apart by more than the start say nothing.
    if (tookMs > 0) slowestMs = Math.max(slowestMs ?? 0, tookMs);
  }
  return slowestMs;
}
