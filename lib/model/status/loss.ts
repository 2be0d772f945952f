import type { SwarmNode } from '#lib/model/docker/node.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';
import { isEndedTask, isWantedTask, type Task } from '#lib/model/docker/task.ts';
import type { ReplicaFacts } from './replica-facts.ts';

/** What took along the task that ran before, so that the replica is missing until the next one runs. */
export interface Loss {
  /** The node that the task was on; `null`: no manager lists it any more. */
  node: SwarmNode | null;
  /** `back`: it does its part again, and its task is over all the same. */
  now: 'down' | 'gone' | 'back';
}

/**
 * Is a replica on its way up because Swarm lost the one before, with its node? Swarm starts it anew for a node that is down
 * or removed (swarmkit manager/orchestrator/task.go, InvalidNode), as it does for one that is drained and for an update:
 * those were asked for, and are no loss. A node that is back has ended its task like a drained one would, so what was
 * decided while it was away counts on (`wasMissing`). `null`: it was not lost, or that does not show.
 */
export function findLoss(facts: ReplicaFacts): Loss | null {
  const { task, wasMissing } = facts;
  const before = task === null ? null : findLastPlaced(facts, task);
  if (task === null || before === null || before.nodeId === null) return null;
  const node = facts.node?.id === before.nodeId ? facts.node : facts.nodeOf(before.nodeId);
  if (before.state === 'orphaned') return { node, now: node === null ? 'gone' : toNow(node) };
  if (!isEndedTask(before)) {
    if (node === null) return { node, now: 'gone' };
    // Drained and down is maintenance.
    if (node.status === 'down') return node.availability === 'drain' ? null : { node, now: 'down' };
  }
  const isStopped = !isEndedTask(before) || before.state === 'shutdown';
  if (!isStopped || node === null || isAskedFor(facts.service, task, before, node)) return null;
  // Where nobody looked before, nothing that was asked for explains it. A place of a global service is no place while its
  // node is drained, so one that is new may have been.
  const isUnexplained = wasMissing === null && facts.service.mode.kind === 'replicated';
  return wasMissing === true || isUnexplained ? { node, now: toNow(node) } : null;
}

function toNow({ status }: SwarmNode): Loss['now'] {
  return status === 'down' ? 'down' : 'back';
}

/** The last task before this one that a node was given: one that waited for a node in vain explains nothing. */
function findLastPlaced({ earlier }: ReplicaFacts, task: Task): Task | null {
  let last: Task | null = null;
  for (const one of earlier) {
    if (one.nodeId === null || isWantedTask(one) || (one.createdAtMs ?? 0) > (task.createdAtMs ?? 0))
      continue;
    if (last === null || (one.createdAtMs ?? 0) > (last.createdAtMs ?? 0)) last = one;
  }
  return last;
}

/** Drained, scaled down, or replaced by an update: also where the lists are not of one moment. */
function isAskedFor(service: Service, task: Task, before: Task, node: SwarmNode): boolean {
  if (node.availability === 'drain' || before.desiredState === 'remove' || isJob(service)) return true;
  if (before.specKey === null || before.specKey !== task.specKey) return true;
  const { update } = service;
  if (update === null || update.startedAtMs === null || task.createdAtMs === null) return false;
  const isSinceStart = task.createdAtMs >= update.startedAtMs;
  return isSinceStart && (update.completedAtMs === null || task.createdAtMs <= update.completedAtMs);
}

/**
 * The node that a replica without a node was lost with: the last of its tasks that had one never ended, and that node is
 * down. `null` when it waits for another reason.
 */
export function findLostWith(
  newest: Task,
  earlier: readonly Task[],
  nodeOf: (nodeId: string) => SwarmNode | null,
): SwarmNode | null {
  if (newest.nodeId !== null) return null;
  let last: Task | null = null;
  for (const task of earlier) {
    if (task.nodeId !== null && (task.createdAtMs ?? 0) >= (last?.createdAtMs ?? 0)) last = task;
  }
  if (last === null || last.nodeId === null || isEndedTask(last)) return null;
  const node = nodeOf(last.nodeId);
  return node?.status === 'down' ? node : null;
}
