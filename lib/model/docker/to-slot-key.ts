import { hasSlotNumbers } from './has-slot-numbers.ts';
import type { Service } from './service.ts';
import type { Task } from './task.ts';

/**
 * Which replica of its service a task is of: `Replica.key`. Replicated jobs number their slots from 0, and Docker's
 * JSON leaves a 0 out: there no slot means slot 0. That also gathers the stray tasks that 20.10 gives such jobs in that
 * one slot instead of counting each.
 */
export function toSlotKey(service: Service, task: Task): string {
  if (hasSlotNumbers(service)) return String(task.slot ?? 0);
  return task.nodeId ?? task.id;
}
