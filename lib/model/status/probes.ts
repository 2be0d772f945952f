import { type Container, findLastRunProbe } from '#lib/model/docker/container.ts';
import type { Probe } from '#lib/model/docker/probe.ts';

/**
 * When Docker calls the container unhealthy if every probe to come fails in the time that the last one took: the pause
 * before each counts from the end of the one before (moby daemon/health.go, monitor). Epoch ms; `null` while no streak
 * is on, once it is called unhealthy, and where the log does not show it.
 */
export function findDecidesAt(container: Container): number | null {
  const { health, healthCheck } = container;
  if (health === null || healthCheck === null || health.status === 'unhealthy') return null;
  const last = findLastRunProbe(container);
  const left = healthCheck.retries - health.failingStreak;
  if (health.failingStreak === 0 || left <= 0 || last === null) return null;
  return last.endedAtMs + left * (healthCheck.intervalMs + last.durationMs);
}

/** Probes that pass, but take so long that a little more means failure. */
export interface SlowProbes {
  /** The longest of those that are close to the timeout. */
  durationMs: number;
  timeoutMs: number;
  /** How many of the newest `of` come close. */
  slow: number;
  of: number;
}

const NEWEST = 5;
const CLOSE = 2 / 3;

/**
 * Warns before the first failure: the newest probe passed but took two thirds of its timeout or more, or two of the
 * newest five did. `null` when there is nothing to warn of, or when the newest one failed: then that is what to say.
 * `probes` are oldest first.
 */
export function findSlowProbes(
  probes: readonly Pick<Probe, 'durationMs' | 'exitCode'>[],
  timeoutMs: number | null,
): SlowProbes | null {
  const newest = probes.at(-1);
  if (newest === undefined || newest.exitCode !== 0 || timeoutMs === null || timeoutMs <= 0) return null;
  const recent = probes.slice(-NEWEST);
  const slow = recent.filter((probe) => probe.exitCode === 0 && probe.durationMs >= timeoutMs * CLOSE);
  if (slow.length < 2 && !slow.includes(newest)) return null;
  return {
    durationMs: Math.max(...slow.map((probe) => probe.durationMs)),
    timeoutMs,
    slow: slow.length,
    of: recent.length,
  };
}
