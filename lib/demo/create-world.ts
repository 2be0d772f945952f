import { CURRENT_RELEASE, OLD_RELEASE } from '#lib/demo/api/engine-releases.ts';
import { createAgent } from '#lib/demo/life/create-agent.ts';
import { createTimeline } from '#lib/demo/life/create-timeline.ts';
import { placeTask } from '#lib/demo/life/place-task.ts';
import { continueJob } from '#lib/demo/life/run-job.ts';
import { createTask } from '#lib/demo/life/run-task.ts';
import { createRandom, type Random } from './create-random.ts';
import { createNetworks, findIngress, findNetwork, takeAddress, takeIngressAddress } from './networks.ts';
import type { ServicePlan } from './service-plan.ts';
import type { EventLog, SimEvent, SimNode, SimService, World } from './world.ts';

export interface WorldOptions {
  nodes: number;
  plans: readonly ServicePlan[];
  seed: number;
  /** The first two numbers of its nodes' addresses, of which a third and fourth follow. */
  network?: string;
  /** Epoch ms: when its clock starts. */
  startMs: number;
  /** See `World`. */
  ownDraws?: boolean;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const GIB = 1024 ** 3;

/** A swarm that has been running for a while. Nothing happens in it until its timeline is run. */
export function createWorld(options: WorldOptions): World {
  const { nodes, plans, seed, network = '10.20', startMs, ownDraws = false } = options;
  const random = createRandom(seed);
  const createdAtMs = startMs - 143 * DAY_MS;
  const swarmId = random.swarmId();
  // One more draw than is used: what a seed makes stays as it was.
  random.swarmId();
  const world: World = {
    random,
    timeline: createTimeline(startMs),
    swarmId,
    networks: createNetworks(plans, nodes, seed),
    createdAtMs,
    nodes: Array.from({ length: nodes }, (_, index) =>
      toNode(random, { index, nodes, network, createdAtMs }),
    ),
    services: plans.map((plan) => toService(random, plan, startMs)),
    tasks: new Map(),
    version: 1_000,
    raft: { state: 'agreeing', term: 0, waiting: [] },
    execs: 0,
    ownDraws,
    skims: false,
    onPower: () => {},
    seePort: null,
    agent: createAgent(() => world),
  };
  giveVips(world, seed);
  for (const service of world.services) populate(world, service);
  return world;
}

function toNode(
  random: Random,
  {
    index,
    nodes,
    network,
    createdAtMs,
  }: { index: number; nodes: number; network: string; createdAtMs: number },
): SimNode {
  const digits = Math.max(2, String(nodes).length);
  const part = () => random.swarmId().slice(0, 4).toUpperCase();
  return {
    index,
    id: random.swarmId(),
    engineId: Array.from({ length: 12 }, part).join(':'),
    hostname: `node-${String(index + 1).padStart(digits, '0')}`,
    address: `${network}.${Math.floor(index / 250)}.${1 + (index % 250)}`,
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
    silentFromMs: null,
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
    vips: new Map(),
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

function giveVips(world: World, seed: number): void {
  const random = createRandom(seed + 2);
  const ingress = findIngress(world);
  for (const service of world.services) {
    if (service.plan.mode.kind === 'replicated-job') continue;
    const own = findNetwork(world, service);
    const all = service.plan.publishedPort === null || ingress === null ? [own] : [ingress, own];
    for (const network of all) {
      const address = takeAddress(network, random);
      if (address !== null) service.vips.set(network.id, address);
    }
    const ofMesh = service.plan.publishedPort === null ? takeIngressAddress(world, service) : null;
    if (ingress !== null && ofMesh !== null) service.vips.set(ingress.id, ofMesh);
  }
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

const CAPACITY = 256;
const NONE: Readonly<Record<string, string>> = Object.freeze({});

function createEventLog(): EventLog {
  const ring: SimEvent[] = [];
  const listeners = new Set<(event: SimEvent) => void>();
  let next = 0;
  return {
    emit(atMs, { type, action, actorId, container = null, attributes = NONE, exec = null }) {
      const text = { legacy: null, current: null };
      const event: SimEvent = { atMs, type, action, actorId, container, attributes, exec, text };
      ring[next % CAPACITY] = event;
      next += 1;
      for (const listener of listeners) listener(event);
    },
    since(sinceMs) {
      const found: SimEvent[] = [];
      for (let index = next - 1; index >= Math.max(0, next - CAPACITY); index -= 1) {
        const event = ring[index % CAPACITY];
        if (!event || event.atMs < sinceMs) break;
        found.push(event);
      }
      return found.reverse();
    },
    listen(onEvent) {
      listeners.add(onEvent);
      return () => listeners.delete(onEvent);
    },
    clear() {
      ring.length = 0;
      next = 0;
    },
  };
}
