import { createWorld } from './create-world.ts';
import { unskim } from './life/run-probe.ts';
import { planServices, type SwarmSize } from './plan-services.ts';
import { playDay } from './play-day.ts';
import { playChurn, playJobs, playScenes } from './play-scenes.ts';
import type { World } from './world.ts';

const HOUR_MS = 3_600_000;
/** So much of its life has passed when it can be read. */
const WARM_UP_PROBES = 60_000;
const MAX_WARM_UP_MS = 20 * 60_000;
const MIN_WARM_UP_MS = 60_000;

export interface LivedWorldOptions extends SwarmSize {
  /** Health changes a minute, and nothing else; `null`: a life of many scenes. */
  churn: number | null;
  /** The first two numbers of its nodes' addresses. */
  network?: string;
  /** Before its life of many scenes it has lived through an ordinary day: in all so many hours; 0: it has not. */
  pastHours: number;
  /** Epoch ms: it has lived until then. */
  untilMs: number;
}

/** A world that somebody may look at while its past goes by. */
export interface LivingWorld {
  world: World;
  /** Epoch ms: when it begins. */
  fromMs: number;
  /** Lets it live until then (not beyond `untilMs`). */
  liveUntil(atMs: number): void;
}

/** A world that has lived until now. Of its past nothing is left but what Docker itself remembers. */
export function createLivedWorld(options: LivedWorldOptions): World {
  const { world, liveUntil } = createLivingWorld(options);
  world.skims = options.pastHours > 0;
  liveUntil(options.untilMs);
  return world;
}

/** The same world at the beginning of its past. Whether somebody looks does not change what happens in it. */
export function createLivingWorld(options: LivedWorldOptions): LivingWorld {
  const { pastHours, untilMs, churn, nodes, seed, network } = options;
  const warmUpMs = toWarmUpMs(options.replicas ?? 50);
  const scenesFromMs = untilMs - warmUpMs;
  const fromMs = pastHours > 0 ? Math.min(scenesFromMs, untilMs - pastHours * HOUR_MS) : scenesFromMs;
  const world = createWorld({
    nodes,
    plans: planServices(options),
    seed,
    ...(network === undefined ? {} : { network }),
    startMs: fromMs,
    ownDraws: pastHours > 0,
  });
  playJobs(world);
  const play = () => {
    if (churn === null) playScenes(world);
    else playChurn(world, churn);
  };
  if (fromMs === scenesFromMs) play();
  else {
    playDay(world, scenesFromMs - fromMs);
    world.timeline.at(scenesFromMs, () => {
      endSkimming(world);
      play();
    });
  }
  return { world, fromMs, liveUntil: (atMs) => world.timeline.runUntil(Math.min(atMs, untilMs)) };
}

function endSkimming(world: World): void {
  if (!world.skims) return;
  world.skims = false;
  for (const node of world.nodes) for (const container of node.containers.values()) unskim(world, container);
}

function toWarmUpMs(replicas: number): number {
  const perMs = Math.max(1, replicas) / 10_000;
  return Math.min(MAX_WARM_UP_MS, Math.max(MIN_WARM_UP_MS, WARM_UP_PROBES / perMs));
}
