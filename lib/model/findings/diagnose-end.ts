import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { diagnoseCommand } from './diagnose-command.ts';
import { diagnoseContainerGone } from './diagnose-container-gone.ts';
import { diagnoseExitCode } from './diagnose-exit-code.ts';
import { diagnoseImage } from './diagnose-image.ts';
import { diagnoseKilledForHealth } from './diagnose-killed-for-health.ts';
import { diagnoseMount } from './diagnose-mount.ts';
import { diagnoseNetwork } from './diagnose-network.ts';
import { diagnoseOutOfMemory } from './diagnose-out-of-memory.ts';
import { diagnosePort } from './diagnose-port.ts';
import { toErrorEvidence } from './to-error-evidence.ts';

/** From the most telling to the least: a port in use is also a container that failed to start. */
const RULES: readonly ((end: TaskEnd) => Diagnosis | null)[] = [
  diagnoseKilledForHealth,
  diagnoseOutOfMemory,
  diagnosePort,
  diagnoseMount,
  diagnoseNetwork,
  diagnoseContainerGone,
  diagnoseCommand,
  diagnoseImage,
  diagnoseExitCode,
];

/** Why a task ended badly, by the first rule that applies. */
export function diagnoseEnd(end: TaskEnd): Diagnosis {
  for (const rule of RULES) {
    const diagnosis = rule(end);
    if (diagnosis !== null) return diagnosis;
  }
  const isRejected = end.task.state === 'rejected';
  return {
    cause: 'ended',
    sentence: isRejected ? 'Its node could not prepare it.' : 'Failed, and its exit code is not known.',
    evidence: toErrorEvidence(end),
    calm: false,
  };
}
