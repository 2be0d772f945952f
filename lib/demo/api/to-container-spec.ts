import type { CheckPlan, ServicePlan } from '#lib/demo/service-plan.ts';
import type { SimService } from '#lib/demo/world.ts';
import { toHash } from './to-hash.ts';

const NANOS_PER_MS = 1_000_000;

/** A health check as specs and inspect have it; what is zero is left out. */
export function toHealthcheck({ test, intervalMs, timeoutMs, startPeriodMs, retries }: CheckPlan): object {
  return {
    Test: test,
    Interval: intervalMs * NANOS_PER_MS,
    Timeout: timeoutMs * NANOS_PER_MS,
    ...(startPeriodMs > 0 ? { StartPeriod: startPeriodMs * NANOS_PER_MS } : {}),
    Retries: retries,
  };
}

/** `TaskTemplate` of a service, and `Spec` of its tasks. An image's own health check does not show. */
export function toTaskTemplate({ plan }: SimService, networkId: string, tag: string): object {
  const inSpec = plan.check && plan.checkIn === 'service' ? { Healthcheck: toHealthcheck(plan.check) } : {};
  return {
    ContainerSpec: {
      Image: `${plan.image}:${tag}`,
      ...(plan.stack === null ? {} : { Labels: { 'com.docker.stack.namespace': plan.stack } }),
      ...(plan.checkIn === 'service' ? { Args: plan.command } : {}),
      ...(plan.env.length > 0 ? { Env: plan.env } : {}),
      Init: false,
      StopGracePeriod: 10_000 * NANOS_PER_MS,
      ...inSpec,
      ...toMounted(plan),
      DNSConfig: {},
      Isolation: 'default',
    },
    Resources: toResources(plan),
    RestartPolicy: {
      Condition: plan.mode.kind === 'replicated-job' ? 'on-failure' : 'any',
      Delay: plan.restartDelayMs * NANOS_PER_MS,
      MaxAttempts: 0,
    },
    Placement: toPlacement(plan),
    Networks: [{ Target: networkId }],
    ForceUpdate: 0,
  };
}

function toResources({ limits, reserveCpus, reserveMemoryBytes }: ServicePlan): object {
  return {
    Limits: {
      ...(limits.cpus === undefined ? {} : { NanoCPUs: limits.cpus * 1e9 }),
      ...(limits.memoryBytes === undefined ? {} : { MemoryBytes: limits.memoryBytes }),
      ...(limits.pids === undefined ? {} : { Pids: limits.pids }),
    },
    Reservations: {
      ...(reserveCpus > 0 ? { NanoCPUs: reserveCpus * 1e9 } : {}),
      ...(reserveMemoryBytes > 0 ? { MemoryBytes: reserveMemoryBytes } : {}),
    },
  };
}

function toPlacement({ constraints, spreadOver, maxPerNode, stack }: ServicePlan): object {
  return {
    ...(constraints.length > 0 ? { Constraints: constraints } : {}),
    ...(spreadOver === null ? {} : { Preferences: [{ Spread: { SpreadDescriptor: spreadOver } }] }),
    ...(maxPerNode === null ? {} : { MaxReplicas: maxPerNode }),
    ...(stack === 'ml' ? {} : { Platforms: [{ Architecture: 'amd64', OS: 'linux' }] }),
  };
}

/** What is mounted into its containers. */
function toMounted({ secrets, configs, mounts }: ServicePlan): object {
  const file = (name: string) => ({ Name: name, UID: '0', GID: '0', Mode: 292 });
  return {
    ...(secrets.length === 0
      ? {}
      : {
          Secrets: secrets.map((SecretName) => ({
            File: file(SecretName.replace(/^.*_/, '')),
            SecretID: toHash(SecretName).slice(0, 25),
            SecretName,
          })),
        }),
    ...(configs.length === 0
      ? {}
      : {
          Configs: configs.map((ConfigName) => ({
            File: file(`/etc/${ConfigName.replace(/^.*_/, '')}.conf`),
            ConfigID: toHash(ConfigName).slice(0, 25),
            ConfigName,
          })),
        }),
    ...(mounts.length === 0
      ? {}
      : {
          Mounts: mounts.map(({ type, source, target, readOnly }) => ({
            Type: type,
            ...(source === undefined ? {} : { Source: source }),
            Target: target,
            ...(readOnly === true ? { ReadOnly: true } : {}),
          })),
        }),
  };
}
