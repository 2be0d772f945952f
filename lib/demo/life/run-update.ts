import type { SimService, SimTask, World } from '#lib/demo/world.ts';
import { changeService } from './change-service.ts';
import { isEnded } from './change-task.ts';
import { createTask, shutDownTask } from './run-task.ts';

const LOOK_MS = 250;
const BETWEEN_SLOTS_MS = 4_000;

/** A rolling update to the next tag, one slot at a time, as the service's update order says. */
export function startUpdate(world: World, service: SimService): void {
  const { tags, mode, image } = service.plan;
  if (service.update?.state === 'updating' || mode.kind === 'replicated-job') return;
  const tag = tags[(tags.indexOf(service.tag) + 1) % tags.length] ?? service.tag;
  const attributes = { 'image.old': `${image}:${service.tag}`, 'image.new': `${image}:${tag}` };
  service.previousTag = service.tag;
  service.tag = tag;
  changeService(world, service, attributes);
  const startedAtMs = world.timeline.nowMs();
  service.update = { state: 'updating', startedAtMs, completedAtMs: null, message: 'update in progress' };
  changeService(world, service, { 'updatestate.new': 'updating' });
  updateNext(world, service, [...service.slots.keys()].sort());
}

function updateNext(world: World, service: SimService, [key, ...rest]: string[]): void {
  if (key === undefined) {
    finish(world, service);
    return;
  }
  const old = service.slots.get(key)?.[0];
  const next = () => world.timeline.after(BETWEEN_SLOTS_MS, () => updateNext(world, service, rest));
  if (!old || old.tag === service.tag || old.node?.state === 'down') {
    next();
    return;
  }
  const create = () => {
    const node = old.slot === null ? old.node : null;
    return createTask(world, service, { slot: old.slot, node, desired: 'running' });
  };
  if (service.plan.updateOrder === 'start-first') {
    create();
    whenUp(world, service, key, () => {
      shutDownTask(world, old);
      next();
    });
  } else {
    shutDownTask(world, old);
    whenEnded(world, old, () => {
      create();
      whenUp(world, service, key, next);
    });
  }
}

/** The updater waits for `running` without a limit; whatever fails on the way is replaced by itself. */
function whenUp(world: World, service: SimService, key: string, run: () => void): void {
  world.timeline.after(LOOK_MS, () => {
    const newest = service.slots.get(key)?.[0];
    if (!newest || newest.state === 'running' || newest.node?.state === 'down') run();
    else whenUp(world, service, key, run);
  });
}

function whenEnded(world: World, task: SimTask, run: () => void): void {
  world.timeline.after(LOOK_MS, () => {
    if (isEnded(task) || task.node?.state === 'down') run();
    else whenEnded(world, task, run);
  });
}

function finish(world: World, service: SimService): void {
  if (!service.update) return;
  const completedAtMs = world.timeline.nowMs();
  service.update = { ...service.update, state: 'completed', completedAtMs, message: 'update completed' };
  changeService(world, service, { 'updatestate.old': 'updating', 'updatestate.new': 'completed' });
}
