import type { RestartPolicy, UpdatePolicy } from '#lib/model/docker/service.ts';
import { readCount, readNumber, readObject, readOneOf } from './raw.ts';
import { toDurationMs } from './times.ts';

/** `TaskTemplate.RestartPolicy`; what is not set is Swarm's default (swarmkit `api/defaults/service.go`). */
export function toRestartPolicy(raw: unknown): RestartPolicy {
  const policy = readObject(raw);
  return {
    condition: readOneOf(policy.Condition, ['any', 'on-failure', 'none'] as const) ?? 'any',
    delayMs: toDurationMs(policy.Delay) ?? 5_000,
    // Zero is "without limit" for both.
    maxAttempts: readCount(policy.MaxAttempts) || null,
    windowMs: toDurationMs(policy.Window) || null,
  };
}

/** `Spec.UpdateConfig`; what is not set is Swarm's default (swarmkit `api/defaults/service.go`). Parallelism 0 is "all". */
export function toUpdatePolicy(raw: unknown): UpdatePolicy {
  const policy = readObject(raw);
  return {
    parallelism: readCount(policy.Parallelism) ?? 1,
    delayMs: toDurationMs(policy.Delay) ?? 0,
    // Docker's JSON leaves out a monitor of zero; Swarm then takes its default.
    monitorMs: toDurationMs(policy.Monitor) || 5_000,
    maxFailureRatio: readNumber(policy.MaxFailureRatio) ?? 0,
    failureAction: readOneOf(policy.FailureAction, ['pause', 'continue', 'rollback'] as const) ?? 'pause',
    order: readOneOf(policy.Order, ['stop-first', 'start-first'] as const) ?? 'stop-first',
  };
}
