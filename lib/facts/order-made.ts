import { isWantedTask, type Task, toSlotKey } from '#lib/model/docker/task.ts';
import type { FactStore } from './fact-store.ts';

/**
 * Puts the tasks of a service in their order where a clock that was ahead made some of them: when those were first read
 * says nothing of which came first. One that was told to stop was made before what Swarm wants in its place, and before
 * one that was written later; so it is settled a moment before that.
 * @param listed by id; settled tasks are replaced in it
 */
export function orderMade(
  { times, services }: Pick<FactStore, 'times' | 'services'>,
  serviceId: string,
  listed: Map<string, Task>,
): void {
  const service = services.get(serviceId);
  const rawOf = (task: Task) => times.rawOf(task.id, 'made');
  const ahead = [...listed.values()].filter((task) => rawOf(task) !== null);
  if (ahead.length === 0 || service === undefined) return;
  const slots = new Map<string, Task[]>(ahead.map((task) => [toSlotKey(service, task), []]));
  for (const task of listed.values()) slots.get(toSlotKey(service, task))?.push(task);
  const toRaw = (task: Task) => rawOf(task) ?? task.createdAtMs ?? 0;
  const compareLast = (a: Task, b: Task) =>
    Number(isWantedTask(b)) - Number(isWantedTask(a)) || compareWritten(b, a) || toRaw(b) - toRaw(a);
  for (const tasks of slots.values()) {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const task of tasks.sort(compareLast)) {
      if (task.createdAtMs === null) continue;
      let { createdAtMs } = task;
      if (createdAtMs >= nextMs && rawOf(task) !== null) {
        createdAtMs = nextMs - 1;
        times.limit(task.id, 'made', createdAtMs);
        listed.set(task.id, { ...task, createdAtMs });
      }
      nextMs = Math.min(nextMs, createdAtMs);
    }
  }
}

function compareWritten(a: Task, b: Task): number {
  return a.versionIndex === null || b.versionIndex === null ? 0 : a.versionIndex - b.versionIndex;
}
