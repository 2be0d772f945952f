import type { HealthCheck } from './health-check.ts';
import type { Probe } from './probe.ts';

/** Docker's container states (`State.Status` of inspect). Paused wins over running, as in Docker. */
export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export type HealthStatus = 'starting' | 'healthy' | 'unhealthy';

/** `State.Health` of a container. Meaningful only while the container is running (moby daemon/container/health.go). */
export interface ContainerHealth {
  status: HealthStatus;
  failingStreak: number;
  /** Oldest first, at most 5; may hold probes of an earlier run (before `startedAtMs`). */
  probes: Probe[];
  /** When the status last changed, if an event told us; `null` when we only ever read it. */
  statusSinceMs: number | null;
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
  oomKilled: boolean;
  error: string | null;
  image: string;
  /** `null`: the container has no health check, or was never started. */
  health: ContainerHealth | null;
  /** `null`: no health check is defined, or it is `NONE`. */
  healthCheck: HealthCheck | null;
  /** A health check is configured in a form Docker does not run, such as a test type it does not know (moby daemon/health.go, getProbe). */
  healthCheckInvalid: boolean;
  /** Our clock, when this was read or patched by an event. */
  readAtMs: number;
  /** Its engine's clock minus ours, as taken out of its times: added again, they are the engine's own, the same at each read. */
  skewMs: number;
}
