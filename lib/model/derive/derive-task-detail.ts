import type { ContainerDetail, TaskDetail } from '#lib/model/contract/detail.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { type Container, selectRunProbes } from '#lib/model/docker/container.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { refineHealthCheck, type Service } from '#lib/model/docker/service.ts';
import { isEnded, type Task } from '#lib/model/docker/task.ts';
import { type DiagnosedEnd, diagnoseEnd } from '#lib/model/findings/ends.ts';
import { endsBadly } from '#lib/model/status/bad-ends.ts';

/** Where details of a service's tasks come from: what Docker lists now, and what we remember of it. */
export interface TaskMemory {
  /** All tasks of the service that the manager lists. */
  tasks: Task[];
  /** Tasks of the service that we saw and keep; those that are also in `tasks` are ignored. */
  remembered: Task[];
  nodeOf: (nodeId: string) => SwarmNode | null;
  /** A task's own container as its engine has it now. */
  containerOf: (task: Task) => Container | null;
  /** A task's own container as it was last seen, also after it is gone. */
  lastContainerOf: (task: Task) => Container | null;
  /** All probes of a task that we saw, oldest first, in this run; empty when none are kept. */
  probesOf: (task: Task) => Probe[];
}

/**
 * Older tasks of a slot than these are counted and not shown: with `--task-history-limit` raised or restart attempts
 * that are bounded, Docker keeps thousands (moby/moby#35637).
 */
export const MAX_EARLIER_TASKS = 50;

/** One task with its container and probes, as Docker has them or as we remember them. */
export function deriveTaskDetail(
  service: Service,
  task: Task,
  memory: TaskMemory,
  forgotten: boolean,
  wording: Wording,
): TaskDetail {
  const container = memory.containerOf(task) ?? memory.lastContainerOf(task);
  const hostname = task.nodeId === null ? null : (memory.nodeOf(task.nodeId)?.hostname ?? null);
  return {
    id: task.id,
    nodeId: task.nodeId,
    hostname,
    state: task.state,
    desiredState: task.desiredState,
    stateAtMs: task.stateAtMs,
    message: task.message,
    error: task.error,
    exitCode: container?.exitCode ?? task.exitCode,
    image: task.image,
    createdAtMs: task.createdAtMs,
    container: container === null ? null : toContainerDetail(service, container),
    end: endsBadly(service, task, container)
      ? toPhrase(diagnoseEnd({ service, task, container, hostname }), wording)
      : null,
    probes: mergeProbes(memory.probesOf(task), container === null ? [] : selectRunProbes(container)),
    addresses: isEnded(task.state)
      ? []
      : task.addresses.map((address, index) => ({ networkId: task.networkIds[index] ?? null, address })),
    forgotten,
  };
}

function toPhrase(end: DiagnosedEnd, wording: Wording): TaskDetail['end'] {
  const { hint: _hint, ...phrase } = wording.reason(end);
  return { cause: end.cause, ...phrase, calm: end.expected };
}

function toContainerDetail(service: Service, container: Container): ContainerDetail {
  return {
    id: container.id,
    state: container.state,
    startedAtMs: container.startedAtMs,
    finishedAtMs: container.finishedAtMs,
    exitCode: container.exitCode,
    oomKilled: container.oomKilled,
    error: container.error,
    failingStreak: container.health?.failingStreak ?? null,
    healthCheck: refineHealthCheck(container.healthCheck, service),
    readAtMs: container.readAtMs,
  };
}

/** Kept probes and the log's own, each once, oldest first: the log may be ahead of what is kept. */
function mergeProbes(kept: Probe[], log: Probe[]): Probe[] {
  const byStart = new Map(kept.map((probe) => [probe.startedAtMs, probe]));
  for (const probe of log) byStart.set(probe.startedAtMs, probe);
  return [...byStart.values()].sort((a, b) => a.startedAtMs - b.startedAtMs);
}
