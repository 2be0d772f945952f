import type { TrafficRate, Usage } from '#lib/model/contract/usage.ts';
import type { ContainerStats, Traffic } from '#lib/model/docker/container-stats.ts';

/** What bounds a container, as its service and its node say it, and when its answer came. */
export interface UsageBounds {
  /** Our clock. */
  heardAtMs: number;
  limits: { cpuNano: number | null; memoryBytes: number | null; pids: number | null };
  nodeMemoryBytes: number | null;
}

/** Readings nearer to each other make no rate: a few clock ticks would decide it. */
const MIN_APART_MS = 200;
/** Nor farther apart: a mean of so long says nothing of now. */
const MAX_APART_MS = 10 * 60_000;
/** An engine that tells another time than this has a clock that was set since it was looked at: the reading is of now. */
const CLOCK_MS = 30_000;
/** A limit within this of all that the node has is none: Docker gives the machine's memory for it (moby daemon/stats_unix.go). */
const ALL = 0.995;

/**
 * What a container uses now, from the newest reading and the one before it: by the engine's own times. Where a sum fell
 * (it was started again) or the two are too far apart there is no rate.
 */
export function toUsage(before: ContainerStats | null, now: ContainerStats, bounds: UsageBounds): Usage {
  const { limits, heardAtMs } = bounds;
  const apartMs = before === null ? 0 : now.readAtMs - before.readAtMs;
  const last = apartMs >= MIN_APART_MS && apartMs <= MAX_APART_MS && !hasFallen(before, now) ? before : null;
  const cpuCores = last === null ? null : toCores(difference(last.cpuMs, now.cpuMs), apartMs, now.cores);
  return {
    atMs: Math.abs(now.readAtMs - heardAtMs) > CLOCK_MS ? heardAtMs : now.readAtMs,
    memoryBytes: now.memoryBytes,
    memoryMaxBytes: findMemoryMax(now, bounds),
    cpuCores,
    cpuMaxCores: limits.cpuNano === null ? null : limits.cpuNano / 1e9,
    throttled: last === null ? null : toThrottledShare(last.throttling, now.throttling),
    pids: now.pids,
    pidsMax: now.pidsMax ?? limits.pids,
    network: last === null ? null : toRate(last.network, now.network, apartMs),
    disk: last === null ? null : toRate(last.disk, now.disk, apartMs),
  };
}

/** More than a container has: two clocks may tell the time between two readings a little apart. */
const MAX_CORES = 65_536;
const LEEWAY = 2;

/** What no machine can do was not done: a counter jumped. */
function toCores(spentMs: number | null, apartMs: number, cores: number | null): number | null {
  const used = spentMs === null ? null : spentMs / apartMs;
  return used === null || used > (cores ?? MAX_CORES) * LEEWAY ? null : used;
}

/** Has one of its sums become smaller? Then they are of another life of it. */
function hasFallen(before: ContainerStats | null, now: ContainerStats): boolean {
  const fell = (a: number | null | undefined, b: number | null | undefined) =>
    (b ?? 0) < (a ?? 0) && b != null;
  return (
    fell(before?.cpuMs, now.cpuMs) ||
    fell(before?.throttling?.periods, now.throttling?.periods) ||
    fell(before?.network?.inBytes, now.network?.inBytes)
  );
}

function findMemoryMax({ memoryMaxBytes }: ContainerStats, { limits, nodeMemoryBytes }: UsageBounds) {
  if (memoryMaxBytes === null) return null;
  if (nodeMemoryBytes === null) return limits.memoryBytes;
  return memoryMaxBytes < nodeMemoryBytes * ALL ? memoryMaxBytes : null;
}

function toThrottledShare(
  before: ContainerStats['throttling'],
  now: ContainerStats['throttling'],
): number | null {
  if (now === null) return null;
  const periods = now.periods - (before?.periods ?? 0);
  const throttled = now.throttledPeriods - (before?.throttledPeriods ?? 0);
  // It slept all the time: nothing held it back.
  if (periods <= 0) return 0;
  return Math.min(1, Math.max(0, throttled / periods));
}

function toRate(before: Traffic | null, now: Traffic | null, apartMs: number): TrafficRate | null {
  const inBytes = difference(before?.inBytes ?? null, now?.inBytes ?? null);
  const outBytes = difference(before?.outBytes ?? null, now?.outBytes ?? null);
  if (inBytes === null || outBytes === null) return null;
  return { inPerSecond: (inBytes * 1_000) / apartMs, outPerSecond: (outBytes * 1_000) / apartMs };
}

function difference(before: number | null, now: number | null): number | null {
  return before === null || now === null || now < before ? null : now - before;
}
