import { findNetwork, takeAddress, takeIngressAddress } from '#lib/demo/networks.ts';
import type { SimContainer, SimNode, SimService, SimTask, World } from '#lib/demo/world.ts';
import { chooseNode } from './choose-node.ts';
import { createDraws, planProbe } from './run-probe.ts';

const HOUR_MS = 3_600_000;

/** A task that has been running since before the clock started. */
export function placeTask(
  world: World,
  service: SimService,
  place: { slot: number | null; node: SimNode | null },
): void {
  const { random, timeline } = world;
  const node = place.node ?? chooseNode(world.nodes, service).node;
  if (!node) return;
  const sinceMs = timeline.nowMs() - random.between(0.5, 200) * HOUR_MS;
  const key = place.slot === null ? node.id : String(place.slot);
  world.version += 1;
  const task: SimTask = {
    id: random.swarmId(),
    service,
    key,
    slot: place.slot,
    tag: service.tag,
    createdAtMs: sinceMs - 9_000,
    jobIteration: null,
    ip: takeAddress(findNetwork(world, service), random),
    ingressIp: takeIngressAddress(world, service),
    node,
    container: null,
    state: 'running',
    desired: 'running',
    message: 'started',
    error: null,
    exitCode: 0,
    stateAtMs: sinceMs + 6_000,
    updatedAtMs: sinceMs + 6_100,
    version: world.version,
    json: null,
  };
  const { check } = service.plan;
  const id = random.hexId();
  const pid = 2_000 + random.index(60_000);
  const container: SimContainer = {
    id,
    task,
    node,
    createdAtMs: sinceMs - 2_000,
    pid,
    state: 'running',
    startedAtMs: sinceMs,
    finishedAtMs: null,
    exitCode: 0,
    oomKilled: false,
    health: check ? { status: 'healthy', streak: 0, log: [] } : null,
    readyAtMs: sinceMs,
    failNext: 0,
    forced: null,
    failure: random.index(6),
    draws: createDraws(world, pid),
    skimmedToMs: null,
    stopping: null,
    leak: null,
    counted: { atMs: 0, cpuMs: 0, periods: 0, throttledPeriods: 0 },
    life: 0,
  };
  task.container = container;
  node.load += 1;
  node.containers.set(container.id, container);
  world.tasks.set(task.id, task);
  service.slots.set(key, [task]);
  planProbe(world, container, random.between(0, check?.intervalMs ?? 0));
}
