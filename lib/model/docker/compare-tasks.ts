import { isWantedTask } from './is-wanted-task.ts';
import type { Task } from './task.ts';

/**
 * Order of the tasks of one slot: the one to show first. Wanted ones before those told to stop, one that should run
 * before one that waits to (desired `ready`), then newest first. In a start-first update two are wanted at once.
 */
export function compareTasks(a: Task, b: Task): number {
  return rank(a) - rank(b) || (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0) || (a.id < b.id ? -1 : 1);
}

function rank(task: Task): number {
  if (!isWantedTask(task)) return 2;
  return task.desiredState === 'running' || task.desiredState === 'complete' ? 0 : 1;
}
