import type { Surrender } from '#lib/model/contract/finding-facts.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import { isEndedTask, isWantedTask, type Task } from '#lib/model/docker/task.ts';
import { findExitCode, type TaskEnd } from '#lib/model/docker/task-end.ts';
import { findBadEnds } from '#lib/model/status/bad-ends.ts';
import type { ReplicaDecision } from '#lib/model/status/decide-replica-status.ts';
import type { Lasting } from '#lib/model/status/late.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { diagnoseAfterLoss } from './after-loss.ts';
import { diagnoseEnd } from './ends.ts';
import { diagnoseLate } from './late.ts';
import { diagnoseNoAddress, diagnosePending } from './pending.ts';
import { diagnoseFailing, diagnoseFlapping, diagnoseUnhealthy } from './probes-failing.ts';
import { diagnoseBetweenEnds, diagnoseRestarting, findCrashLoop, toCrashLoop } from './restarting.ts';
import { diagnosePreparing, diagnoseStarting } from './starting.ts';
import { diagnoseLost, diagnoseUnknown } from './unknown.ts';

/** What these say depends on how long they last; others are bad whatever their age. */
const SAID_BY_AGE: readonly ReplicaStatus[] = [
  'pending',
  'preparing',
  'starting',
  'stopping',
  'unknown',
  'lost',
];

/** Why a replica is as it is, by the first rule that applies; `null` when there is nothing to say. */
export function diagnoseReplica(
  facts: ReplicaFacts,
  { status, stuck, late }: ReplicaDecision,
): Reason | null {
  const full = status === 'pending' ? diagnoseNoAddress(facts) : null;
  if (full !== null) return full;
  if (late !== null && (SAID_BY_AGE.includes(status) || late.kind === 'end-missed'))
    return diagnoseHeldUp(facts, late) ?? diagnoseLate(facts, late);
  switch (status) {
    case 'healthy':
    case 'running':
      return diagnoseBetweenEnds(facts) ?? diagnoseFlapping(facts)?.reason ?? null;
    case 'failing':
      return diagnoseFailingNow(facts);
    case 'unhealthy':
      return diagnoseUnhealthy(facts, stuck);
    case 'failed':
      return diagnoseFailed(facts);
    case 'lost':
      return diagnoseLost(facts);
    case 'unknown':
      return diagnoseUnknown(facts);
    case 'paused':
      return diagnosePaused(facts);
    case 'pending':
      return diagnoseWaiting(facts);
    case 'preparing':
      return diagnoseRestarting(facts) ?? diagnoseAfterLoss(facts) ?? diagnosePreparing(facts);
    case 'starting':
      return diagnoseUpcoming(facts);
    case 'stopping':
      return diagnoseStopping(facts);
    case 'complete':
      return { cause: 'complete', facts: {}, evidence: null, expected: true };
  }
}

/**
 * On a full disk an engine cannot even begin with the task after the one that failed there: it writes each down first
 * (swarmkit agent/storage.go). The disk says more than that the task is late. `null`: that is not why.
 */
function diagnoseHeldUp(facts: ReplicaFacts, { kind }: Lasting): Reason | null {
  // One that is preparing was written down: what takes long is something else.
  if (kind !== 'assigned' && kind !== 'waiting') return null;
  const [end] = findBadEnds(facts);
  if (end === undefined || end.task.nodeId !== facts.task?.nodeId) return null;
  return diagnoseEnd(end).cause === 'disk-full' ? diagnoseRestarting(facts) : null;
}

/** One failure more says less than how often it fails, until it is a problem by itself. */
function diagnoseFailingNow(facts: ReplicaFacts): Reason | null {
  const failing = diagnoseFailing(facts);
  return failing !== null && !failing.expected ? failing : (diagnoseFlapping(facts)?.reason ?? failing);
}

/** What is wrong now says more than what was wrong before; a start that only waits, or takes long, says less. */
function diagnoseUpcoming(facts: ReplicaFacts): Reason | null {
  const starting = diagnoseStarting(facts);
  const isWrong = starting !== null && !starting.expected && starting.cause !== 'starting-slow';
  return isWrong ? starting : (diagnoseRestarting(facts) ?? diagnoseAfterLoss(facts) ?? starting);
}

/** What the scheduler says, or what keeps the task from it, is worth more than that it was lost before. */
function diagnoseWaiting(facts: ReplicaFacts): Reason | null {
  const pending = diagnosePending(facts);
  return pending?.expected === false ? pending : (diagnoseAfterLoss(facts) ?? pending);
}

/** Someone paused the container: Swarm does not notice, and goes on sending it traffic. */
function diagnosePaused({ node, container }: ReplicaFacts): Reason {
  const facts = { host: node?.hostname ?? null, container: container?.id.slice(0, 12) ?? null };
  return { cause: 'paused', facts, evidence: null, expected: false };
}

/** Told to stop and still there, which is expected: the reason as far as it shows. */
function diagnoseStopping({ task, node, service }: ReplicaFacts): Reason {
  const why = findStopReason(task?.desiredState ?? null, service.update?.state ?? null);
  if (task !== null && isEndedTask(task))
    return { cause: 'stopping', facts: { why: 'stopped' }, evidence: null, expected: true };
  const isDrained = why !== 'removed' && node?.availability === 'drain';
  return {
    cause: 'stopping',
    facts: { why: isDrained ? { drained: node.hostname } : why },
    evidence: null,
    expected: true,
  };
}

function findStopReason(
  desiredState: Task['desiredState'] | null,
  update: UpdateState | null,
): 'removed' | 'update' | 'rollback' | 'unknown' {
  if (desiredState === 'remove') return 'removed';
  if (update === 'updating') return 'update';
  return update === 'rollback_started' ? 'rollback' : 'unknown';
}

/** No replacement is up: why the last task ended, and whether Swarm will start another. */
function diagnoseFailed(facts: ReplicaFacts): Reason | null {
  const ends = findBadEnds(facts);
  const end = ends[0];
  if (end === undefined || facts.task === null) return null;
  const loop = findCrashLoop(ends);
  const why = isWantedTask(facts.task) ? null : findSurrender(end);
  if (why !== null) {
    const { evidence, expected, ...last } = diagnoseEnd(end);
    return { cause: 'gave-up', facts: { service: end.service.name, loop, last, why }, evidence, expected };
  }
  const hasNext = facts.task.desiredState === 'ready' && end.task !== facts.task;
  const last = diagnoseEnd(end, hasNext ? facts.service.restart.delayMs : null);
  return loop === null ? last : toCrashLoop(loop, last, 'down');
}

/** When Swarm does not restart a task (swarmkit manager/orchestrator/restart/restart.go, shouldRestart). */
function findSurrender(end: TaskEnd): Surrender['why'] | null {
  const { condition, maxAttempts } = end.service.restart;
  if (condition === 'none') return 'condition-none';
  if (condition === 'on-failure' && end.task.state === 'complete' && (findExitCode(end) ?? 0) === 0)
    return 'exit-0';
  return maxAttempts === null || maxAttempts === 0 ? null : { attempts: maxAttempts };
}
