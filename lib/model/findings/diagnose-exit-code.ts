import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { findExitCode } from '#lib/model/docker/find-exit-code.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';
import { toErrorEvidence } from './to-error-evidence.ts';

/** It ended by itself or by a signal, and nothing says more than its exit code. */
export function diagnoseExitCode(end: TaskEnd): Diagnosis | null {
  const exitCode = findExitCode(end);
  if (exitCode === null) return null;
  if (exitCode === 0) {
    return {
      cause: 'ended',
      sentence: 'Ended with exit 0, though it should keep running.',
      evidence: null,
      calm: false,
    };
  }
  return {
    cause: 'exit-code',
    sentence: `Ended with ${describeExitCode(exitCode)}${describeCause(exitCode)}.`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}

function describeCause(exitCode: number): string {
  if (exitCode === 137) return ': killed from outside';
  if (exitCode === 143) return ': told to stop from outside';
  if (exitCode === 139) return ': it crashed';
  return '';
}
