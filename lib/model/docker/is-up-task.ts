import type { Task } from './task.ts';

/** Has an agent taken the task and not yet reported its end? Tasks that never found a node are not up. */
export function isUpTask(task: Task): boolean {
  switch (task.state) {
    case 'assigned':
    case 'accepted':
    case 'preparing':
    case 'ready':
    case 'starting':
    case 'running':
    case 'unknown':
      return true;
    default:
      return false;
  }
}
