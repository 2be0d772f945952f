import { findLastRunProbe, findProbeSign } from '#lib/model/docker/container.ts';
import { toPauseMs } from '#lib/model/docker/health-check.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import type { Tracked } from './tracked.ts';

const LEAST_SLACK_MS = 1_000;
const LOOKS_MAX_MS = 60_000;

/**
 * When to read a container's log because no event told of a probe that should have ended: its prober hangs, or the
 * engine could not even start the command (20.10 emits `exec_create` and `exec_start` then, and no `exec_die`). A pause
 * after the last sign of a probe, and what probes of it take; where nothing was found, later each time.
 *
 * @param isSparse an agent tells of every fourth probe that passes
 * @returns our clock, epoch ms; `null` while no probe is due
 */
export function findNextLook(
  { container, signAtMs, looks, readAtMs }: Pick<Tracked, 'container' | 'signAtMs' | 'looks' | 'readAtMs'>,
  isSparse: boolean,
): number | null {
  const { state, health, healthCheck, startedAtMs } = container;
  if (state !== 'running' || health === null || healthCheck === null) return null;
  const last = findLastRunProbe(container);
  const fromMs = Math.max(findProbeSign(container) ?? 0, signAtMs);
  const sinceStartMs = Math.max(last?.endedAtMs ?? 0, fromMs) - (startedAtMs ?? fromMs);
  const pauseMs = toPauseMs(healthCheck, health.status === 'starting', sinceStartMs);
  const slackMs = Math.max(LEAST_SLACK_MS, 2 * (last?.durationMs ?? 0));
  const dueMs = fromMs + (pauseMs + slackMs) * (isSparse ? LIMITS.agentProbes : 1);
  if (looks === 0) return dueMs;
  const everyMs = Math.min(LOOKS_MAX_MS, Math.max(pauseMs, 5 * LEAST_SLACK_MS), LEAST_SLACK_MS * 2 ** looks);
  return Math.max(dueMs, readAtMs + everyMs);
}
