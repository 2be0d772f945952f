import type { VitalsStats } from '#lib/server/vitals.ts';
import type { Metric, Sample } from './metric.ts';

/** What this process knows of itself. */
export interface OwnFacts {
  stats: VitalsStats;
  build: string;
  demo: boolean;
  /** Whether the picture may be taken for what is so now. */
  isRead: boolean;
  /** How long ago anything was last read of the swarm. */
  dataAgeMs: number;
  /** How late the event loop came to this scrape. */
  loopLagMs: number;
  heapUsedBytes: number;
  cpuSeconds: number;
}

/** Whether anything is said of the swarm, and how old that is. */
export function toReadMetrics({ isRead, dataAgeMs }: Pick<OwnFacts, 'isRead' | 'dataAgeMs'>): Metric[] {
  return [
    metric(
      'gauge',
      'swarm_vitals_swarm_read',
      '1 while a manager is read; else 0, and nothing is said of services and nodes.',
      Number(isRead),
    ),
    metric(
      'gauge',
      'swarm_vitals_data_age_seconds',
      'Time since anything was heard of the swarm.',
      dataAgeMs / 1_000,
    ),
  ];
}

function metric(kind: Metric['kind'], name: string, help: string, value: number | Sample[]): Metric {
  return { name, help, kind, parts: [typeof value === 'number' ? [{ labels: {}, value }] : value] };
}

/** Our own health: a monitor that is not watched is worth little. */
export function toOwnMetrics(facts: OwnFacts): Metric[] {
  const { stats, build, demo, loopLagMs } = facts;
  const endpoints = new Map<string, { requests: number; bytesRead: number }>();
  for (const { endpoint, requests, bytesRead } of stats.docker) {
    const before = endpoints.get(endpoint) ?? { requests: 0, bytesRead: 0 };
    endpoints.set(endpoint, {
      requests: before.requests + requests,
      bytesRead: before.bytesRead + bytesRead,
    });
  }
  const perEndpoint = (key: 'requests' | 'bytesRead') =>
    [...endpoints].map(([endpoint, counts]) => ({ labels: { endpoint }, value: counts[key] }));
  return [
    metric(
      'gauge',
      'swarm_vitals_info',
      'Always 1: which build this is, and whether the swarm is the demo.',
      [{ labels: { build, demo: String(demo) }, value: 1 }],
    ),
    ...toReadMetrics(facts),
    metric(
      'counter',
      'swarm_vitals_picture_changes_total',
      'Changes of the picture since start.',
      stats.revision,
    ),
    metric('gauge', 'swarm_vitals_viewers', 'Open live streams.', stats.viewers),
    metric(
      'gauge',
      'swarm_vitals_history_ok',
      '1 while the history is kept; else 0.',
      Number(stats.history.kind !== 'broken'),
    ),
    ...(stats.lead === undefined
      ? []
      : [
          metric(
            'gauge',
            'swarm_vitals_leader',
            '1 on the one server of those that share a database that writes the history and sends messages; else 0.',
            Number(stats.lead === 'leads'),
          ),
        ]),
    metric(
      'counter',
      'swarm_vitals_docker_requests_total',
      'Requests to Docker since start, by endpoint.',
      perEndpoint('requests'),
    ),
    metric(
      'counter',
      'swarm_vitals_docker_received_bytes_total',
      'Bytes read from Docker since start, by endpoint.',
      perEndpoint('bytesRead'),
    ),
    metric(
      'gauge',
      'process_start_time_seconds',
      'Start of the process, Unix time.',
      stats.startedAtMs / 1_000,
    ),
    metric('gauge', 'process_resident_memory_bytes', 'Resident memory.', stats.memoryBytes),
    metric('counter', 'process_cpu_seconds_total', 'CPU time, user and system.', facts.cpuSeconds),
    metric('gauge', 'nodejs_heap_size_used_bytes', 'Heap in use.', facts.heapUsedBytes),
    metric(
      'gauge',
      'nodejs_eventloop_lag_seconds',
      'Lag of the event loop at this scrape.',
      loopLagMs / 1_000,
    ),
  ];
}
