import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { findSlowProbes, type SlowProbes } from '#lib/model/status/probes.ts';

/** The replica whose newest probe passed but comes closest to the timeout; `null` when none comes close. */
export function findSlowest(service: Pick<ServicePicture, 'replicas' | 'healthCheck'>): SlowProbes | null {
  const timeoutMs = service.healthCheck?.timeoutMs ?? null;
  let slowest: SlowProbes | null = null;
  for (const { health } of service.replicas) {
    if (health?.lastProbe == null || health.failingStreak > 0) continue;
    const slow = findSlowProbes([health.lastProbe], timeoutMs);
    if (slow !== null && slow.durationMs > (slowest?.durationMs ?? 0)) slowest = slow;
  }
  return slowest;
}
