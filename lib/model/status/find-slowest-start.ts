import type { Container } from '#lib/model/docker/container.ts';
import type { Task } from '#lib/model/docker/task.ts';

/**
 * The longest of these starts and of those before: a task is `running` at its first healthy probe (moby
 * executor/container/controller.go, Start), and what it is after it ended tells nothing of its start. Milliseconds,
 * rounded up to a whole second since two clocks are compared; `null` when there is none.
 */
export function findSlowestStart(
  starts: readonly { task: Task; container: Container | null }[],
  beforeMs: number | null,
): number | null {
  let slowestMs = beforeMs;
  for (const { task, container } of starts) {
    if (task.state !== 'running' || task.stateAtMs === null) continue;
    if (container === null || container.state !== 'running' || container.startedAtMs === null) continue;
    if (container.healthCheck === null) continue;
    const tookMs = Math.ceil((task.stateAtMs - container.startedAtMs) / 1_000) * 1_000;
    // Two clocks apart by more than the start tell nothing.
    if (tookMs > 0) slowestMs = Math.max(slowestMs ?? 0, tookMs);
  }
  return slowestMs;
}
