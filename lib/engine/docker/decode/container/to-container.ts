import { type Masker, toMasked } from '#lib/engine/docker/decode/create-masker.ts';
import {
  type DockerObject,
  isDockerObject,
  readCount,
  readId,
  readList,
  readNumber,
  readObject,
  readOneOf,
} from '#lib/engine/docker/decode/raw.ts';
import { toTimeMs } from '#lib/engine/docker/decode/times.ts';
import { toHealthCheck } from '#lib/engine/docker/decode/to-health-check.ts';
import { toImage } from '#lib/engine/docker/decode/to-image.ts';
import {
  type Build,
  CONTAINER_STATES,
  type Container,
  type ContainerHealth,
  type ContainerState,
} from '#lib/model/docker/container.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { toHealthStatus } from './to-health-status.ts';
import { toProbe } from './to-probe.ts';

/** Docker keeps five; each that is looked at costs time. */
const MAX_PROBES = 8;

/** What inspect itself does not have. */
export interface ContainerReading {
  /** The node of the engine; `null` falls back to the container's own label. */
  nodeId: string | null;
  /** The one that was spoken: what Docker does with what is not set depends on its age. */
  apiVersion: string;
  /** The engine's clock minus ours. */
  skewMs: number;
  /** Our clock, when the answer arrived. */
  readAtMs: number;
  mask: Masker;
}

/** `GET /containers/{id}/json`; `null` when it is no container. Health is as Docker says it, trusted or not. */
export function toContainer(
  raw: unknown,
  { nodeId, apiVersion, skewMs, readAtMs, mask }: ContainerReading,
): Container | null {
  const container = readObject(raw);
  const id = readId(container.Id);
  if (id === null || !isDockerObject(container.State)) return null;
  const config = readObject(container.Config);
  const labels = readObject(config.Labels);
  const state = toState(container.State, skewMs);
  const check = toHealthCheck(config.Healthcheck, mask, apiVersion);
  return {
    id,
    nodeId: nodeId ?? readId(labels['com.docker.swarm.node.id']) ?? '',
    taskId: readId(labels['com.docker.swarm.task.id']),
    serviceId: readId(labels['com.docker.swarm.service.id']),
    state,
    startedAtMs: toTimeMs(container.State.StartedAt, skewMs),
    finishedAtMs: toTimeMs(container.State.FinishedAt, skewMs),
    exitCode: toExitCode(container.State, state),
    oomKilled: container.State.OOMKilled === true,
    oomAtMs: null,
    lastWords: null,
    error: toMasked(container.State.Error, mask),
    image: toImage(config.Image).image,
    build: toBuild(container),
    health: toHealth(container.State.Health, skewMs, mask),
    healthCheck: check.healthCheck,
    healthCheckInvalid: check.invalid,
    readAtMs,
    inspectedAtMs: readAtMs,
    probeSeenAtMs: readAtMs,
    unread: null,
    skewMs,
  };
}

/** `ImageManifestDescriptor` is there since API 1.48, where images are kept in containerd (moby daemon/containerd). */
function toBuild(container: DockerObject): Build | null {
  const manifest = readDigest(readObject(container.ImageManifestDescriptor).digest);
  if (manifest !== null) return { id: manifest, of: 'manifest' };
  const config = readDigest(container.Image);
  return config === null ? null : { id: config, of: 'config' };
}

function readDigest(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return /^sha256:([0-9a-f]{12})[0-9a-f]{52}$/.exec(value)?.[1] ?? null;
}

/** `State.Status`, or what Docker would derive from the flags (moby `daemon/container/state.go`). */
function toState(state: DockerObject, skewMs: number): ContainerState {
  const known = readOneOf(state.Status, CONTAINER_STATES);
  if (known !== null) return known;
  if (state.Running === true) {
    if (state.Paused === true) return 'paused';
    return state.Restarting === true ? 'restarting' : 'running';
  }
  if (state.Dead === true) return 'dead';
  return toTimeMs(state.StartedAt, skewMs) === null ? 'created' : 'exited';
}

/** Docker says 0 while it runs, and before it ever ran unless the start itself failed. */
function toExitCode(state: DockerObject, status: ContainerState): number | null {
  const exitCode = readNumber(state.ExitCode);
  if (status === 'running' || status === 'paused' || status === 'restarting') return null;
  return status === 'created' && exitCode === 0 ? null : exitCode;
}

function toHealth(raw: unknown, skewMs: number, mask: Masker): ContainerHealth | null {
  const health = readObject(raw);
  const status = toHealthStatus(health.Status);
  if (status === null) return null;
  // Docker keeps five.
  const probes = readList(health.Log)
    .slice(-MAX_PROBES)
    .map((entry) => toProbe(entry, skewMs, mask))
    .filter((probe): probe is Probe => probe !== null);
  const failingStreak = readCount(health.FailingStreak) ?? 0;
  return {
    status,
    // What leaves the number out, or its beginning, cannot hide what the log shows: Docker counts each failure of one
    // that is healthy (moby daemon/health.go, handleProbeResult).
    failingStreak: status === 'healthy' ? Math.max(failingStreak, countLastFailures(probes)) : failingStreak,
    probes,
    statusSinceMs: null,
  };
}

function countLastFailures(probes: readonly Probe[]): number {
  const lastPassed = probes.findLastIndex(({ exitCode }) => exitCode === 0);
  return probes.length - 1 - lastPassed;
}
