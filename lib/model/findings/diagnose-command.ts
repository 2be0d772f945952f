import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
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
  // `exec: "nope": executable file not found in $PATH`, `exec /app/server: exec format error`
  const [, quoted, bare, words] = /\bexec(?:: "([^"]+)"| (\/\S+)): (.*)/s.exec(error) ?? [];
  const command = quoted ?? bare ?? null;
  const name = command === null ? 'Its command' : `Its command ${command}`;
  return {
    cause: 'command-cannot-start',
    sentence: `${name} cannot start: ${describeReason(error, words ?? '')}.`,
    evidence: toErrorEvidence(end),
    calm: false,
  };
}

/** @param words what was said of the command itself: a file that is missing may also be the runtime's own affair */
function describeReason(error: string, words: string): string {
  const user = /unable to find (user|group) ([^\s:]+)/i.exec(error);
  if (user !== null) return `its ${user[1]} ${user[2]} is not in the image`;
  if (/executable file not found|^stat \S+: no such file/i.test(words)) return 'it is not in the image';
  if (/exec format error/i.test(words)) return 'it is built for another platform, or lacks its #! line';
  if (/permission denied/i.test(words)) return 'it is not executable (permission denied)';
  if (/no such file or directory/i.test(words)) return 'a file it needs is not in the image';
  return 'the container could not be started';
}
