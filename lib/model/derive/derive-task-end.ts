import type { SegmentEnd } from '#lib/model/contract/history.ts';
import type { Wording } from '#lib/model/contract/reason.ts';
import { type Container, isDeadContainer } from '#lib/model/docker/container.ts';
import type { NodeAvailability } from '#lib/model/docker/node.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';
import { isEndedTask, type Task } from '#lib/model/docker/task.ts';
import { findExitCode } from '#lib/model/docker/task-end.ts';
import { diagnoseEnd } from '#lib/model/findings/ends.ts';
import { endsBadly } from '#lib/model/status/bad-ends.ts';
import { describeExitCode } from '#lib/model/text/describe-exit-code.ts';

/** One task and what is known around it. */
export interface TaskEndFacts {
  service: Service;
  task: Task;
  /** Its own container, as it was last seen. */
  container: Container | null;
  /** Of its node; `null`: not known. */
  hostname: string | null;
  availability: NodeAvailability | null;
  /** What was found before: the reason for an expected end shows only while it happens. */
  previous: SegmentEnd | null;
  nowMs: number;
  wording: Wording;
}

/** How a task ended; `null` while it lives. A bad end may be known from its container before the manager reports it. */
export function deriveTaskEnd(facts: TaskEndFacts): SegmentEnd | null {
  const { service, task, previous, nowMs } = facts;
  const container = facts.container !== null && isDeadContainer(facts.container) ? facts.container : null;
  const isBad = endsBadly(service, task, container);
  if (!isBad && !isEndedTask(task)) return null;
  const atMs = Math.min(container?.finishedAtMs ?? previous?.atMs ?? task.stateAtMs ?? nowMs, nowMs);
  const exitCode = findExitCode({ task, container });
  const rest = { atMs, exitCode, oomKilled: container?.oomKilled ?? false };
  if (isBad) {
    const end = diagnoseEnd({ service, task, container, hostname: facts.hostname });
    const { sentence, evidence } = facts.wording.reason(end);
    return { ...rest, cause: end.cause, sentence, evidence };
  }
  if (task.state === 'orphaned') {
    const sentence = 'Lost with its node, which did not come back.';
    return { ...rest, cause: 'orphaned', sentence, evidence: null };
  }
  const reason = previous?.cause === null ? toReason(previous.sentence) : describeReason(facts);
  const how = exitCode === null || exitCode === 0 ? '' : ` It ended with ${describeExitCode(exitCode)}.`;
  return { ...rest, cause: null, sentence: `${reason}${how}`, evidence: null };
}

/** An expected end's first sentence is why, what follows is how. */
function toReason(sentence: string): string {
  return sentence.replace(/ It ended with .*$/, '');
}

function describeReason({ service, task, availability }: TaskEndFacts): string {
  if (task.state === 'complete') return isJob(service) ? 'Finished its job.' : 'Ended by itself.';
  if (task.desiredState === 'remove') return 'Stopped: scaled down or removed.';
  if (availability === 'drain') return 'Stopped: its node is being drained.';
  if (service.update?.state === 'updating') return 'Stopped: an update replaced it.';
  if (service.update?.state === 'rollback_started') return 'Stopped: a rollback replaced it.';
  if (task.image !== service.image) return 'Stopped: an update replaced it.';
  return 'Stopped: Swarm told it to.';
}
