import { countUsage } from '#lib/demo/life/count-usage.ts';
import type { SimContainer } from '#lib/demo/world.ts';
import { isAtLeast } from './engine-releases.ts';
import { formatTime } from './format-time.ts';
import { toTaskName } from './to-labels.ts';

const NO_TIME = '0001-01-01T00:00:00Z';
const NO_BLKIO = {
  io_serviced_recursive: null,
  io_queue_recursive: null,
  io_service_time_recursive: null,
  io_wait_time_recursive: null,
  io_merged_recursive: null,
  io_time_recursive: null,
  sectors_recursive: null,
};
const NO_CPU = {
  cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
  throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
};

/** `GET /containers/{id}/stats?stream=false&one-shot=true`: old engines of control groups v1, newer ones of v2. */
export function toStatsJson(container: SimContainer, nowMs: number): object {
  const name = `/${toTaskName(container.task)}`;
  if (container.state !== 'running') return { name, id: container.id, read: NO_TIME, preread: NO_TIME };
  const { node, task } = container;
  const { limits } = task.service.plan;
  const isV2 = isAtLeast(node.release.apiVersion, '1.44');
  const used = countUsage(container, nowMs);
  const nanos = Math.round(used.cpuMs * 1e6);
  return {
    read: formatTime(nowMs),
    preread: NO_TIME,
    pids_stats: { current: used.pids, ...(limits.pids === undefined ? {} : { limit: limits.pids }) },
    blkio_stats: { ...NO_BLKIO, io_service_bytes_recursive: toDevices(used.disk, isV2) },
    num_procs: 0,
    storage_stats: {},
    cpu_stats: {
      cpu_usage: {
        total_usage: nanos,
        usage_in_kernelmode: Math.round(nanos * 0.3),
        usage_in_usermode: Math.round(nanos * 0.7),
      },
      system_cpu_usage: Math.round((nowMs - container.createdAtMs) * node.cpus * 1e6),
      online_cpus: node.cpus,
      throttling_data: {
        periods: used.periods,
        throttled_periods: used.throttledPeriods,
        throttled_time: Math.round(used.throttledMs * 1e6),
      },
    },
    precpu_stats: NO_CPU,
    memory_stats: {
      usage: used.memoryBytes + used.inactiveBytes,
      ...(isV2 ? {} : { max_usage: used.memoryBytes + used.inactiveBytes }),
      stats: toMemoryStats(used, isV2),
      // What has no limit of its own has all that its node has.
      limit: limits.memoryBytes ?? node.memoryBytes,
    },
    name,
    id: container.id,
    networks: {
      eth0: {
        rx_bytes: used.network.inBytes,
        rx_packets: Math.round(used.network.inBytes / 900),
        rx_errors: 0,
        rx_dropped: 0,
        tx_bytes: used.network.outBytes,
        tx_packets: Math.round(used.network.outBytes / 1_100),
        tx_errors: 0,
        tx_dropped: 0,
      },
    },
  };
}

function toDevices({ inBytes, outBytes }: { inBytes: number; outBytes: number }, isV2: boolean): object[] {
  const device = (op: string, value: number) => ({ major: 259, minor: 0, op, value });
  return isV2
    ? [device('read', inBytes), device('write', outBytes)]
    : [
        device('Read', inBytes),
        device('Write', outBytes),
        device('Sync', inBytes),
        device('Total', inBytes + outBytes),
      ];
}

/** A real answer has three times as many; readers pay for these bytes. */
function toMemoryStats(
  { memoryBytes, inactiveBytes }: { memoryBytes: number; inactiveBytes: number },
  isV2: boolean,
): object {
  const common = {
    active_anon: Math.round(memoryBytes * 0.1),
    active_file: 0,
    inactive_anon: Math.round(memoryBytes * 0.9),
    inactive_file: inactiveBytes,
    pgfault: Math.round(memoryBytes / 4_096),
    pgmajfault: 0,
    unevictable: 0,
  };
  if (isV2) return { ...common, anon: memoryBytes, file: inactiveBytes, kernel_stack: 16_384, slab: 128_000 };
  const totals = Object.entries(common).map(([name, value]) => [`total_${name}`, value] as const);
  return {
    ...common,
    cache: inactiveBytes,
    rss: memoryBytes,
    total_cache: inactiveBytes,
    total_rss: memoryBytes,
    ...Object.fromEntries(totals),
  };
}
