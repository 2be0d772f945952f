import type { Task } from './task.ts';

/** Is the task over, whatever is still wanted of it? States only grow (swarmkit api/types.proto, TaskState). */
export function isEndedTask(task: Task): boolean {
  switch (task.state) {
    case 'complete':
    case 'shutdown':
    case 'failed':
    case 'rejected':
    case 'remove':
    case 'orphaned':
      return true;
    default:
      return false;
  }
}
