import type { TaskDetail } from '#lib/model/contract/detail.ts';

/** When a task ran and ended, as far as is known. */
export function toTaskSpan(task: TaskDetail): { startedAtMs: number | null; endedAtMs: number | null } {
  return {
    startedAtMs: task.container?.startedAtMs ?? null,
    endedAtMs: task.container?.finishedAtMs ?? task.stateAtMs,
  };
}
