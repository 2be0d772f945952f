import { diffSpec } from '#lib/model/docker/diff-spec.ts';
import { toCheckLabels } from '#lib/model/docker/port-check.ts';
import { toProbeLineLabels } from '#lib/model/docker/probe-line.ts';
import {
  DOCKER_UPDATE_STATES,
  isJob,
  type Service,
  type ServiceMode,
  type ServiceUpdate,
} from '#lib/model/docker/service.ts';
import { toSloLabel } from '#lib/model/docker/slo.ts';
import { compareSpecs } from './compare-specs.ts';
import { toHealthCheckOverride } from './container/to-health-check-override.ts';
import { type Masker, toMasked } from './create-masker.ts';
import type { SpecKeys } from './create-spec-keys.ts';
import {
  type DockerObject,
  isDockerObject,
  readCount,
  readId,
  readList,
  readName,
  readNumber,
  readObject,
  readOneOf,
  readStack,
  readTextMap,
} from './raw.ts';
import { toDurationMs, toTimeMs } from './times.ts';
import { toEndpoint, toNetworkIds } from './to-endpoint.ts';
import { toGenericResources } from './to-generic-resources.ts';
import { toImage } from './to-image.ts';
import { toPlacement } from './to-placement.ts';
import { toRestartPolicy, toUpdatePolicy } from './to-policies.ts';
import { toPorts } from './to-ports.ts';
import { toSpecFacts } from './to-spec-facts.ts';
import { toSpecNames } from './to-spec-names.ts';

/** Swarm's default for a container that should stop: swarmkit `api/defaults/service.go`. */
const STOP_GRACE_MS = 10_000;

/** One entry of `GET /services`; `null` without an id. One without a name is called by its id. */
export function toService(
  raw: unknown,
  skewMs: number,
  mask: Masker,
  specKeys: SpecKeys | null = null,
): Service | null {
  const service = readObject(raw);
  const spec = readObject(service.Spec);
  const template = readObject(spec.TaskTemplate);
  const container = readObject(template.ContainerSpec);
  const id = readId(service.ID);
  const name = readName(spec.Name) || id;
  const mode = toMode(readObject(spec.Mode));
  if (id === null || name === null) return null;
  const versionIndex = readNumber(readObject(service.Version).Index) ?? 0;
  return {
    id,
    name,
    stack: readStack(spec.Labels),
    mode,
    isPlugin: template.Runtime === 'plugin',
    ...toImage(container.Image),
    healthCheck: toHealthCheckOverride(container.Healthcheck, mask).override,
    stopGraceMs: toDurationMs(container.StopGracePeriod) ?? STOP_GRACE_MS,
    restart: toRestartPolicy(template.RestartPolicy),
    updatePolicy: toUpdatePolicy(spec.UpdateConfig),
    update: toUpdate(service.UpdateStatus, skewMs, mask),
    ...toPlacement(template.Placement),
    reserved: toReserved(readObject(template.Resources).Reservations),
    limits: toLimits(readObject(template.Resources).Limits),
    logDriver: readName(readObject(template.LogDriver).Name),
    volumeDrivers: toVolumeDrivers(container.Mounts),
    checks: toCheckLabels(readTextMap(spec.Labels)),
    probeLine: toProbeLineLabels(readTextMap(spec.Labels)),
    slo: toSloLabel(readTextMap(spec.Labels)),
    ...toPorts(readObject(service.Endpoint).Ports, readObject(spec.EndpointSpec).Ports),
    networkIds: toNetworkIds(template, spec),
    ...toEndpoint(readObject(service.Endpoint), readObject(spec.EndpointSpec)),
    names: toSpecNames(spec),
    // The first iteration comes as `{}`.
    jobIteration: isJob({ mode })
      ? (readCount(readObject(readObject(service.JobStatus).JobIteration).Index) ?? 0)
      : null,
    createdAtMs: toTimeMs(service.CreatedAt, skewMs),
    updatedAtMs: toTimeMs(service.UpdatedAt, skewMs),
    specKey: specKeys?.of(`${id}@${versionIndex}`, template) ?? null,
    changes: isDockerObject(service.PreviousSpec)
      ? diffSpec(
          toSpecFacts(service.PreviousSpec, mask),
          toSpecFacts(spec, mask),
          compareSpecs(service.PreviousSpec, spec),
        )
      : [],
  };
}

function toMode(mode: DockerObject): ServiceMode {
  if (isDockerObject(mode.Replicated)) {
    // Not set means one (moby `daemon/cluster/convert/service.go`).
    return { kind: 'replicated', replicas: readCount(mode.Replicated.Replicas) ?? 1 };
  }
  if (isDockerObject(mode.Global)) return { kind: 'global' };
  if (isDockerObject(mode.ReplicatedJob)) {
    const maxConcurrent = readCount(mode.ReplicatedJob.MaxConcurrent) ?? 1;
    const totalCompletions = readCount(mode.ReplicatedJob.TotalCompletions) ?? maxConcurrent;
    return { kind: 'replicated-job', maxConcurrent, totalCompletions };
  }
  if (isDockerObject(mode.GlobalJob)) return { kind: 'global-job' };
  return { kind: 'unknown', word: readName(Object.keys(mode)[0]) };
}

function toReserved(raw: unknown): Service['reserved'] {
  const { NanoCPUs, MemoryBytes, GenericResources } = readObject(raw);
  return {
    cpuNano: readCount(NanoCPUs) || null,
    memoryBytes: readCount(MemoryBytes) || null,
    generic: toGenericResources(GenericResources),
  };
}

/** A limit of 0 is none; `Pids` since API 1.41. */
function toLimits(raw: unknown): Service['limits'] {
  const { NanoCPUs, MemoryBytes, Pids } = readObject(raw);
  return {
    cpuNano: readCount(NanoCPUs) || null,
    memoryBytes: readCount(MemoryBytes) || null,
    pids: readCount(Pids) || null,
  };
}

/** As many as anybody sets, and no more than a sentence holds. */
const MAX_NAMED = 20;

/** The names alone: what a mount is called and where it leads is nobody's business. */
function toVolumeDrivers(raw: unknown): string[] {
  const drivers = readList(raw).map((mount) =>
    readName(readObject(readObject(readObject(mount).VolumeOptions).DriverConfig).Name),
  );
  return [...new Set(drivers)]
    .filter((name): name is string => name !== null && name !== 'local')
    .slice(0, MAX_NAMED);
}

function toUpdate(raw: unknown, skewMs: number, mask: Masker): ServiceUpdate | null {
  const update = readObject(raw);
  const word = readName(update.State);
  // Never updated: there is no such object, or an empty one. One that says when or how, and not what, is not to be known.
  if (word === null && Object.keys(update).length === 0) return null;
  const state = readOneOf(update.State, DOCKER_UPDATE_STATES);
  const message = toMasked(update.Message, mask) ?? '';
  return {
    state: state ?? 'unknown',
    startedAtMs: toTimeMs(update.StartedAt, skewMs),
    completedAtMs: toTimeMs(update.CompletedAt, skewMs),
    message: state !== null ? message : [word ?? '', message].filter((text) => text !== '').join(': '),
  };
}
