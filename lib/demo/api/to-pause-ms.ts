import type { SimContainer } from '#lib/demo/world.ts';
import { isAtLeast } from './engine-releases.ts';

const START_INTERVAL_MS = 5_000;

/**
 * How long the engine waits before the next probe. From Docker 27 on it looks every 5 s until the first healthy probe of
 * the start period (moby daemon/health.go, monitor).
 */
export function toPauseMs({ task, node, health, startedAtMs }: SimContainer, nowMs: number): number {
  const { check } = task.service.plan;
  if (!check) return 0;
  const isStarting = health?.status === 'starting' && nowMs - (startedAtMs ?? nowMs) < check.startPeriodMs;
  return isStarting && isAtLeast(node.release.version, '27.0') ? START_INTERVAL_MS : check.intervalMs;
}
