import { TASK_STATES, type Task, type TaskState } from '#lib/model/docker/task.ts';

const RUNNING = TASK_STATES.indexOf('running');

/** Will this task change again soon, without an event to say so? Waiting for a node counts: it may be found any moment. */
export function isInTransition(task: Task): boolean {
  const state = TASK_STATES.indexOf(task.state as TaskState);
  const desired = TASK_STATES.indexOf(task.desiredState as TaskState);
  if (state < 0 || desired < 0) return false;
  if (state > RUNNING) return false;
  // On its way up, or running and told to stop (`complete` is what a job's running task is meant to reach).
  return state < RUNNING || (desired > RUNNING && task.desiredState !== 'complete');
}
