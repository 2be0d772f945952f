import type { ProbeRecord } from '#lib/history/record.ts';
import { type Container, selectRunProbes } from '#lib/model/docker/container.ts';

/** Docker's log holds five. */
const REMEMBERED = 8;

/** Of the probes that each read of a container brings, those that no earlier read brought. */
export interface ProbeFilter {
  take(container: Container): ProbeRecord[];
  forget(containerId: string): void;
  /** All count as new again. */
  reset(): void;
}

/**
 * Told apart by the engine's own time of their start: ours differs a little whenever the engine's clock is measured
 * again.
 */
export function createProbeFilter(): ProbeFilter {
  const taken = new Map<string, number[]>();

  return {
    take(container) {
      const { id, taskId, skewMs } = container;
      if (taskId === null || container.health === null) return [];
      const starts = taken.get(id) ?? [];
      const records: ProbeRecord[] = [];
      for (const probe of selectRunProbes(container)) {
        const startMs = probe.startedAtMs + skewMs;
        if (starts.includes(startMs)) continue;
        starts.push(startMs);
        const { durationMs, exitCode, output, truncated } = probe;
        records.push({ taskId, startMs, skewMs, durationMs, exitCode, output, truncated });
      }
      if (records.length > 0) taken.set(id, starts.slice(-REMEMBERED));
      return records;
    },
    forget: (containerId) => taken.delete(containerId),
    reset: () => taken.clear(),
  };
}
