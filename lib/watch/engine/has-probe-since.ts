import type { Container } from '#lib/model/docker/container.ts';

/** How far a probe's own end may lie before the event that tells of it. */
const TOLERANCE_MS = 250;

/**
 * Does the log hold the probe whose command ended at `endedAtMs`? The result is written a little after the event, so a
 * first look may come too early. A probe that timed out ends in the log before its command is dead.
 */
export function hasProbeSince(container: Container, endedAtMs: number, knownEndMs: number): boolean {
  const newest = container.health?.probes.at(-1);
  if (!newest) return false;
  if (newest.exitCode === -1 && newest.endedAtMs > knownEndMs) return true;
  const intervalMs = container.healthCheck?.intervalMs ?? TOLERANCE_MS * 2;
  return newest.endedAtMs >= endedAtMs - Math.min(TOLERANCE_MS, intervalMs / 2);
}
