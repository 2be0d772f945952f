import {
  type DockerObject,
  isDockerObject,
  readCount,
  readList,
  readNumber,
  readObject,
} from '#lib/engine/docker/decode/raw.ts';
import { toTimeMs } from '#lib/engine/docker/decode/times.ts';
import type { ContainerStats, Traffic } from '#lib/model/docker/container-stats.ts';

/** More than a container has of either. */
const MAX_ENTRIES = 1_000;
/** Beyond it is no limit: control groups write the largest number that there is, or one page less. */
const UNLIMITED = 2 ** 62;
/** More than any container runs in. */
const MAX_CORES = 65_536;
/** Docker counts in 64 bits: what is larger is of something else, and a sum of it would be no number. */
const MAX_COUNT = 2 ** 64;

/**
 * `GET /containers/{id}/stats?stream=false&one-shot=true`; `null` when it holds no reading: of a container that does not
 * run Docker answers with the zero time and nothing in it.
 *
 * @param skewMs the engine's clock minus ours; taken out
 */
export function toContainerStats(raw: unknown, containerId: string, skewMs: number): ContainerStats | null {
  const stats = readObject(raw);
  const readAtMs = toTimeMs(stats.read, skewMs);
  const cpu = readObject(stats.cpu_stats);
  const memory = readObject(stats.memory_stats);
  const pids = readObject(stats.pids_stats);
  if (readAtMs === null) return null;
  // Windows alone says how many processors the host has, and counts in 100 ns (moby api/types/container/stats.go).
  const isWindows = (readCount(stats.num_procs) ?? 0) > 0;
  return {
    containerId,
    readAtMs,
    cpuMs: toCpuMs(readObject(cpu.cpu_usage), isWindows),
    cores:
      toPositive(cpu.online_cpus, MAX_CORES) ?? (isWindows ? toPositive(stats.num_procs, MAX_CORES) : null),
    throttling: toThrottling(readObject(cpu.throttling_data)),
    memoryBytes: isWindows ? readCount(memory.privateworkingset) : toWorkingSet(memory),
    memoryMaxBytes: toPositive(memory.limit, UNLIMITED),
    // It runs: it has at least one, and 0 is what stands for "not counted".
    pids: toPositive(pids.current, UNLIMITED),
    pidsMax: toPositive(pids.limit, UNLIMITED),
    network: toNetworkTraffic(stats.networks),
    disk: toDiskTraffic(readObject(stats.blkio_stats).io_service_bytes_recursive),
  };
}

/** A container that runs has used some: 0 is what Docker says where nobody counts. */
function toCpuMs({ total_usage }: DockerObject, isWindows: boolean): number | null {
  const total = toPositive(total_usage, MAX_COUNT);
  return total === null ? null : isWindows ? total / 1e4 : total / 1e6;
}

/** No period was ever counted: no limit is set, as far as it shows. */
function toThrottling(raw: DockerObject): ContainerStats['throttling'] {
  const periods = toPositive(raw.periods, MAX_COUNT);
  const throttledPeriods = readNumber(raw.throttled_periods);
  if (periods === null || throttledPeriods === null) return null;
  if (throttledPeriods < 0 || throttledPeriods > MAX_COUNT) return null;
  return { periods, throttledPeriods };
}

/**
 * As `docker stats` has it (docker/cli `cli/command/container/stats_helpers.go`, calculateMemUsageUnixNoCache): of control
 * groups v1 `usage - total_inactive_file`, of v2 `usage - inactive_file`, and `usage` where that would leave nothing.
 */
function toWorkingSet(memory: DockerObject): number | null {
  const usage = toPositive(memory.usage, UNLIMITED);
  if (usage === null) return null;
  const { total_inactive_file: v1, inactive_file: v2 } = readObject(memory.stats);
  for (const inactive of [readNumber(v1), readNumber(v2)])
    if (inactive !== null && inactive >= 0 && inactive < usage) return usage - inactive;
  return usage;
}

function toNetworkTraffic(raw: unknown): Traffic | null {
  if (!isDockerObject(raw)) return null;
  const sum: Traffic = { inBytes: 0, outBytes: 0 };
  for (const one of Object.values(raw).slice(0, MAX_ENTRIES)) {
    const { rx_bytes, tx_bytes } = readObject(one);
    sum.inBytes += toPositive(rx_bytes, MAX_COUNT) ?? 0;
    sum.outBytes += toPositive(tx_bytes, MAX_COUNT) ?? 0;
  }
  return sum;
}

/** `Read` and `Write` of v1, `read` and `write` of v2; others (`Sync`, `Total`) would count twice. */
function toDiskTraffic(raw: unknown): Traffic | null {
  if (!Array.isArray(raw)) return null;
  const sum: Traffic = { inBytes: 0, outBytes: 0 };
  for (const one of readList(raw).slice(0, MAX_ENTRIES)) {
    const { op, value } = readObject(one);
    const bytes = toPositive(value, MAX_COUNT) ?? 0;
    const kind = typeof op === 'string' ? op.toLowerCase() : '';
    if (kind === 'read') sum.inBytes += bytes;
    else if (kind === 'write') sum.outBytes += bytes;
  }
  return sum;
}

/** A number above 0 and below `end`; `null` for anything else. Counters are too large to be exact, and need not be. */
function toPositive(value: unknown, end: number): number | null {
  const number = readNumber(value);
  return number !== null && number > 0 && number < end ? number : null;
}
