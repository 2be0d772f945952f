import { findIngress, findNetwork, giveBack } from '#lib/demo/networks.ts';
import type { SimNetwork, SimTask, SimTaskState, World } from '#lib/demo/world.ts';
import { agree } from './agree.ts';

const ORDER: readonly SimTaskState[] = [
  'new',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
];

export interface TaskReport {
  state: SimTaskState;
  message: string;
  error?: string | null;
  exitCode?: number;
}

export const isEnded = (task: SimTask) => ORDER.indexOf(task.state) >= ORDER.indexOf('complete');

/** The managers learn of a task's new state. States only ever grow; gives whether this one did. */
export function changeTask(world: World, task: SimTask, report: TaskReport, atMs: number): boolean {
  const grows = ORDER.indexOf(report.state) > ORDER.indexOf(task.state);
  if (!grows || !world.tasks.has(task.id)) return false;
  const ends = ORDER.indexOf(report.state) >= ORDER.indexOf('complete');
  if (ends && !isEnded(task)) {
    if (task.node) task.node.load -= 1;
    giveBackAddresses(world, task);
  }
  task.state = report.state;
  task.message = report.message;
  task.error = report.error ?? null;
  task.exitCode = report.exitCode ?? task.exitCode;
  task.stateAtMs = atMs;
  touchTask(world, task);
  return true;
}

function giveBackAddresses(world: World, { service, ip, ingressIp }: SimTask): void {
  const own = findNetwork(world, service);
  if (ip !== null) {
    giveBack(own, ip);
    giveOn(world, own);
  }
  const ingress = findIngress(world);
  if (ingress && ingressIp !== null) giveBack(ingress, ingressIp);
}

/** The managers' allocator gives what is free to who waits longest, a little later. */
function giveOn(world: World, { waiting }: SimNetwork): void {
  if (waiting.length === 0) return;
  world.timeline.after(100, () =>
    agree(world, () => {
      while (waiting.length > 0 && waiting.shift()?.() === false);
    }),
  );
}

export function touchTask(world: World, task: SimTask): void {
  world.version += 1;
  task.version = world.version;
  task.updatedAtMs = world.timeline.nowMs();
  task.json = null;
}
