import type { Task } from '#lib/model/docker/task.ts';
import { type FactStore, findEngine } from './fact-store.ts';

/**
 * By how much a node's clock is ahead of that of the manager whose list is read, milliseconds: what is still wrong with
 * the times in that list that the node itself wrote. 0 while either clock is not known.
 */
export function findClockOffset(store: FactStore, nodeId: string): number {
  const manager = store.managers.find(({ active }) => active);
  const engine = findEngine(store, nodeId);
  if (!manager || !engine || engine.engineVersion === null) return 0;
  return engine.skewMs - manager.skewMs;
}

/** The leader wrote when it reached these; all others the engine of its node did, by its own clock (swarmkit agent). */
const OF_LEADER: ReadonlySet<Task['state']> = new Set([
  'new',
  'pending',
  'assigned',
  'remove',
  'orphaned',
  'unknown',
]);

/** Did its node's engine write when the task came to its state? */
export function isTimeOfAgent({ state }: Task): boolean {
  return !OF_LEADER.has(state);
}

/** The task with the time of its state set back by a clock's offset; the same object where there is nothing to do. */
export function correctTaskTime(task: Task, offsetMs: number): Task {
  if (offsetMs === 0 || task.stateAtMs === null || !isTimeOfAgent(task)) return task;
  return { ...task, stateAtMs: task.stateAtMs - offsetMs };
}
