import { compareReplicas } from '#lib/model/contract/picture-order.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import { hasSlotNumbers, isJob, type Service } from '#lib/model/docker/service.ts';
import {
  compareTasks,
  isEndedTask,
  isUpTask,
  isWantedTask,
  type Task,
  toSlotKey,
} from '#lib/model/docker/task.ts';

/** The tasks that one replica lived through. */
export interface Slot {
  /** Slot number, or node id where the node is the identity. */
  key: string;
  slot: number | null;
  nodeId: string | null;
  newest: Task;
  /** Newest first. */
  earlier: Task[];
}

/**
 * All tasks of a service, by slot or node, whether or not the slot is still wanted (`selectSlots` decides). For jobs only
 * the current iteration counts: older ones are another run (swarmkit orchestrator/jobs/replicated/reconciler.go).
 */
export function groupSlots(service: Service, tasks: Task[]): Slot[] {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    if (isJob(service) && (task.jobIteration ?? 0) !== (service.jobIteration ?? 0)) continue;
    const key = toSlotKey(service, task);
    const group = groups.get(key);
    if (group) group.push(task);
    else groups.set(key, [task]);
  }
  return [...groups].map(([key, group]) => toSlot(service, key, group.sort(compareTasks)));
}

function toSlot(service: Service, key: string, tasks: Task[]): Slot {
  const [newest, ...earlier] = tasks as [Task, ...Task[]];
  const slot = hasSlotNumbers(service)
    ? (newest.slot ?? 0)
    : service.mode.kind === 'unknown'
      ? newest.slot
      : null;
  return { key, slot, nodeId: newest.nodeId, newest, earlier };
}

type NodeOf = (nodeId: string) => SwarmNode | null;

/**
 * The slots that are replicas now, in their order. A slot counts while Swarm wants a task in it, while its task is
 * still up though it should stop, and when it should have one but has none: the restart policy gave up, its node is
 * down, or the replacement is not there yet. History of what is no longer wanted (scaled down, drained, an earlier
 * iteration of a job) does not, nor does the place on a node that left for good.
 */
export function selectSlots(
  service: Service,
  tasks: Task[],
  nodeOf: NodeOf,
  isLeft: (node: SwarmNode) => boolean = () => false,
): Slot[] {
  const slots = groupSlots(service, tasks);
  const selected =
    service.mode.kind === 'replicated'
      ? selectReplicated(service.mode.replicas, slots, nodeOf)
      : service.mode.kind === 'replicated-job'
        ? slots.filter((slot) => isJobSlot(slot, nodeOf))
        : slots.filter((slot) => isNodeSlot(service, slot, nodeOf, isLeft));
  const hostname = (slot: Slot) => (slot.nodeId === null ? null : (nodeOf(slot.nodeId)?.hostname ?? null));
  return selected
    .map((slot) => ({ slot, order: { slot: slot.slot, key: slot.key, hostname: hostname(slot) } }))
    .sort((a, b) => compareReplicas(a.order, b.order))
    .map(({ slot }) => slot);
}

function selectReplicated(wanted: number, slots: Slot[], nodeOf: NodeOf): Slot[] {
  const kept: Slot[] = [];
  const candidates: Slot[] = [];
  let filled = 0;
  for (const slot of slots) {
    const { newest } = slot;
    if (isWantedTask(newest)) {
      kept.push(slot);
      filled++;
    } else if (isStopping(newest, nodeOf)) {
      kept.push(slot);
      if (newest.desiredState !== 'remove') filled++;
    } else if (newest.desiredState !== 'remove' && newest.state !== 'new' && newest.state !== 'pending') {
      candidates.push(slot);
    }
  }
  candidates.sort((a, b) => (a.slot ?? 0) - (b.slot ?? 0));
  return kept.concat(candidates.slice(0, Math.max(0, wanted - filled)));
}

function isJobSlot({ newest }: Slot, nodeOf: NodeOf): boolean {
  if (isWantedTask(newest) || newest.state === 'complete' || isStopping(newest, nodeOf)) return true;
  return newest.desiredState !== 'remove' && (newest.state === 'failed' || newest.state === 'rejected');
}

/** For global services and jobs: a node's place counts while the node should take part. */
function isNodeSlot(
  service: Service,
  { newest, nodeId }: Slot,
  nodeOf: NodeOf,
  isLeft: (node: SwarmNode) => boolean,
): boolean {
  const node = nodeId === null ? null : nodeOf(nodeId);
  const isDrained = node?.availability === 'drain';
  if (isWantedTask(newest)) return !(isDrained && isEndedTask(newest) && service.mode.kind === 'global');
  if (isStopping(newest, nodeOf)) return true;
  if (service.mode.kind === 'global-job' && newest.state === 'complete') return true;
  if (newest.desiredState === 'remove' || node === null || isDrained) return false;
  if (node.status === 'down') return !isLeft(node) && (isUpTask(newest) || newest.state === 'orphaned');
  return newest.state === 'failed' || newest.state === 'rejected' || newest.state === 'complete';
}

/** Should stop, and still there: the agent of a node that is down will not report the end. */
function isStopping(task: Task, nodeOf: NodeOf): boolean {
  if (isWantedTask(task) || !isUpTask(task)) return false;
  return task.nodeId === null || nodeOf(task.nodeId)?.status !== 'down';
}
