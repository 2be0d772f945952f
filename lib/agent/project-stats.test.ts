import { expect, it } from 'vitest';
import { projectStats } from './project-stats.ts';

it('tells sums alone: no name, no device, no network', () => {
  const raw = {
    read: '2026-11-28T21:48:25Z',
    name: '/planted.1.x',
    id: 'planted',
    pids_stats: { current: 2, limit: 50 },
    cpu_stats: { cpu_usage: { total_usage: 5, percpu_usage: [1, 4] }, online_cpus: 2, system_cpu_usage: 9 },
    precpu_stats: { cpu_usage: { total_usage: 1 } },
    memory_stats: { usage: 7, stats: { inactive_file: 1, rss: 3 }, limit: 9 },
    blkio_stats: { io_service_bytes_recursive: [{ major: 259, minor: 3, op: 'read', value: 1 }] },
    networks: {
      planted0: { rx_bytes: 1, tx_bytes: 2 },
      planted1: { rx_bytes: 10, tx_bytes: -4 },
      bad: 'planted',
    },
  };
  expect(projectStats(raw)).toEqual({
    read: '2026-11-28T21:48:25Z',
    pids_stats: { current: 2, limit: 50 },
    cpu_stats: { cpu_usage: { total_usage: 5 }, online_cpus: 2 },
    memory_stats: { usage: 7, stats: { inactive_file: 1 }, limit: 9 },
    blkio_stats: { io_service_bytes_recursive: [{ op: 'read', value: 1 }] },
    networks: { all: { rx_bytes: 11, tx_bytes: 2 } },
  });
  expect(projectStats('planted')).toBeNull();
});
