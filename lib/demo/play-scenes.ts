import { crashSoon } from '#lib/demo/life/create-agent.ts';
import { emitContainer } from '#lib/demo/life/emit-container.ts';
import { endContainer } from '#lib/demo/life/run-container.ts';
import { restartJob } from '#lib/demo/life/run-job.ts';
import { cutNode, restoreNode } from '#lib/demo/life/run-node.ts';
import { unskim } from '#lib/demo/life/run-probe.ts';
import { startUpdate } from '#lib/demo/life/run-update.ts';
import type { SimContainer, World } from './world.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** From what it usually has to its limit. */
const LEAK_MS = 8 * MINUTE_MS;

/** The life of the default swarm: something is always going on, most of it small, and most of the swarm is well. */
export function playScenes(world: World): void {
  const again = (meanMs: number, run: () => void) => {
    world.timeline.after(world.random.between(0.6, 1.4) * meanMs, () => {
      run();
      again(meanMs, run);
    });
  };
  // Most fail once and pass again, which is nobody's problem; one in five fails twice, which may become one.
  again(14 * SECOND_MS, () => failProbes(world, world.random.index(5) === 0 ? 2 : 1));
  again(95 * SECOND_MS, () => failProbes(world, Number.POSITIVE_INFINITY));
  again(4 * MINUTE_MS, () => killByMemory(world, findHealthy(world)));
  world.timeline.after(20 * SECOND_MS, () => leak(world));
  again(9 * MINUTE_MS, () => leak(world));
  again(6 * MINUTE_MS, () => update(world));
  again(7 * MINUTE_MS, () => {
    for (const service of world.services) {
      if (service.plan.mode.kind === 'replicated-job') restartJob(world, service);
    }
  });
  again(11 * MINUTE_MS, () => crashLoop(world, 3 * MINUTE_MS));
  again(12 * MINUTE_MS, () => losePower(world, 75 * SECOND_MS));
}

/** So many health changes a minute: a replica begins to fail, and recovers; one in twelve does not. */
export function playChurn(world: World, changesPerMinute: number): void {
  if (changesPerMinute <= 0) return;
  const everyMs = (2 * MINUTE_MS) / changesPerMinute;
  let count = 0;
  const again = () =>
    world.timeline.after(world.random.between(0.5, 1.5) * everyMs, () => {
      count += 1;
      failProbes(world, count % 12 === 0 ? Number.POSITIVE_INFINITY : 1);
      again();
    });
  again();
}

/** Ends short jobs, which is no problem. */
export function playJobs(world: World): void {
  world.timeline.after(SECOND_MS, () => {
    const nowMs = world.timeline.nowMs();
    for (const service of world.services) {
      if (service.plan.mode.kind !== 'replicated-job') continue;
      for (const [task] of service.slots.values()) {
        const container = task?.container;
        if (container?.state !== 'running' || !container.node.up) continue;
        const runMs = 12_000 + (container.pid % 20) * SECOND_MS;
        if (nowMs - (container.startedAtMs ?? nowMs) > runMs) endContainer(world, container, 0);
      }
    }
    playJobs(world);
  });
}

/** The next probes of some healthy replica fail; of one chosen by a few tries, so that it costs the same at any size. */
export function failProbes(world: World, failures: number): void {
  const container = findHealthy(world);
  if (container) failNext(world, container, failures);
}

export function failNext(world: World, container: SimContainer, failures: number): void {
  unskim(world, container);
  container.failNext = failures;
  container.failure = world.random.index(6);
}

function findHealthy(world: World): SimContainer | null {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const service = world.random.pick(world.services);
    const { mode } = service.plan;
    if (mode.kind !== 'replicated' || mode.replicas < 2) continue;
    const key = String(1 + world.random.index(mode.replicas));
    const container = service.slots.get(key)?.[0]?.container;
    if (container?.state !== 'running' || container.health?.status !== 'healthy') continue;
    if (container.failNext === 0 && container.forced === null) return container;
  }
  return null;
}

/** One that has a limit grows to it, and is killed when it gets there. */
export function leak(world: World): void {
  const limited = world.services.filter(
    ({ plan }) => plan.limits.memoryBytes !== undefined && plan.stack === 'shop',
  );
  const running = limited
    .flatMap(({ slots }) => [...slots.values()].map(([task]) => task?.container ?? null))
    .filter((container) => container?.state === 'running' && container.leak === null);
  const container = running.length === 0 ? null : world.random.pick(running);
  if (container === null) return;
  const lengthMs = LEAK_MS * world.random.between(0.8, 1.3);
  const { life } = container;
  container.leak = { fromMs: world.timeline.nowMs(), lengthMs };
  world.timeline.after(lengthMs, () => {
    if (container.life === life) killByMemory(world, container);
  });
}

function killByMemory(world: World, container: SimContainer | null): void {
  if (!container?.node.up || container.node.frozen) return;
  container.oomKilled = true;
  emitContainer(world, container, 'oom');
  endContainer(world, container, 137);
}

function update(world: World): void {
  const services = world.services.filter(
    ({ plan, crashing }) => plan.mode.kind === 'replicated' && plan.mode.replicas > 2 && !crashing,
  );
  if (services.length > 0) startUpdate(world, world.random.pick(services));
}

function crashLoop(world: World, lengthMs: number): void {
  const service = world.services.find(({ plan }) => plan.name === 'embedder');
  if (!service) return;
  service.crashing = true;
  const container = service.slots.get('1')?.[0]?.container;
  if (container?.state === 'running') crashSoon(world, container);
  world.timeline.after(lengthMs, () => {
    service.crashing = false;
  });
}

function losePower(world: World, lengthMs: number): void {
  const workers = world.nodes.filter((node) => !node.manager && node.up && !node.frozen);
  if (workers.length < 2) return;
  const node = world.random.pick(workers);
  cutNode(world, node);
  world.timeline.after(lengthMs, () => restoreNode(world, node));
}
