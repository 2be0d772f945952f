import type { SimNode, SimTask, World } from '#lib/demo/world.ts';
import { agree, followManagers } from './agree.ts';
import { emitSwarm } from './change-service.ts';
import { changeTask, isEnded } from './change-task.ts';
import { replaceTask } from './replace-task.ts';
import { markEnded, stopContainer } from './run-container.ts';
import { planProbe } from './run-probe.ts';
import { assignTask, createTask, shutDownTask } from './run-task.ts';

/** Heartbeats come every 5 s, and three may be missed. */
const MISSED_AFTER_MS = 12_000;
const REJOIN_MS = 1_200;

/** Power loss: its engine is gone at once, its containers with it; the managers find out by its silence. */
export function cutNode(world: World, node: SimNode): void {
  if (!node.up) return;
  node.up = false;
  node.frozen = false;
  node.absence += 1;
  node.events.clear();
  for (const container of node.containers.values()) {
    if (container.state === 'running') markEnded(world, container, 255);
  }
  world.onPower(node);
  expectSilence(world, node);
}

/** Its engine is back, with what is left of its containers. */
export function restoreNode(world: World, node: SimNode): void {
  if (node.up) return;
  node.up = true;
  node.absence += 1;
  world.onPower(node);
  const { absence } = node;
  world.timeline.after(REJOIN_MS, () => {
    if (node.absence === absence) returnNode(world, node);
  });
}

/** Stopped in its tracks, containers and all. */
export function freezeNode(world: World, node: SimNode): void {
  if (!node.up || node.frozen) return;
  node.frozen = true;
  node.absence += 1;
  expectSilence(world, node);
}

export function thawNode(world: World, node: SimNode): void {
  if (!node.frozen) return;
  node.frozen = false;
  node.absence += 1;
  for (const container of node.containers.values()) {
    container.life += 1;
    if (container.state === 'running') planProbe(world, container, world.random.between(0, 2_000));
  }
  returnNode(world, node);
}

function expectSilence(world: World, node: SimNode): void {
  const { absence } = node;
  node.silentFromMs ??= world.timeline.nowMs();
  if (node.manager) followManagers(world);
  world.timeline.after(MISSED_AFTER_MS, () =>
    agree(world, () => {
      if (node.absence === absence) miss(world, node);
    }),
  );
}

function miss(world: World, node: SimNode): void {
  setState(world, node, 'down', 'heartbeat failure');
  for (const task of tasksOf(world, node)) {
    if (task.desired === 'shutdown') continue;
    if (task.slot === null) shutDownTask(world, task);
    else replaceTask(world, task);
  }
}

function returnNode(world: World, node: SimNode): void {
  const { absence } = node;
  node.silentFromMs = null;
  if (node.manager) followManagers(world);
  agree(world, () => {
    if (node.absence === absence) rejoin(world, node);
  });
}

function rejoin(world: World, node: SimNode): void {
  const wasDown = node.state === 'down';
  setState(world, node, 'ready', '');
  const atMs = world.timeline.nowMs();
  for (const task of tasksOf(world, node)) {
    if (isEnded(task)) continue;
    if (task.container?.state === 'running') {
      if (task.desired === 'shutdown') stopContainer(world, task.container, 'shutdown');
      continue;
    }
    if (task.desired === 'shutdown') {
      changeTask(world, task, { state: 'shutdown', message: 'shutdown' }, atMs);
      continue;
    }
    const message = task.state === 'running' ? 'started' : 'starting';
    const error = 'task: non-zero exit (255)';
    changeTask(world, task, { state: 'failed', message, error, exitCode: 255 }, atMs);
    replaceTask(world, task);
  }
  if (wasDown) fill(world, node);
}

/** Its place in every global service. */
function fill(world: World, node: SimNode): void {
  for (const service of world.services) {
    if (service.plan.mode.kind !== 'global') continue;
    const newest = service.slots.get(node.id)?.[0];
    if (!newest || newest.desired === 'shutdown')
      createTask(world, service, { slot: null, node, desired: 'running' });
  }
}

/** The scheduler tries again whenever nodes change; at least its words do. */
function retryPending(world: World): void {
  for (const task of world.tasks.values()) {
    if (task.state === 'pending' && task.desired !== 'shutdown') assignTask(world, task);
  }
}

function tasksOf(world: World, node: SimNode): SimTask[] {
  return [...world.tasks.values()].filter((task) => task.node === node && !isEnded(task));
}

function setState(world: World, node: SimNode, state: SimNode['state'], message: string): void {
  if (node.state === state) return;
  const old = node.state;
  node.state = state;
  node.message = message;
  world.version += 1;
  node.version = world.version;
  node.updatedAtMs = world.timeline.nowMs();
  passLead(world, node);
  emitSwarm(world, 'node', node.id, { name: node.hostname, 'state.new': state, 'state.old': old });
  retryPending(world);
}

/** A leader that is gone is followed by the next manager. */
function passLead(world: World, gone: SimNode): void {
  if (!gone.leader || gone.state === 'ready') return;
  const next = world.nodes.find((node) => node.manager && node.up && !node.frozen && node !== gone);
  if (!next) return;
  gone.leader = false;
  next.leader = true;
}
