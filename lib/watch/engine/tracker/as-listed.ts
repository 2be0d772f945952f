import type { ContainerSummary } from '#lib/engine/port.ts';
import { findProbeSign } from '#lib/model/docker/container.ts';
import { findNextLook } from './probe-due.ts';
import { isStartedAgain, mayHaveStarted, type Tracked } from './tracked.ts';

/**
 * Does a list alone tell that a container is as it was known: well, and no probe of it overdue? From API 1.52 the list has the
 * engine's own streak. What a look would add then is a probe that passed; of one whose clock, or what is known of it, is in doubt, more.
 *
 * @param heardAtMs our clock, when its engine was last heard before the gap: one that may have been started since is not as it was
 */
export function isAsListed(
  tracked: Tracked,
  summary: ContainerSummary,
  heardAtMs: number,
  nowMs: number,
): boolean {
  const { container, failed } = tracked;
  const { state, health, unread, skewMs, inspectedAtMs } = container;
  if (!summary.isHealthWhole || summary.skewMs !== skewMs || summary.state !== 'running') return false;
  if (state !== 'running' || unread !== null || failed !== null || inspectedAtMs === null) return false;
  if (isStartedAgain(container, summary, nowMs) || mayHaveStarted(summary, heardAtMs, nowMs)) return false;
  if (health === null) return summary.healthStatus === null;
  if (health.status !== 'healthy' || health.failingStreak > 0) return false;
  if (summary.healthStatus !== 'healthy' || summary.failingStreak !== 0) return false;
  const lookMs = findNextLook(tracked, false);
  return lookMs !== null && lookMs > nowMs && countProbesSince(tracked, nowMs) < 2;
}

/** How many may have ended since the last that is known of: of two the first may have failed, and the list tells of the second. */
function countProbesSince({ container, signAtMs }: Tracked, nowMs: number): number {
  const intervalMs = container.healthCheck?.intervalMs ?? 0;
  return (nowMs - Math.max(findProbeSign(container) ?? 0, signAtMs)) / intervalMs;
}
