import type { SimService, World } from '#lib/demo/world.ts';
import { canAgree } from './agree.ts';
import { changeService } from './change-service.ts';
import { isEnded } from './change-task.ts';
import { createTask, forgetTask } from './run-task.ts';

/** Runs the job once more: a new iteration, the older ones forgotten. */
export function restartJob(world: World, service: SimService): void {
  if (!canAgree(world)) return;
  for (const tasks of [...service.slots.values()]) {
    for (const task of [...tasks]) if (isEnded(task)) forgetTask(world, task);
  }
  service.jobIteration += 1;
  service.jobStartedAtMs = world.timeline.nowMs();
  changeService(world, service);
  continueJob(world, service);
}

/** Starts as many of its tasks as may run at a time, until enough have completed. */
export function continueJob(world: World, service: SimService): void {
  const { mode } = service.plan;
  if (mode.kind !== 'replicated-job') return;
  const tasks = [...service.slots.values()]
    .flat()
    .filter((task) => task.jobIteration === service.jobIteration);
  let running = tasks.filter((task) => !isEnded(task)).length;
  const taken = new Set(tasks.filter(({ state }) => state !== 'failed').map(({ slot }) => slot));
  for (let slot = 1; slot <= mode.total && running < mode.maxConcurrent; slot += 1) {
    if (taken.has(slot)) continue;
    createTask(world, service, { slot, node: null, desired: 'complete' });
    running += 1;
  }
}
