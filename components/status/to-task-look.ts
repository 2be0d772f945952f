import type { TaskDetail } from '#lib/model/detail.ts';
import type { Look } from './looks.ts';

const CLASSES: Record<string, string> = {
  running: 's-running',
  starting: 's-starting',
  failed: 's-failed',
  rejected: 's-failed',
  orphaned: 's-lost',
  new: 's-pending',
  pending: 's-pending',
  complete: 's-complete',
  shutdown: 's-complete',
  remove: 's-complete',
  unknown: 's-unknown',
};

/** How a task's own state is shown, in Docker's word. */
export function toTaskLook(task: Pick<TaskDetail, 'state'>): Look {
  return {
    word: task.state.charAt(0).toUpperCase() + task.state.slice(1),
    className: CLASSES[task.state] ?? 's-preparing',
  };
}
