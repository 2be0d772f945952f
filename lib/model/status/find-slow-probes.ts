import type { Probe } from '#lib/model/docker/probe.ts';

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
