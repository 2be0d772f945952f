import type { SimTask, World } from '#lib/demo/world.ts';
import { agree } from './agree.ts';
import { touchTask } from './change-task.ts';
import { createTask, startTask } from './run-task.ts';

/**
 * The restart supervisor: the ended task's desired state becomes shutdown, and a new one takes its slot, prepared at once and
 * started when the delay is over (swarmkit `manager/orchestrator/restart`).
 */
export function replaceTask(world: World, task: SimTask): void {
  const { service } = task;
  task.desired = 'shutdown';
  touchTask(world, task);
  if (service.slots.get(task.key)?.[0] !== task) return;
  if (task.slot === null && task.node?.state !== 'ready') return;
  const node = task.slot === null ? task.node : null;
  const next = createTask(world, service, { slot: task.slot, node, desired: 'ready' });
  const start = () => {
    if (next.desired !== 'ready') return;
    next.desired = 'running';
    touchTask(world, next);
    startTask(world, next);
  };
  world.timeline.after(service.plan.restartDelayMs, () => agree(world, start));
}
