import { findNetwork, takeAddress, takeIngressAddress } from '#lib/demo/networks.ts';
import type { SimNetwork, SimNode, SimService, SimTask, World } from '#lib/demo/world.ts';
import { agree } from './agree.ts';
import { changeTask, isEnded, type TaskReport, touchTask } from './change-task.ts';
import { chooseNode } from './choose-node.ts';
import { createContainer, removeContainer, startContainer, stopContainer } from './run-container.ts';

/** Tasks kept per slot, the live one included (swarmkit's TaskHistoryRetentionLimit). */
const HISTORY = 5;

export interface TaskDraft {
  slot: number | null;
  /** A global service's task belongs to its node from the beginning. */
  node: SimNode | null;
  /** `ready`: prepared now, started when its restart delay is over. */
  desired: 'ready' | 'running' | 'complete';
}

/** A new task of a service, which goes its way by itself from here. */
export function createTask(world: World, service: SimService, { slot, node, desired }: TaskDraft): SimTask {
  const { random, timeline } = world;
  const nowMs = timeline.nowMs();
  const key = slot === null ? (node?.id ?? '') : String(slot);
  const network = findNetwork(world, service);
  const task: SimTask = {
    id: random.swarmId(),
    service,
    key,
    slot,
    tag: service.tag,
    createdAtMs: nowMs,
    jobIteration: service.plan.mode.kind === 'replicated-job' ? service.jobIteration : null,
    ip: network.waiting.length > 0 ? null : takeAddress(network, random),
    ingressIp: takeIngressAddress(world, service),
    node: null,
    container: null,
    state: 'new',
    desired,
    message: 'created',
    error: null,
    exitCode: 0,
    stateAtMs: nowMs,
    updatedAtMs: nowMs,
    version: world.version,
    json: null,
  };
  world.tasks.set(task.id, task);
  const older = service.slots.get(key) ?? [];
  service.slots.set(key, [task, ...older]);
  if (older.length >= HISTORY) forgetTask(world, older.at(-1));
  if (task.ip !== null) assignTask(world, task, node);
  else awaitAddress(world, task, network, node);
  return task;
}

/** Swarm gives a task its addresses before it looks for a node: until there is one it stays new. */
function awaitAddress(world: World, task: SimTask, network: SimNetwork, node: SimNode | null): void {
  network.waiting.push(() => {
    if (!world.tasks.has(task.id) || task.desired === 'shutdown' || isEnded(task)) return false;
    task.ip = takeAddress(network, world.random);
    if (task.ip === null) awaitAddress(world, task, network, node);
    else assignTask(world, task, node);
    return true;
  });
}

/** Gives it a node if there is one; otherwise it is pending, and asked again whenever a node comes. */
export function assignTask(world: World, task: SimTask, given: SimNode | null = null): void {
  const nowMs = world.timeline.nowMs();
  const choice = given ? { node: given } : chooseNode(world.nodes, task.service);
  if (!choice.node) {
    const report = { state: 'pending', message: 'pending task scheduling', error: choice.error } as const;
    if (!changeTask(world, task, report, nowMs)) task.error = choice.error;
    touchTask(world, task);
    return;
  }
  task.node = choice.node;
  task.node.load += 1;
  const message = 'scheduler assigned task to node';
  changeTask(world, task, { state: 'assigned', message }, nowMs);
  prepareTask(world, task, choice.node);
}

/** What the agent on the node does with it, each step reported a little later. */
function prepareTask(world: World, task: SimTask, node: SimNode): void {
  const { random, timeline } = world;
  const { absence } = node;
  const step = (delayMs: number, run: () => void) =>
    timeline.after(delayMs, () => {
      const wanted = task.desired !== 'shutdown' && !isEnded(task);
      if (node.up && node.absence === absence && wanted) run();
    });
  step(random.between(20, 80), () => {
    reportTask(world, task, { state: 'preparing', message: 'preparing' }, 10);
    step(random.between(200, 1_400), () => {
      createContainer(world, task, node);
      reportTask(world, task, { state: 'ready', message: 'prepared' }, 20);
      timeline.after(21, () => agree(world, () => startTask(world, task)));
    });
  });
}

/** Starts what is prepared, once it is wanted. */
export function startTask(world: World, task: SimTask): void {
  const { random, timeline } = world;
  const { container, node } = task;
  if (task.state !== 'ready' || task.desired === 'ready' || task.desired === 'shutdown') return;
  if (!container || !node?.up) return;
  changeTask(world, task, { state: 'starting', message: 'starting' }, timeline.nowMs());
  const { absence } = node;
  timeline.after(random.between(250, 900), () => {
    if (container.state !== 'created' || !node.up || node.absence !== absence) return;
    if (task.desired === 'shutdown')
      return reportTask(world, task, { state: 'shutdown', message: 'shutdown' });
    startContainer(world, container);
    if (!container.health) reportTask(world, task, { state: 'running', message: 'started' });
  });
}

/** The agent's word reaches the managers a little later. */
export function reportTask(
  world: World,
  task: SimTask,
  report: TaskReport,
  delayMs = world.random.between(25, 90),
): void {
  const atMs = world.timeline.nowMs();
  world.timeline.after(delayMs, () => agree(world, () => changeTask(world, task, report, atMs)));
}

/** Should stop: by an update, or because its node is gone. */
export function shutDownTask(world: World, task: SimTask): void {
  if (task.desired === 'shutdown') return;
  task.desired = 'shutdown';
  touchTask(world, task);
  // Nobody is there to receive it, until the node comes back.
  if (task.node && (!task.node.up || task.node.frozen)) return;
  if (task.container?.state === 'running') stopContainer(world, task.container, 'shutdown');
  else if (!isEnded(task)) reportTask(world, task, { state: 'shutdown', message: 'shutdown' });
}

/** Its slot has newer ones enough: the reaper takes it, and the agent its container. */
export function forgetTask(world: World, task: SimTask | undefined): void {
  if (!task) return;
  const left = (task.service.slots.get(task.key) ?? []).filter((other) => other !== task);
  if (left.length > 0) task.service.slots.set(task.key, left);
  else task.service.slots.delete(task.key);
  world.tasks.delete(task.id);
  const { container } = task;
  if (!container) return;
  world.timeline.after(400, () => {
    if (container.state !== 'running' && container.node.up) removeContainer(world, container);
  });
}
