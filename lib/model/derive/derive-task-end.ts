import type { Ending, ExpectedEnd } from '#lib/model/contract/ending.ts';
import { type Container, isDeadContainer } from '#lib/model/docker/container.ts';
import type { NodeAvailability } from '#lib/model/docker/node.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';
import { isEndedTask, type Task } from '#lib/model/docker/task.ts';
import { findExitCode } from '#lib/model/docker/task-end.ts';
import { diagnoseEnd } from '#lib/model/findings/ends.ts';
import { endsBadly } from '#lib/model/status/bad-ends.ts';

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
  previous: Ending | null;
  nowMs: number;
}

/** How a task ended; `null` while it lives. A bad end may be known from its container before the manager reports it. */
export function deriveTaskEnd(facts: TaskEndFacts): Ending | null {
  const { service, task, previous, nowMs } = facts;
  const container = facts.container !== null && isDeadContainer(facts.container) ? facts.container : null;
  const isBad = endsBadly(service, task, container);
  if (!isBad && !isEndedTask(task)) return null;
  const atMs = Math.min(container?.finishedAtMs ?? previous?.atMs ?? task.stateAtMs ?? nowMs, nowMs);
  const exitCode = findExitCode({ task, container });
  const rest = { atMs, exitCode, oomKilled: container?.oomKilled ?? false };
  if (isBad) {
    const {
      evidence,
      expected: _expected,
      ...reason
    } = diagnoseEnd({
      service,
      task,
      container,
      hostname: facts.hostname,
    });
    return { ...rest, cause: reason.cause, why: { kind: 'failed', reason, evidence } };
  }
  if (task.state === 'orphaned') return { ...rest, cause: 'orphaned', why: { kind: 'lost' } };
  const reason = previous?.why.kind === 'expected' ? previous.why.reason : findReason(facts);
  return { ...rest, cause: null, why: { kind: 'expected', reason } };
}

function findReason({ service, task, availability }: TaskEndFacts): ExpectedEnd {
  if (task.state === 'complete') return isJob(service) ? 'job-finished' : 'ended';
  if (task.desiredState === 'remove') return 'removed';
  if (availability === 'drain') return 'drain';
  if (service.update?.state === 'updating') return 'update';
  if (service.update?.state === 'rollback_started') return 'rollback';
  return task.image === service.image ? 'unknown' : 'update';
}
