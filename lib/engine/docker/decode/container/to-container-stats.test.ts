import { describe, expect, it } from 'vitest';
import { toContainerStats } from './to-container-stats.ts';

const READ_AT_MS = Date.parse('2026-11-28T21:48:25.322Z');

/** What 20.10 answered on control groups v1, without a limit. */
const V1 = {
  read: '2026-11-28T21:48:25.322313507Z',
  preread: '0001-01-01T00:00:00Z',
  pids_stats: { current: 1 },
  blkio_stats: {
    io_service_bytes_recursive: [
      { major: 259, minor: 0, op: 'Read', value: 4_096 },
      { major: 259, minor: 0, op: 'Write', value: 8_192 },
      { major: 259, minor: 0, op: 'Sync', value: 12_288 },
      { major: 259, minor: 0, op: 'Total', value: 12_288 },
    ],
  },
  num_procs: 0,
  storage_stats: {},
  cpu_stats: {
    cpu_usage: { total_usage: 29_845_688, percpu_usage: [2_451_511, 27_394_177] },
    system_cpu_usage: 77_268_190_000_000,
    online_cpus: 2,
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  },
  memory_stats: {
    usage: 319_488,
    max_usage: 4_083_712,
    stats: {
      inactive_file: 1,
      total_inactive_file: 4_096,
      hierarchical_memory_limit: 2 ** 63,
    },
    limit: 25_276_510_208,
  },
  networks: { eth0: { rx_bytes: 1_002, tx_bytes: 0 }, eth1: { rx_bytes: 8, tx_bytes: 5 } },
};
/**
 * What 28.5.2 answered on control groups v2 (Linux 6.1) of a container with 96 MiB and 20 processes that held 37 MiB and had
 * read a file of 30 MB: `docker stats` said 38.82 MiB / 96 MiB.
 */
const V2 = {
  read: '2026-11-29T12:40:04.869291081Z',
  preread: '0001-01-01T00:00:00Z',
  pids_stats: { current: 3, limit: 20 },
  blkio_stats: {
    io_service_bytes_recursive: [
      { major: 254, minor: 0, op: 'read', value: 0 },
      { major: 254, minor: 0, op: 'write', value: 31_457_280 },
    ],
    io_serviced_recursive: null,
  },
  num_procs: 0,
  storage_stats: {},
  cpu_stats: {
    cpu_usage: {
      total_usage: 10_636_058_000,
      usage_in_kernelmode: 4_396_443_000,
      usage_in_usermode: 6_239_614_000,
    },
    system_cpu_usage: 477_510_000_000,
    online_cpus: 1,
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  },
  memory_stats: {
    usage: 72_159_232,
    stats: {
      active_anon: 12_288,
      active_file: 0,
      anon: 39_178_240,
      file: 31_457_280,
      inactive_anon: 39_165_952,
      inactive_file: 31_457_280,
      slab: 1_176_504,
    },
    limit: 100_663_296,
  },
  networks: { eth0: { rx_bytes: 852, rx_packets: 12, tx_bytes: 126, tx_packets: 3 } },
};
/** The same engine of one that a tenth of a core was not enough for; without limits of processes and memory. */
const V2_THROTTLED = {
  ...V2,
  pids_stats: { current: 1, limit: 18_446_744_073_709_552_000 },
  blkio_stats: { io_service_bytes_recursive: null },
  cpu_stats: {
    cpu_usage: { total_usage: 6_395_937_000 },
    online_cpus: 1,
    throttling_data: { periods: 564, throttled_periods: 540, throttled_time: 43_098_880_000 },
  },
  memory_stats: { usage: 335_872, stats: { anon: 61_440, inactive_file: 0 }, limit: 1_532_182_528 },
};
const read = (raw: unknown) => toContainerStats(raw, 'c1', 0);

it('reads what an engine counts, of control groups v1', () => {
  expect(read(V1)).toEqual({
    containerId: 'c1',
    readAtMs: READ_AT_MS,
    cpuMs: 29.845688,
    cores: 2,
    throttling: null,
    memoryBytes: 315_392,
    memoryMaxBytes: 25_276_510_208,
    pids: 1,
    pidsMax: null,
    network: { inBytes: 1_010, outBytes: 5 },
    disk: { inBytes: 4_096, outBytes: 8_192 },
  });
});

it('reads what an engine counts, of control groups v2', () => {
  expect(read(V2)).toMatchObject({
    cpuMs: 10_636.058,
    cores: 1,
    throttling: null,
    memoryBytes: 40_701_952,
    memoryMaxBytes: 100_663_296,
    pids: 3,
    pidsMax: 20,
    network: { inBytes: 852, outBytes: 126 },
    disk: { inBytes: 0, outBytes: 31_457_280 },
  });
  expect(read(V2_THROTTLED)).toMatchObject({
    throttling: { periods: 564, throttledPeriods: 540 },
    memoryBytes: 335_872,
    pids: 1,
    pidsMax: null,
    disk: null,
  });
});

it('takes the skew of the engine out of when it read', () => {
  expect(toContainerStats(V1, 'c1', 5_000)?.readAtMs).toBe(READ_AT_MS - 5_000);
});

describe('what is not known is null, and never 0', () => {
  const NOTHING = { memoryBytes: null, memoryMaxBytes: null, pids: null, pidsMax: null, cpuMs: null };
  it.each([
    ['no memory controller', { ...V1, memory_stats: {} }, { memoryBytes: null, memoryMaxBytes: null }],
    [
      'no memory controller, in zeros',
      { ...V1, memory_stats: { usage: 0, limit: 0 } },
      { memoryBytes: null },
    ],
    ['no pids controller', { ...V1, pids_stats: {} }, { pids: null, pidsMax: null }],
    [
      'no limit of processes',
      { ...V1, pids_stats: { current: 3, limit: 18_446_744_073_709_552_000 } },
      { pids: 3, pidsMax: null },
    ],
    ['nothing but a time', { read: V1.read }, { ...NOTHING, network: null, disk: null, throttling: null }],
    ['the host network', { ...V1, networks: undefined }, { network: null }],
    ['no block devices', { ...V1, blkio_stats: { io_service_bytes_recursive: null } }, { disk: null }],
    [
      'more cache than is used',
      { ...V2, memory_stats: { usage: 5, stats: { inactive_file: 5 } } },
      { memoryBytes: 5 },
    ],
    [
      'Windows',
      {
        read: V1.read,
        num_procs: 4,
        cpu_stats: { cpu_usage: { total_usage: 20_000 } },
        memory_stats: { commitbytes: 9, privateworkingset: 7 },
      },
      { cpuMs: 2, cores: 4, memoryBytes: 7, memoryMaxBytes: null, pids: null, throttling: null },
    ],
  ])('%s', (_, raw, expected) => {
    expect(read(raw)).toMatchObject(expected);
  });

  it.each([
    ['a container that does not run', { read: '0001-01-01T00:00:00Z', name: '/x' }],
    ['no object', 'OK'],
    ['a list', []],
    ['no time', { ...V1, read: 7 }],
  ])('%s has no reading', (_, raw) => {
    expect(read(raw)).toBeNull();
  });

  it('counts nothing that is larger than Docker can count', () => {
    const raw = {
      ...V1,
      cpu_stats: {
        cpu_usage: { total_usage: 1e308 },
        throttling_data: { periods: 1, throttled_periods: 1e308, throttled_time: 0 },
      },
      networks: { eth0: { rx_bytes: 1e308, tx_bytes: 7 }, eth1: { rx_bytes: 1e308, tx_bytes: 1 } },
      blkio_stats: {
        io_service_bytes_recursive: Array.from({ length: 9 }, () => ({ op: 'read', value: 1e308 })),
      },
    };
    expect(read(raw)).toMatchObject({
      cpuMs: null,
      throttling: null,
      network: { inBytes: 0, outBytes: 8 },
      disk: { inBytes: 0, outBytes: 0 },
    });
  });

  it('guesses nothing of members that are something else', () => {
    const raw = {
      read: V1.read,
      cpu_stats: {
        cpu_usage: { total_usage: '7' },
        online_cpus: -2,
        throttling_data: { periods: 1, throttled_periods: -1, throttled_time: 0 },
      },
      memory_stats: { usage: -5, stats: [], limit: 'x' },
      networks: { eth0: 'x', eth1: { rx_bytes: -4, tx_bytes: 2 } },
      blkio_stats: { io_service_bytes_recursive: [null, { op: 7, value: 3 }, { op: 'read', value: 'x' }] },
    };
    expect(read(raw)).toMatchObject({
      ...NOTHING,
      cores: null,
      throttling: null,
      network: { inBytes: 0, outBytes: 2 },
      disk: { inBytes: 0, outBytes: 0 },
    });
  });
});
