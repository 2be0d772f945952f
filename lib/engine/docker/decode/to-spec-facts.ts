import type { SpecFacts } from '#lib/model/docker/spec-facts.ts';
import { toHealthCheckOverride } from './container/to-health-check-override.ts';
import type { Masker } from './create-masker.ts';
import { type DockerObject, isDockerObject, readCount, readName, readObject } from './raw.ts';
import { toDurationMs } from './times.ts';
import { toImage } from './to-image.ts';
import { toConstraints, toPreferences } from './to-placement.ts';
import { toRestartPolicy, toUpdatePolicy } from './to-policies.ts';

/** `Spec` or `PreviousSpec` of a service, as far as anybody may see it. */
export function toSpecFacts(raw: unknown, mask: Masker): SpecFacts {
  const spec = readObject(raw);
  const template = readObject(spec.TaskTemplate);
  const container = readObject(template.ContainerSpec);
  const placement = readObject(template.Placement);
  const limits = readObject(readObject(template.Resources).Limits);
  const reserved = readObject(readObject(template.Resources).Reservations);
  const { override, disabled } = toHealthCheckOverride(container.Healthcheck, mask);
  return {
    ...toImage(container.Image),
    ...toMode(readObject(spec.Mode)),
    check: {
      command: override?.test?.join(' ') ?? null,
      disabled,
      intervalMs: override?.intervalMs ?? null,
      timeoutMs: override?.timeoutMs ?? null,
      startPeriodMs: override?.startPeriodMs ?? null,
      retries: override?.retries ?? null,
    },
    resources: {
      cpuLimitNano: readCount(limits.NanoCPUs) || null,
      memoryLimitBytes: readCount(limits.MemoryBytes) || null,
      cpuReservedNano: readCount(reserved.NanoCPUs) || null,
      memoryReservedBytes: readCount(reserved.MemoryBytes) || null,
    },
    constraints: toConstraints(placement.Constraints),
    preferences: toPreferences(placement.Preferences),
    maxPerNode: readCount(placement.MaxReplicas) || null,
    restart: toRestartPolicy(template.RestartPolicy),
    update: toUpdatePolicy(spec.UpdateConfig),
    rollback: toUpdatePolicy(spec.RollbackConfig),
    stopGraceMs: toDurationMs(container.StopGracePeriod),
    stopSignal: readName(container.StopSignal),
    user: readName(container.User),
    endpointMode: readName(readObject(spec.EndpointSpec).Mode),
    forceUpdate: readCount(template.ForceUpdate) ?? 0,
  };
}

function toMode(mode: DockerObject): Pick<SpecFacts, 'mode' | 'replicas'> {
  if (isDockerObject(mode.Replicated)) {
    return { mode: 'replicated', replicas: readCount(mode.Replicated.Replicas) ?? 1 };
  }
  if (isDockerObject(mode.ReplicatedJob)) {
    return { mode: 'replicated-job', replicas: readCount(mode.ReplicatedJob.TotalCompletions) };
  }
  if (isDockerObject(mode.Global)) return { mode: 'global', replicas: null };
  return { mode: isDockerObject(mode.GlobalJob) ? 'global-job' : 'unknown', replicas: null };
}
