import type { Task } from '#lib/model/docker/task.ts';

/** The leader wrote when it reached these; all others the engine of its node did, by its own clock (swarmkit agent). */
const OF_LEADER: ReadonlySet<Task['state']> = new Set([
  'new',
  'pending',
  'assigned',
  'remove',
  'orphaned',
  'unknown',
]);

/** The task with the time of its state set back by a clock's offset; the same object where there is nothing to do. */
export function correctTaskTime(task: Task, offsetMs: number): Task {
  if (offsetMs === 0 || task.stateAtMs === null || OF_LEADER.has(task.state)) return task;
  return { ...task, stateAtMs: task.stateAtMs - offsetMs };
}
