import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { Container, ContainerHealth } from '#lib/model/docker/container.ts';
import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { RestartPolicy, Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { diagnoseReplica } from '#lib/model/findings/diagnose-replica.ts';
import { decideReplicaStatus } from '#lib/model/status/decide-replica-status.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { buildCheckedContainer } from './build-checked-container.ts';
import { buildProbe } from './build-probe.ts';
import { buildReplicaFacts } from './build-replica-facts.ts';
import { buildService } from './build-service.ts';
import { buildTask } from './build-task.ts';
import { word } from './word-findings.ts';

/** A row of a table: what {@link diagnose} says of these facts. */
export type ReplicaCase = [
  situation: string,
  cause: Cause,
  expected: boolean,
  sentence: string,
  facts: Partial<ReplicaFacts>,
];

/** What a reader sees of a replica with these facts. */
export function diagnose(facts: Partial<ReplicaFacts>): ReturnType<typeof word> {
  const all = buildReplicaFacts(facts);
  return word(diagnoseReplica(all, decideReplicaStatus(all)));
}

/** One that failed: HTTP 503, after 52 ms. */
export function buildFailedProbe(overrides: Partial<Probe> = {}): Probe {
  return buildProbe({ exitCode: 1, durationMs: 52, output: 'HTTP 503', ...overrides });
}

/** Docker called it unhealthy a second ago. */
export function buildUnhealthy(health: Partial<ContainerHealth> = {}): Container {
  return buildCheckedContainer({
    status: 'unhealthy',
    failingStreak: 4,
    statusSinceMs: 19_000,
    probes: [buildFailedProbe()],
    ...health,
  });
}

/** A task whose container is up and has passed no probe yet. */
export function buildStarting(
  health: Partial<ContainerHealth> = {},
  check: Partial<HealthCheck> = {},
): { task: Task; container: Container } {
  return {
    task: buildTask({ state: 'starting' }),
    container: buildCheckedContainer({ status: 'starting', ...health }, { startedAtMs: 10_000 }, check),
  };
}

/** A service that restarts whatever ends, after 5 s. */
export function buildRestarting(overrides: Partial<RestartPolicy>): Service {
  return buildService({
    restart: { condition: 'any', delayMs: 5_000, maxAttempts: null, windowMs: null, ...overrides },
  });
}

/** The task that failed with exit 1 some minutes before {@link buildFresh} was made. */
export function buildEnded(minutesAgo: number, overrides: Partial<Task> = {}): Task {
  return buildTask({
    id: `ended-${minutesAgo}`,
    state: 'failed',
    desiredState: 'shutdown',
    error: 'task: non-zero exit (1)',
    createdAtMs: 1_000_000 - minutesAgo * 60_000,
    stateAtMs: 1_000_000 - minutesAgo * 60_000 + 50_000,
    ...overrides,
  });
}

/** The task that waits for its restart delay. */
export function buildFresh(overrides: Partial<Task> = {}): Task {
  return buildTask({
    id: 'fresh',
    state: 'ready',
    desiredState: 'ready',
    createdAtMs: 1_000_000,
    stateAtMs: 1_000_000,
    ...overrides,
  });
}
