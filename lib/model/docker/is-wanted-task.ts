import type { Task, TaskState } from './task.ts';

const STOPS: ReadonlySet<TaskState | 'unknown'> = new Set([
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
]);

/**
 * Does Swarm want the task to be there? True for desired states up to `running` and for `complete`, which is what the
 * tasks of jobs are told to reach. A desired state this version does not know counts as wanted: it must not vanish.
 */
export function isWantedTask(task: Task): boolean {
  return !STOPS.has(task.desiredState);
}
