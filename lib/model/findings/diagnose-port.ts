import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { findTakenPort } from '#lib/model/docker/find-taken-port.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { toErrorEvidence } from './to-error-evidence.ts';

/** A port of the host that it publishes is taken (moby libnetwork portallocator, `port is already allocated`). */
export function diagnosePort(end: TaskEnd): Diagnosis | null {
  const error = end.task.error ?? '';
  if (!/port is already allocated|address already in use|port .* already in use/i.test(error)) return null;
  const port = findTakenPort(error);
  return {
    cause: 'port-in-use',
    sentence:
      port === null
        ? 'A host port it needs is already in use on this node.'
        : `Host port ${port} is already in use on this node.`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}
