import type { SimContainer } from '#lib/demo/world.ts';

const MIB = 1024 ** 2;
const MINUTE_MS = 60_000;
/** While its probes fail. */
const THROTTLED_SHARE = 0.4;

/** What a container of the demo has used since its start,. */
export interface SimUsage {
  memoryBytes: number;
  /** Page cache that the kernel can take back: in `usage`, and not in what `docker stats` shows. */
  inactiveBytes: number;
  cpuMs: number;
  periods: number;
  throttledPeriods: number;
  throttledMs: number;
  pids: number;
  network: { inBytes: number; outBytes: number };
  disk: { inBytes: number; outBytes: number };
}

/** Of a full scheduler period, 100 ms. */
const PERIOD_MS = 100;

/**
 * - an ordinary one fills a part of its limit that is its own, and breathes a little
 * - one that leaks grows to its limit within the time that it is given
 * - one that fails its probes for want of CPU is held back two periods in five
 */
export function countUsage(container: SimContainer, nowMs: number): SimUsage {
  const { limits } = container.task.service.plan;
  const ageMs = Math.max(0, nowMs - (container.startedAtMs ?? nowMs));
  const own = (container.pid % 97) / 97;
  const maxBytes = limits.memoryBytes ?? (128 + own * 512) * MIB;
  const breath = 0.02 * Math.sin((nowMs / MINUTE_MS) * (0.7 + own) + own * 6);
  const warm = 1 - Math.exp(-ageMs / (2 * MINUTE_MS));
  const { leak } = container;
  const leaked = leak === null ? 0 : Math.min(1, Math.max(0, (nowMs - leak.fromMs) / leak.lengthMs));
  const usual = 0.12 + warm * (0.1 + 0.25 * own) + breath;
  const share = Math.min(0.99, usual + leaked * (0.985 - usual));
  const cores = limits.cpus ?? 1;
  const isStarved = container.failNext > 0 && limits.cpus !== undefined;
  const load = isStarved ? 0.98 : 0.05 + 0.3 * own;
  const { counted } = container;
  // Sums never fall: what was since they were last asked for is added, as it is now.
  const sinceMs = Math.max(0, nowMs - Math.max(counted.atMs, container.startedAtMs ?? nowMs));
  const added = limits.cpus === undefined ? 0 : sinceMs / PERIOD_MS;
  const cpuMs = counted.cpuMs + sinceMs * cores * load;
  const periods = counted.periods + added;
  const throttledPeriods = counted.throttledPeriods + added * (isStarved ? THROTTLED_SHARE : 0.004);
  container.counted = { atMs: nowMs, cpuMs, periods, throttledPeriods };
  return {
    memoryBytes: Math.round(maxBytes * share),
    inactiveBytes: Math.round(maxBytes * 0.004),
    cpuMs,
    periods: Math.floor(periods),
    throttledPeriods: Math.floor(throttledPeriods),
    throttledMs: throttledPeriods * 40,
    pids: 2 + Math.round(own * 30),
    network: {
      inBytes: Math.round(ageMs * (2 + 400 * own)),
      outBytes: Math.round(ageMs * (1 + 1_100 * own)),
    },
    disk: { inBytes: Math.round(4 * MIB * warm), outBytes: Math.round(ageMs * 24 * own) },
  };
}
