import type { Metric } from '#lib/server/metrics/metric.ts';
import type { SourceStats } from '#lib/server/vitals.ts';

/** How the server that a relay reads is, as a monitor of the relay wants to know it. */
export function toSourceMetrics({ name, isRead, heardAtMs }: SourceStats, nowMs: number): Metric[] {
  const labels = { swarm: name };
  return [
    {
      name: 'swarm_vitals_source_up',
      help: '1 while the server that this relay reads is read; else 0, and nothing is said of services and nodes.',
      kind: 'gauge',
      parts: [[{ labels, value: Number(isRead) }]],
    },
    {
      name: 'swarm_vitals_source_age_seconds',
      help: 'Time since that server was last heard; -1 before the first time.',
      kind: 'gauge',
      parts: [[{ labels, value: heardAtMs === null ? -1 : Math.max(0, nowMs - heardAtMs) / 1_000 }]],
    },
  ];
}
