import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { findMissingPath } from '#lib/model/docker/find-missing-path.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { toErrorEvidence } from './to-error-evidence.ts';

/** Something it mounts is missing: a folder of the node, a volume, a secret or a config. */
export function diagnoseMount(end: TaskEnd): Diagnosis | null {
  const error = end.task.error ?? '';
  const secret =
    /\b(secret|config)\b[^:]*not found|unable to (?:get|find|retrieve) (secret|config)|(secret|config) (?:reference|target)/i.exec(
      error,
    );
  if (secret !== null) {
    const what = (secret[1] ?? secret[2] ?? secret[3] ?? 'secret').toLowerCase();
    return {
      cause: 'secret-missing',
      sentence: `A ${what} it needs is missing.`,
      evidence: toErrorEvidence(end),
      calm: false,
    };
  }
  const path = findMissingPath(error);
  if (path !== null) {
    const sentence = `The folder ${path} that it mounts does not exist on this node.`;
    return { cause: 'mount-missing', sentence, evidence: toErrorEvidence(end), calm: false };
  }
  if (
    !/invalid mount config|error while mounting volume|error mounting "\/|failed to mount|no such volume|VolumeDriver/i.test(
      error,
    )
  )
    return null;
  return {
    cause: 'mount-missing',
    sentence: 'A volume or folder that it mounts cannot be mounted on this node.',
    evidence: toErrorEvidence(end),
    calm: false,
  };
}
