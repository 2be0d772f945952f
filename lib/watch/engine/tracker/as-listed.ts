import type { ContainerSummary } from '#lib/engine/port.ts';
import { findNextLook } from './probe-due.ts';
import type { Tracked } from './tracked.ts';

/**
 * Does a list alone tell that a container is as it was known: well, and no probe of it overdue? From API 1.52 the list has the
 * engine's own streak. What a look would add then is probes that passed; of one whose clock, or what is known of it, is in doubt, more.
 */
export function isAsListed(
  tracked: Tracked,
  summary: ContainerSummary,
  isSparse: boolean,
  nowMs: number,
): boolean {
  const { container, failed } = tracked;
  const { state, health, unread, skewMs, inspectedAtMs } = container;
  if (!summary.isHealthWhole || summary.skewMs !== skewMs || summary.state !== 'running') return false;
  if (state !== 'running' || unread !== null || failed !== null || inspectedAtMs === null) return false;
  if (health === null) return summary.healthStatus === null;
  if (health.status !== 'healthy' || health.failingStreak > 0) return false;
  if (summary.healthStatus !== 'healthy' || summary.failingStreak !== 0) return false;
  const lookMs = findNextLook(tracked, isSparse);
  return lookMs !== null && lookMs > nowMs;
}
