import { toPauseMs } from '#lib/demo/api/to-pause-ms.ts';
import type { SimContainer, SimNode, SimTask, World } from '#lib/demo/world.ts';
import { emitContainer } from './emit-container.ts';
import { createDraws, planProbe, unskim } from './run-probe.ts';

/** Swarm leaves the overlay network this long before it sends the stop signal (moby `executor/container/controller.go`). */
const LEAVE_NETWORK_MS = 2_000;
const STOP_GRACE_MS = 10_000;
const NOTHING_COUNTED = { atMs: 0, cpuMs: 0, periods: 0, throttledPeriods: 0 };

export function createContainer(world: World, task: SimTask, node: SimNode): SimContainer {
  const id = world.random.hexId();
  const pid = 2_000 + world.random.index(60_000);
  const container: SimContainer = {
    id,
    task,
    node,
    createdAtMs: world.timeline.nowMs(),
    pid,
    state: 'created',
    startedAtMs: null,
    finishedAtMs: null,
    exitCode: 0,
    oomKilled: false,
    health: null,
    readyAtMs: 0,
    failNext: 0,
    forced: null,
    failure: world.random.index(6),
    draws: createDraws(world, pid),
    skimmedToMs: null,
    stopping: null,
    leak: null,
    counted: NOTHING_COUNTED,
    life: 0,
  };
  node.containers.set(container.id, container);
  task.container = container;
  emitContainer(world, container, 'create');
  return container;
}

/** Starts it; its first probe comes one pause later. */
export function startContainer(world: World, container: SimContainer): void {
  const { plan } = container.task.service;
  const nowMs = world.timeline.nowMs();
  container.state = 'running';
  container.leak = null;
  container.counted = NOTHING_COUNTED;
  container.startedAtMs = nowMs;
  container.readyAtMs = nowMs + world.random.between(...plan.warmUpMs);
  container.health = plan.check ? { status: 'starting', streak: 0, log: [] } : null;
  emitContainer(world, container, 'start');
  planProbe(world, container, toPauseMs(container, nowMs));
}

/** As `docker stop`, after leaving the network: what hangs is killed when its grace is over. */
export function stopContainer(world: World, container: SimContainer, why: 'unhealthy' | 'shutdown'): void {
  if (container.state !== 'running' || container.stopping) return;
  container.stopping = why;
  const hangs = container.failNext > 0 || container.forced === 'fail';
  const { random, timeline } = world;
  const whileHere = (run: () => void) => () => container.state === 'running' && container.node.up && run();
  const kill = whileHere(() => {
    emitContainer(world, container, 'kill', { attributes: { signal: '9' } });
    timeline.after(
      random.between(40, 120),
      whileHere(() => endContainer(world, container, 137)),
    );
  });
  const terminate = whileHere(() => {
    emitContainer(world, container, 'kill', { attributes: { signal: '15' } });
    if (hangs) timeline.after(STOP_GRACE_MS, kill);
    else
      timeline.after(
        random.between(80, 900),
        whileHere(() => endContainer(world, container, 0)),
      );
  });
  timeline.after(LEAVE_NETWORK_MS, terminate);
}

/** Its process ended, by itself or not. */
export function endContainer(world: World, container: SimContainer, exitCode: number): void {
  if (container.state !== 'running') return;
  markEnded(world, container, exitCode);
  emitContainer(world, container, 'die', { attributes: { exitCode: String(exitCode) } });
  if (container.stopping) emitContainer(world, container, 'stop');
  world.agent.onExit(container);
}

/** Ended without anybody there to notice: its node lost power. */
export function markEnded(world: World, container: SimContainer, exitCode: number): void {
  unskim(world, container);
  container.life += 1;
  container.state = 'exited';
  container.exitCode = exitCode;
  container.finishedAtMs = world.timeline.nowMs();
  // Docker says so of everything that is not running (moby `daemon/container/health.go`).
  if (container.health) container.health.status = 'unhealthy';
}

export function removeContainer(world: World, container: SimContainer): void {
  if (!container.node.containers.delete(container.id)) return;
  emitContainer(world, container, 'destroy');
}
