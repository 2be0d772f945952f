import type { SwarmNode } from '#lib/model/docker/node.ts';
import { isEndedTask, type Task } from '#lib/model/docker/task.ts';

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
