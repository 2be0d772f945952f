import { type Container, isDeadContainer, selectRunProbes } from '#lib/model/docker/container.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { addToTally, NO_TALLY } from '#lib/model/status/probe-tally.ts';
import { createRememberedTasks, type Remembered } from './create-remembered-tasks.ts';

/** As many as a row of the page has bars for; the history has the rest. */
const PROBES_PER_TASK = 30;
/** Of one that is over, the end is what counts; the history has the rest. */
const LAST_PROBES = 10;
/** Tasks remembered of a service, beyond those that Docker still lists; the history has the rest. */
const PAST_TASKS_PER_SERVICE = 10;
/** Of all services: ten tasks of 20,000 with the errors that Docker writes. Then those go whose service changed longest ago. */
const PAST_BYTES = 48_000_000;
/** What a task takes besides its texts. */
const TASK_BYTES = 800;

export interface Memory {
  see(container: Container): void;
  /** Docker's manager no longer lists this task. */
  forgotten(task: Task): void;
  /** A task that an earlier process saw the end of. */
  restore(task: Task, container: Container | null): void;
  /** Of a task on its node: what the engine of another says of it does not count. */
  ofTask(taskId: string, nodeId: string | null): Remembered | null;
  pastTasks(serviceId: string): readonly Task[];
  dropService(serviceId: string): void;
  /** Drops the past of all others. */
  keepServices(isKept: (serviceId: string) => boolean): void;
}

/**
 * Keeps what Docker throws away: the last state and the probes of containers that are gone, and ended tasks that the
 * manager reaped. In memory and bounded; the oldest go first.
 */
export function createMemory(): Memory {
  const byTask = createRememberedTasks<Remembered>();
  /** The one that changed last is the last. */
  const past = new Map<string, Task[]>();
  let pastBytes = 0;

  function see(container: Container, isRestored = false): void {
    const { taskId } = container;
    if (taskId === null) return;
    const known = byTask.get(container.nodeId, taskId);
    const seen = findUnseen(known?.probes ?? [], container);
    const merged =
      seen.length === 0 ? (known?.probes ?? []) : [...(known?.probes ?? []), ...seen].slice(-PROBES_PER_TASK);
    const tally = isDeadContainer(container)
      ? NO_TALLY
      : addToTally(known?.tally ?? NO_TALLY, seen, container.health?.status ?? null);
    const probes = isDeadContainer(container) ? merged.slice(-LAST_PROBES) : merged;
    byTask.set(container.nodeId, taskId, { container, isRestored, probes, tally });
  }

  function forgotten(task: Task): void {
    const known = past.get(task.serviceId) ?? [];
    const tasks = known.filter(({ id }) => id !== task.id);
    tasks.push(task);
    past.delete(task.serviceId);
    past.set(task.serviceId, tasks);
    pastBytes += countBytes(tasks) - countBytes(known);
    if (tasks.length > PAST_TASKS_PER_SERVICE) dropOldest(task.serviceId);
    for (const serviceId of past.keys()) {
      if (pastBytes <= PAST_BYTES) break;
      while (pastBytes > PAST_BYTES && past.has(serviceId)) dropOldest(serviceId);
    }
  }

  function dropOldest(serviceId: string): void {
    const tasks = past.get(serviceId);
    const dropped = tasks?.shift();
    if (tasks?.length === 0) past.delete(serviceId);
    if (!dropped) return;
    pastBytes -= countBytes([dropped]);
    byTask.delete(dropped.nodeId, dropped.id);
  }

  function dropService(serviceId: string): void {
    while (past.has(serviceId)) dropOldest(serviceId);
  }

  return {
    see: (container) => see(container),
    forgotten,
    restore(task, container) {
      // What Docker says now is newer than what was kept.
      if (container !== null && byTask.get(task.nodeId, task.id) === null) see(container, true);
      if (!past.get(task.serviceId)?.some(({ id }) => id === task.id)) forgotten(task);
    },
    ofTask: (taskId, nodeId) => byTask.get(nodeId, taskId),
    pastTasks: (serviceId) => past.get(serviceId) ?? [],
    dropService,
    keepServices(isKept) {
      for (const serviceId of past.keys()) if (!isKept(serviceId)) dropService(serviceId);
    },
  };
}

function countBytes(tasks: readonly Task[]): number {
  let bytes = 0;
  for (const { error, message, image } of tasks)
    bytes += TASK_BYTES + 2 * ((error?.length ?? 0) + message.length + image.length);
  return bytes;
}

/** The probes not seen yet: a container's log holds the last five. They are shared, not copied. */
function findUnseen(known: readonly Probe[], container: Container): Probe[] {
  const lastEndMs = known.at(-1)?.endedAtMs ?? Number.NEGATIVE_INFINITY;
  return selectRunProbes(container).filter((probe) => probe.endedAtMs > lastEndMs);
}
