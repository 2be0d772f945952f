import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { toErrorEvidence } from './to-error-evidence.ts';

/**
 * Its container was no longer there: someone removed it, or the engine restarted, which destroys the containers of
 * tasks (error of the task afterwards: `No such container: web.1.<task>`).
 */
export function diagnoseContainerGone(end: TaskEnd): Diagnosis | null {
  if (!/No such container|container destroyed/i.test(end.task.error ?? '')) return null;
  return {
    cause: 'container-gone',
    sentence: 'Its container disappeared: the engine was restarted, or someone removed it.',
    evidence: toErrorEvidence(end),
    calm: false,
  };
}
