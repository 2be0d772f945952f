import type { Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { findExitCode } from '#lib/model/docker/find-exit-code.ts';
import { isWantedTask } from '#lib/model/docker/is-wanted-task.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { findBadEnds } from '#lib/model/status/find-bad-ends.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { diagnoseCrashLoop } from './diagnose-crash-loop.ts';
import { diagnoseEnd } from './diagnose-end.ts';

/** No replacement is up: why the last task ended, and whether Swarm will start another. */
export function diagnoseFailed(facts: ReplicaFacts): Diagnosis | null {
  const ends = findBadEnds(facts);
  const end = ends[0];
  if (end === undefined || facts.task === null) return null;
  const diagnosis = diagnoseCrashLoop(ends) ?? diagnoseEnd(end);
  const surrender = isWantedTask(facts.task) ? null : describeSurrender(end);
  if (surrender !== null) {
    return { ...diagnosis, cause: 'gave-up', sentence: `${diagnosis.sentence} ${surrender}` };
  }
  if (facts.task.desiredState !== 'ready' || end.task === facts.task) return diagnosis;
  const { delayMs } = facts.service.restart;
  const wait = delayMs > 0 ? ` after the restart delay of ${describeDuration(delayMs)}` : '';
  return { ...diagnosis, sentence: `${diagnosis.sentence} Swarm starts a new one${wait}.` };
}

/** When Swarm does not restart a task (swarmkit manager/orchestrator/restart/restart.go, shouldRestart). */
function describeSurrender(end: TaskEnd): string | null {
  const { condition, maxAttempts } = end.service.restart;
  if (condition === 'none') return 'Swarm does not start it again: its restart condition is none.';
  if (condition === 'on-failure' && end.task.state === 'complete' && (findExitCode(end) ?? 0) === 0) {
    return 'Swarm does not start it again: it ended with exit 0, and its restart condition is on-failure.';
  }
  if (maxAttempts === null || maxAttempts === 0) return null;
  const attempts = maxAttempts === 1 ? 'the 1 restart' : `the ${maxAttempts} restarts`;
  return `Swarm gave up: ${attempts} that its restart policy allows are used up.`;
}
