import type { HealthCheck } from './health-check.ts';
import type { LastWords } from './last-words.ts';
import type { Probe } from './probe.ts';

/** Docker's container states (`State.Status` of inspect). Paused wins over running, as in Docker. */
/** Docker's words for what a container does (moby container/state.go, StateString). */
export const CONTAINER_STATES = [
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
] as const;

export type ContainerState = (typeof CONTAINER_STATES)[number];

const KNOWN_STATES: ReadonlySet<string> = new Set(CONTAINER_STATES);

/** Is this one of Docker's words for it? */
export function isContainerState(word: string): word is ContainerState {
  return KNOWN_STATES.has(word);
}

export type HealthStatus = 'starting' | 'healthy' | 'unhealthy';

/** `State.Health` of a container. Meaningful only while the container is running (moby daemon/container/health.go). */
export interface ContainerHealth {
  status: HealthStatus;
  failingStreak: number;
  /** Oldest first, at most 5; may hold probes of an earlier run (before `startedAtMs`). */
  probes: Probe[];
  /** When the status last changed, if an event said so; `null` when we only ever read it. */
  statusSinceMs: number | null;
}

/**
 * A build of an image: the first twelve digits of its id. Engines that keep images in containerd name the manifest
 * of their platform, all others the image's configuration: the two are not to be compared.
 */
export interface Build {
  id: string;
  of: 'manifest' | 'config';
}

/** One task's container, read by inspect from the engine that runs it. */
export interface Container {
  id: string;
  /** The node whose engine it was read from. */
  nodeId: string;
  taskId: string | null;
  serviceId: string | null;
  state: ContainerState;
  startedAtMs: number | null;
  finishedAtMs: number | null;
  /** `null` while it runs. */
  exitCode: number | null;
  /** A process of it was killed for memory, at some time: not always the one that matters. */
  oomKilled: boolean;
  /** When the last one was, if an event reported it; else `null`. */
  oomAtMs: number | null;
  /** Of one that ended: what its last log lines say of that; `null`: nothing that is known, or they were not read. */
  lastWords: LastWords | null;
  error: string | null;
  image: string;
  /** Which build it runs; `null`: its engine, or an agent of an older version, did not say. */
  build: Build | null;
  /** `null`: the container has no health check, or was never started. */
  health: ContainerHealth | null;
  /** `null`: no health check is defined, or it is `NONE`. */
  healthCheck: HealthCheck | null;
  /** A health check is configured in a form Docker does not run, such as a test type it does not know (moby daemon/health.go, getProbe). */
  healthCheckInvalid: boolean;
  /** Our clock, when this was read or patched by an event. */
  readAtMs: number;
  /** Our clock, when its engine last answered an inspect of it; `null`: it never did, and only a list tells of it. */
  inspectedAtMs: number | null;
  /** Our clock, when its newest probe, or that it has none yet, was first read; `null`: it was not. */
  probeSeenAtMs: number | null;
  /** Its engine answers, but does not tell of this container: what is known of it is old. `null` while it does. */
  unread: UnreadContainer | null;
  /** Its engine's clock minus ours, as taken out of its times: added again, they are the engine's own, the same at each read. */
  skewMs: number;
}

/** An inspect of one container that has no answer, from an engine that answers all else. */
export interface UnreadContainer {
  /** Our clock, when the first inspect without an answer was sent. */
  sinceMs: number;
  /** It hangs, as it does while the container's runtime does not answer the engine (moby/moby#36680); else it is refused. */
  hangs: boolean;
  /** What became of the inspect, in a sentence. */
  error: string;
}

/** Has the container's process ended? Swarm never starts a container a second time. */
export function isDeadContainer(container: Container): boolean {
  return container.state === 'exited' || container.state === 'dead' || container.state === 'removing';
}

/**
 * Docker forces `unhealthy` on every container whose monitor stops: exited, stopped or paused
 * (moby daemon/container/health.go, CloseMonitorChannel). Only a running container's health means anything.
 */
export function hasTrustedHealth(container: Container): boolean {
  return container.state === 'running' && container.health !== null && !isForcedUnhealthy(container);
}

/**
 * After an unpause the forced `unhealthy` stays until the next probe passes. A real one has a streak of at least
 * `retries` (moby daemon/health.go, handleProbeResult), or was reported by an event, which a forced one never is.
 */
function isForcedUnhealthy({ health, healthCheck }: Container): boolean {
  if (health?.status !== 'unhealthy' || health.statusSinceMs !== null) return false;
  return health.failingStreak < (healthCheck?.retries ?? 1);
}

/**
 * The probes of the container's present run, oldest first. Docker does not clear the log at a restart
 * (moby daemon/health.go, initHealthMonitor): older entries are another run's.
 */
export function selectRunProbes(container: Container): Probe[] {
  const { health, startedAtMs } = container;
  if (health === null) return [];
  if (startedAtMs === null) return health.probes;
  const sure = health.probes.length - countSureProbes(container, health);
  return health.probes.filter((probe, at) => at >= sure || probe.startedAtMs >= startedAtMs);
}

/**
 * So many of the newest are of the present run whatever their times say, which a clock that was set back makes earlier than
 * the start: each of a streak, and one where a probe made it healthy.
 */
function countSureProbes({ state }: Container, { status, failingStreak }: ContainerHealth): number {
  if (state !== 'running') return 0;
  return Math.max(failingStreak, status === 'healthy' ? 1 : 0);
}

/** The newest of these; `null`: there is none. Asked of every container each time that one is looked for: no list is made. */
export function findLastRunProbe(container: Container): Probe | null {
  const { health, startedAtMs } = container;
  if (health === null) return null;
  if (startedAtMs === null) return health.probes.at(-1) ?? null;
  const newest = health.probes.at(-1);
  if (newest !== undefined && countSureProbes(container, health) > 0) return newest;
  return health.probes.findLast((probe) => probe.startedAtMs >= startedAtMs) ?? null;
}

/**
 * From when the next probe is awaited: the end of the last one of this run, or its start. Of a clock that was set back
 * they can be of tomorrow: then when we first read of them. Our clock, epoch ms; `null`: not known.
 */
export function findProbeSign(container: Container): number | null {
  const atMs = findLastRunProbe(container)?.endedAtMs ?? container.startedAtMs;
  return atMs === null ? null : Math.min(atMs, container.probeSeenAtMs ?? atMs);
}
