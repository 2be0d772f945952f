import type { Diagnosis } from './diagnosis.ts';
import type { TaskEnd } from './task-end.ts';
import { toErrorEvidence } from './to-error-evidence.ts';

/**
 * The container's command cannot start: nothing of it ever ran (`starting container failed: …`, moby
 * executor/container/controller.go, Start; the rest are the OCI runtime's words).
 */
export function diagnoseCommand(end: TaskEnd): Diagnosis | null {
  const error = end.task.error ?? '';
  const isRuntime =
    /starting container failed|OCI runtime|executable file not found|exec format error|\brunc\b/i.test(error);
  if (!isRuntime) return null;
  const command = /exec: "([^"]+)"/.exec(error)?.[1] ?? null;
  const name = command === null ? 'Its command' : `Its command ${command}`;
  return {
    cause: 'command-cannot-start',
    sentence: `${name} cannot start: ${describeReason(error)}.`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}

function describeReason(error: string): string {
  if (/executable file not found/i.test(error)) return 'it is not in the image';
  if (/exec format error/i.test(error)) return 'it is built for another platform, or lacks its #! line';
  if (/permission denied/i.test(error)) return 'it is not executable (permission denied)';
  if (/no such file or directory/i.test(error)) return 'a file it needs is not in the image';
  return 'the container could not be started';
}
