import { createAgent } from './create-agent.ts';
import { createEventLog } from './create-event-log.ts';
import { createRandom, type Random } from './create-random.ts';
import { createTimeline } from './create-timeline.ts';
import { CURRENT_RELEASE, OLD_RELEASE } from './engine-releases.ts';
import { placeTask } from './place-task.ts';
import { continueJob } from './run-job.ts';
import { createTask } from './run-task.ts';
import type { ServicePlan } from './service-plan.ts';
import type { SimNode, SimService, World } from './world.ts';

export interface WorldOptions {
  nodes: number;
  plans: readonly ServicePlan[];
  seed: number;
  /** Epoch ms: when its clock starts. */
  startMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const GIB = 1024 ** 3;

/** A swarm that has been running for a while. Nothing happens in it until its timeline is run. */
export function createWorld({ nodes, plans, seed, startMs }: WorldOptions): World {
  const random = createRandom(seed);
  const createdAtMs = startMs - 143 * DAY_MS;
  const world: World = {
    random,
    timeline: createTimeline(startMs),
    swarmId: random.swarmId(),
    networkId: random.swarmId(),
    createdAtMs,
    nodes: Array.from({ length: nodes }, (_, index) => toNode(random, { index, nodes, createdAtMs })),
    services: plans.map((plan) => toService(random, plan, startMs)),
    tasks: new Map(),
    version: 1_000,
    execs: 0,
    onPower: () => {},
    agent: createAgent(() => world),
  };
  for (const service of world.services) populate(world, service);
  return world;
}

function toNode(
  random: Random,
  { index, nodes, createdAtMs }: { index: number; nodes: number; createdAtMs: number },
): SimNode {
  const digits = Math.max(2, String(nodes).length);
  const part = () => random.swarmId().slice(0, 4).toUpperCase();
  return {
    index,
    id: random.swarmId(),
    engineId: Array.from({ length: 12 }, part).join(':'),
    hostname: `node-${String(index + 1).padStart(digits, '0')}`,
    address: `10.20.${Math.floor(index / 250)}.${1 + (index % 250)}`,
    manager: index < (nodes >= 5 ? 3 : 1),
    release: nodes >= 3 && index === nodes - 1 ? OLD_RELEASE : CURRENT_RELEASE,
    cpus: 8,
    memoryBytes: 32 * GIB,
    createdAtMs: createdAtMs + index * 61_000,
    containers: new Map(),
    events: createEventLog(),
    leader: index === 0,
    state: 'ready',
    message: '',
    up: true,
    frozen: false,
    load: 0,
    absence: 0,
    version: 10 + index,
    updatedAtMs: createdAtMs + index * 61_000 + 400,
  };
}

function toService(random: Random, plan: ServicePlan, startMs: number): SimService {
  const createdAtMs = startMs - random.between(20, 120) * DAY_MS;
  return {
    id: random.swarmId(),
    plan,
    createdAtMs,
    slots: new Map(),
    tag: plan.tags[0] ?? 'latest',
    previousTag: null,
    update: null,
    jobIteration: 0,
    jobStartedAtMs: createdAtMs,
    crashing: false,
    version: 100,
    updatedAtMs: createdAtMs,
  };
}

function populate(world: World, service: SimService): void {
  const { mode, constraints } = service.plan;
  if (mode.kind === 'replicated-job') {
    continueJob(world, service);
    return;
  }
  const places =
    mode.kind === 'global'
      ? world.nodes.map((node) => ({ slot: null, node }))
      : Array.from({ length: mode.replicas }, (_, index) => ({ slot: index + 1, node: null }));
  for (const place of places) {
    if (constraints.length > 0) createTask(world, service, { ...place, desired: 'running' });
    else placeTask(world, service, place);
  }
}
