import type { SimService, SimTask, World } from '#lib/demo/world.ts';
import { agree, canAgree } from './agree.ts';
import { changeService } from './change-service.ts';
import { isEnded } from './change-task.ts';
import { endContainer } from './run-container.ts';
import { createTask, shutDownTask } from './run-task.ts';

const LOOK_MS = 250;
const BETWEEN_SLOTS_MS = 4_000;

/**
 * A rolling update to the next tag, one slot at a time, as the service's update order says.
 *
 * @param fails its first new task ends by itself, and Swarm rolls back (`--update-failure-action rollback`)
 */
export function startUpdate(world: World, service: SimService, fails = false): void {
  const { tags, mode, image } = service.plan;
  if (isUpdating(service) || mode.kind === 'replicated-job' || !canAgree(world)) return;
  const tag = tags[(tags.indexOf(service.tag) + 1) % tags.length] ?? service.tag;
  const attributes = { 'image.old': `${image}:${service.tag}`, 'image.new': `${image}:${tag}` };
  service.previousTag = service.tag;
  service.tag = tag;
  changeService(world, service, attributes);
  const startedAtMs = world.timeline.nowMs();
  service.update = { state: 'updating', startedAtMs, completedAtMs: null, message: 'update in progress' };
  changeService(world, service, { 'updatestate.new': 'updating' });
  const keys = [...service.slots.keys()].sort();
  const [first = ''] = keys;
  updateNext(world, service, fails ? [first] : keys, fails ? () => rollBack(world, service, first) : null);
}

function isUpdating({ update }: SimService): boolean {
  return update?.state === 'updating' || update?.state === 'rollback_started';
}

/** What is told of it: swarmkit manager/orchestrator/update/updater.go, rollbackUpdate. */
function rollBack(world: World, service: SimService, key: string): void {
  const task = service.slots.get(key)?.[0];
  if (!service.update || service.previousTag === null || !task) {
    finish(world, service);
    return;
  }
  if (task.container?.state === 'running') endContainer(world, task.container, 1);
  const message = `update rolled back due to failure or early termination of task ${task.id}`;
  service.tag = service.previousTag;
  service.update = { ...service.update, state: 'rollback_started', message };
  changeService(world, service, { 'updatestate.old': 'updating', 'updatestate.new': 'rollback_started' });
  updateNext(world, service, [...service.slots.keys()].sort());
}

function updateNext(
  world: World,
  service: SimService,
  [key, ...rest]: string[],
  then: (() => void) | null = null,
): void {
  if (key === undefined) {
    if (then === null) finish(world, service);
    else then();
    return;
  }
  const old = service.slots.get(key)?.[0];
  const next = () => later(world, BETWEEN_SLOTS_MS, () => updateNext(world, service, rest, then));
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
  later(world, LOOK_MS, () => {
    const newest = service.slots.get(key)?.[0];
    if (!newest || newest.state === 'running' || newest.node?.state === 'down') run();
    else whenUp(world, service, key, run);
  });
}

function whenEnded(world: World, task: SimTask, run: () => void): void {
  later(world, LOOK_MS, () => {
    if (isEnded(task) || task.node?.state === 'down') run();
    else whenEnded(world, task, run);
  });
}

function later(world: World, delayMs: number, run: () => void): void {
  world.timeline.after(delayMs, () => agree(world, run));
}

function finish(world: World, service: SimService): void {
  if (!service.update) return;
  const completedAtMs = world.timeline.nowMs();
  const { state } = service.update;
  const isBack = state === 'rollback_started';
  const done = isBack ? 'rollback_completed' : 'completed';
  service.update = {
    ...service.update,
    state: done,
    completedAtMs,
    message: isBack ? 'rollback completed' : 'update completed',
  };
  changeService(world, service, { 'updatestate.old': state, 'updatestate.new': done });
}
