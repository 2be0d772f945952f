import { selectRunProbes } from '#lib/model/docker/select-run-probes.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';

const KEPT_PROBES = 5;

/**
 * Did it end before its first healthy probe? A task that failed still has the progress text `starting` then (swarmkit
 * agent/exec/controller.go, Do); one that left with exit 0 has lost it, and its log tells as far as that goes back to the
 * first probe: Docker keeps the last five (moby daemon/health.go, maxLogEntries).
 */
export function wasNeverHealthy({ task, container }: TaskEnd): boolean {
  if (task.message === 'starting') return true;
  if (task.state !== 'complete' || container === null) return false;
  const probes = selectRunProbes(container);
  return probes.length > 0 && probes.length < KEPT_PROBES && probes.every(({ exitCode }) => exitCode !== 0);
}
