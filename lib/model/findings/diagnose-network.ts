import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { toErrorEvidence } from './to-error-evidence.ts';

/** Its network could not be set up on the node. */
export function diagnoseNetwork(end: TaskEnd): Diagnosis | null {
  const error = end.task.error ?? '';
  if (
    !/no such network|network \S+ not found|pool overlaps|could not find (?:an? )?(?:available|network)|no available (?:IPv4 )?address|network sandbox|error creating (?:vxlan|external connectivity)|subnet sandbox join failed/i.test(
      error,
    )
  ) {
    return null;
  }
  return {
    cause: 'network-failed',
    sentence: 'Its network could not be set up on this node.',
    evidence: toErrorEvidence(end),
    calm: false,
  };
}
