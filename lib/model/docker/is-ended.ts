import type { TaskState } from './task.ts';

const ENDED: ReadonlySet<TaskState | 'unknown'> = new Set([
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
]);

/** Is this a state that a task does not leave again? */
export function isEnded(state: TaskState | 'unknown'): boolean {
  return ENDED.has(state);
}
