import type { CheckPlan } from '#lib/demo/service-plan.ts';
import type { SimService } from '#lib/demo/world.ts';

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
      DNSConfig: {},
      Isolation: 'default',
    },
    Resources: {
      Limits: {},
      Reservations: plan.reserveMemoryBytes > 0 ? { MemoryBytes: plan.reserveMemoryBytes } : {},
    },
    RestartPolicy: {
      Condition: plan.mode.kind === 'replicated-job' ? 'on-failure' : 'any',
      Delay: plan.restartDelayMs * NANOS_PER_MS,
      MaxAttempts: 0,
    },
    Placement: plan.constraints.length > 0 ? { Constraints: plan.constraints } : {},
    Networks: [{ Target: networkId }],
    ForceUpdate: 0,
  };
}
