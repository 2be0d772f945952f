import type { TaskEnd } from './task-end.ts';

/**
 * The exit code of an ended task; `null` when its container never ran or nobody tells. The task's own field is 0 also
 * before the container ran, so there the error text decides (`task: non-zero exit (137)`, moby
 * executor/container/errors.go).
 */
export function findExitCode({ task, container }: TaskEnd): number | null {
  if (container?.exitCode != null && container.startedAtMs !== null) return container.exitCode;
  const told = /non-zero exit \((-?\d+)\)/.exec(task.error ?? '');
  if (told !== null) return Number(told[1]);
  if (task.exitCode !== null && task.exitCode !== 0) return task.exitCode;
  return task.state === 'complete' ? 0 : null;
}
