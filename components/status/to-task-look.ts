import type { TaskDetail } from '#lib/model/contract/detail.ts';
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
export function toTaskLook(task: Pick<TaskDetail, 'state' | 'end'>): Look {
  return {
    word: task.state.charAt(0).toUpperCase() + task.state.slice(1),
    // A task that was killed for its health and left with 0 is `complete` to Docker: the word is, the look is not.
    className: task.end === null ? (CLASSES[task.state] ?? 's-preparing') : 's-failed',
  };
}
