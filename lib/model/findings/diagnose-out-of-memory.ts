import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { findExitCode } from '#lib/model/docker/find-exit-code.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';
import { toErrorEvidence } from './to-error-evidence.ts';

/** The kernel killed a process of the container for using more memory than it may. */
export function diagnoseOutOfMemory(end: TaskEnd): Diagnosis | null {
  const isTold = /\boom[- ]?kill|out of memory|OOMKilled/i.test(end.task.error ?? '');
  if (end.container?.oomKilled !== true && !isTold) return null;
  const exitCode = findExitCode(end);
  const how = exitCode === null ? '' : `, ${describeExitCode(exitCode)}`;
  return {
    cause: 'out-of-memory',
    sentence: `Ran out of memory: the kernel killed it at its memory limit${how}.`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}
