import type { Task } from '#lib/model/task.ts';
import { LIMITS } from './limits.ts';

/**
 * Services whose tasks are on their way to somewhere: Docker sends no task events, so they are read again soon, and
 * less often when it has taken long. A task that waits for a node may wait for ever.
 *
 * @returns the delay to the next read, by service
 */
export function findTransitions(tasks: readonly Task[], nowMs: number): Map<string, number> {
  const found = new Map<string, number>();
  for (const task of tasks) {
    if (!isMoving(task)) continue;
    const ageMs = nowMs - (task.updatedAtMs ?? task.createdAtMs ?? nowMs);
    const delayMs = ageMs < LIMITS.transitionFastForMs ? LIMITS.transitionMs : LIMITS.transitionSlowMs;
    found.set(task.serviceId, Math.min(delayMs, found.get(task.serviceId) ?? delayMs));
  }
  return found;
}

const ENDED = new Set(['complete', 'shutdown', 'failed', 'rejected', 'orphaned']);

function isMoving({ state, desiredState }: Task): boolean {
  if (ENDED.has(state))
    return desiredState === 'running' || desiredState === 'ready' || desiredState === 'remove';
  if (desiredState === 'running') return state !== 'running';
  return desiredState !== 'complete' || state !== 'running';
}
