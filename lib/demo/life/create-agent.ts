import type { SimContainer, World } from '#lib/demo/world.ts';
import { agree } from './agree.ts';
import { changeTask, touchTask } from './change-task.ts';
import { replaceTask } from './replace-task.ts';
import { endContainer, stopContainer } from './run-container.ts';
import { continueJob } from './run-job.ts';
import { reportTask } from './run-task.ts';

/** What Swarm does about its containers: the first healthy probe makes a task running, unhealthy ends it. */
export function createAgent(world: () => World): World['agent'] {
  return {
    onHealth(container) {
      const { task, health } = container;
      if (health?.status === 'healthy') {
        reportTask(world(), task, { state: 'running', message: 'started' });
        if (task.service.crashing) crashSoon(world(), container);
      } else if (health?.status === 'unhealthy') stopContainer(world(), container, 'unhealthy');
    },
    onExit(container) {
      const { random, timeline } = world();
      const atMs = timeline.nowMs();
      timeline.after(random.between(200, 300), () =>
        agree(world(), () => conclude(world(), container, atMs)),
      );
    },
  };
}

export function crashSoon(world: World, container: SimContainer): void {
  world.timeline.after(world.random.between(1_500, 9_000), () => {
    if (container.state === 'running' && container.node.up) endContainer(world, container, 1);
  });
}

function conclude(world: World, container: SimContainer, atMs: number): void {
  const { task, exitCode, stopping } = container;
  if (task.desired === 'shutdown') {
    changeTask(world, task, { state: 'shutdown', message: 'shutdown', exitCode }, atMs);
    return;
  }
  const message = task.state === 'running' ? 'started' : 'starting';
  const error = `task: non-zero exit (${exitCode})${stopping === 'unhealthy' ? ': dockerexec: unhealthy container' : ''}`;
  const ended =
    exitCode === 0
      ? changeTask(world, task, { state: 'complete', message: 'finished' }, atMs)
      : changeTask(world, task, { state: 'failed', message, error, exitCode }, atMs);
  if (!ended) return;
  if (task.jobIteration !== null && exitCode === 0) {
    touchTask(world, task);
    continueJob(world, task.service);
  } else replaceTask(world, task);
}
