import { crashSoon } from '#lib/demo/life/create-agent.ts';
import { restartJob } from '#lib/demo/life/run-job.ts';
import { cutNode, restoreNode } from '#lib/demo/life/run-node.ts';
import { startUpdate } from '#lib/demo/life/run-update.ts';
import { failNext, failProbes, leak } from './play-scenes.ts';
import type { SimContainer, SimService, World } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** An ordinary day: so often somebody fails a probe, fails two in a row, or fails until Swarm replaces it. */
const NOISE_MS = { one: 9 * MINUTE_MS, two: 3 * HOUR_MS, all: 7 * HOUR_MS };

/**
 * What happens to the default swarm in a day, as it does to any: little in most hours, and once each of what people want to
 * look back at. Ends in calm, so that what comes after it begins with a swarm that is well.
 *
 * @param lengthMs of the day: what is planned for later than that does not happen
 */
export function playDay(world: World, lengthMs: number): void {
  const { timeline } = world;
  const endMs = timeline.nowMs() + lengthMs;
  const quietFromMs = endMs - 20 * MINUTE_MS;
  const again = (meanMs: number, run: () => void) => {
    const atMs = timeline.nowMs() + world.random.between(0.5, 1.5) * meanMs;
    if (atMs > quietFromMs) return;
    timeline.at(atMs, () => {
      run();
      again(meanMs, run);
    });
  };
  again(NOISE_MS.one, () => failProbes(world, 1));
  again(NOISE_MS.two, () => failProbes(world, 2));
  again(NOISE_MS.all, () => failProbes(world, Number.POSITIVE_INFINITY));
  again(6 * HOUR_MS, () => {
    for (const service of world.services)
      if (service.plan.mode.kind === 'replicated-job') restartJob(world, service);
  });

  const scenes: [hoursBeforeEnd: number, run: () => void][] = [
    [21, () => leak(world)],
    [18.6, () => onService(world, 'auth', (service) => startUpdate(world, service))],
    [16.2, () => onService(world, 'api', (service) => startUpdate(world, service, true))],
    [13.1, () => losePower(world, 6 * MINUTE_MS)],
    [10.4, () => onService(world, 'payments', (service) => flap(world, service, 25 * MINUTE_MS))],
    [6.7, () => onService(world, 'embedder', (service) => crashAndMend(world, service, 18 * MINUTE_MS))],
    [3.2, () => leak(world)],
    [1.4, () => onService(world, 'web', (service) => startUpdate(world, service))],
  ];
  for (const [hours, run] of scenes) {
    const atMs = endMs - hours * HOUR_MS;
    if (atMs > timeline.nowMs()) timeline.at(atMs, run);
  }
}

function onService(world: World, name: string, run: (service: SimService) => void): void {
  const service = world.services.find(({ plan }) => plan.name === name);
  if (service) run(service);
}

/** A replica fails some of its probes, now one and now two in a row, and never as many as Swarm would act upon. */
function flap(world: World, service: SimService, lengthMs: number): void {
  const container = service.slots.get('2')?.[0]?.container ?? null;
  const untilMs = world.timeline.nowMs() + lengthMs;
  const { intervalMs = 10_000 } = service.plan.check ?? {};
  const again = () => {
    if (world.timeline.nowMs() > untilMs || !isUp(container)) return;
    failNext(world, container, 1 + world.random.index(2));
    world.timeline.after(world.random.between(3, 5) * intervalMs, again);
  };
  again();
}

/** It ends soon after each start, until a new version of it is deployed. */
function crashAndMend(world: World, service: SimService, lengthMs: number): void {
  const container = service.slots.get('1')?.[0]?.container ?? null;
  service.crashing = true;
  if (isUp(container)) crashSoon(world, container);
  world.timeline.after(lengthMs, () => {
    service.crashing = false;
    startUpdate(world, service);
  });
}

/** A worker that serves what is published, and comes back by itself. */
function losePower(world: World, lengthMs: number): void {
  const node = world.nodes.filter(({ manager, up, frozen }) => !manager && up && !frozen).at(-1);
  if (!node) return;
  cutNode(world, node);
  world.timeline.after(lengthMs, () => restoreNode(world, node));
}

function isUp(container: SimContainer | null): container is SimContainer {
  return container?.state === 'running' && container.health?.status === 'healthy';
}
