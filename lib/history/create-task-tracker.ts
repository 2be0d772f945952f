import type { SegmentEnd } from '#lib/model/contract/history.ts';
import { deriveTaskEnd } from '#lib/model/derive/derive-task-end.ts';
import { type Container, isDeadContainer } from '#lib/model/docker/container.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { hasSlotNumbers, type Service } from '#lib/model/docker/service.ts';
import { type Task, toSlotKey } from '#lib/model/docker/task.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { english } from '#lib/words/english.ts';
import type { HistoryRecord, TaskRecord } from './record.ts';
import { trimContainer } from './trim-container.ts';

/** A task with what became of it. */
export interface TrackedTask extends TaskRecord {
  service: Service;
  /** The manager lists it no longer. */
  removed: boolean;
  /** Was already over when we first saw it. */
  cameEnded: boolean;
  /** Its end was told. */
  reported: boolean;
}

/** All tasks that Docker tells of, and how each ends. */
export interface TaskTracker {
  observe(observation: Observation): void;
  has(taskId: string): boolean;
  /** Is this the container that the manager says the task has? */
  isOwn(container: Container): boolean;
  /** Records all of them again. */
  repeat(): void;
}

export interface TaskTrackerOptions {
  nowMs(): number;
  record(record: HistoryRecord): void;
  /** An end was found; later facts may still tell more of it. */
  onEnd(tracked: TrackedTask): void;
}

export function createTaskTracker(options: TaskTrackerOptions): TaskTracker {
  const { nowMs, record } = options;
  const nodes = new Map<string, SwarmNode>();
  const services = new Map<string, Service>();
  const containers = new Map<string, Container>();
  const taskOfContainer = new Map<string, string>();
  const tracked = new Map<string, TrackedTask>();
  const byService = new Map<string, Set<string>>();

  function seeTask(task: Task): void {
    const known = tracked.get(task.id);
    if (known) {
      if (isSame(known.task, task)) return;
      known.task = task;
      known.removed = false;
      judge(known, true);
      return;
    }
    const service = services.get(task.serviceId);
    if (!service) return;
    const entry: TrackedTask = {
      service,
      task,
      key: toSlotKey(service, task),
      slot: hasSlotNumbers(service) ? (task.slot ?? 0) : null,
      hostname: null,
      fromMs: task.createdAtMs ?? task.stateAtMs ?? nowMs(),
      untilMs: null,
      end: null,
      container: null,
      removed: false,
      cameEnded: false,
      reported: false,
    };
    tracked.set(task.id, entry);
    const ofService = byService.get(task.serviceId) ?? new Set();
    byService.set(task.serviceId, ofService.add(task.id));
    const end = findEnd(entry);
    entry.cameEnded = end !== null;
    judge(entry, true);
  }

  function findEnd(entry: TrackedTask): SegmentEnd | null {
    const { service, task, end } = entry;
    const node = task.nodeId === null ? null : (nodes.get(task.nodeId) ?? null);
    const found = deriveTaskEnd({
      service,
      task,
      container: ownContainer(task),
      hostname: node?.hostname ?? entry.hostname,
      availability: node?.availability ?? null,
      previous: end,
      nowMs: nowMs(),
      wording: english,
    });
    return found ?? (entry.removed ? end : null);
  }

  function ownContainer(task: Task): Container | null {
    const container = containers.get(task.id) ?? null;
    return container !== null && (task.containerId === null || task.containerId === container.id)
      ? container
      : null;
  }

  /** Looks at a task anew, and keeps what is new of it. */
  function judge(entry: TrackedTask, isChanged: boolean): void {
    const before = entry.end;
    const { task } = entry;
    entry.service = services.get(task.serviceId) ?? entry.service;
    entry.hostname = (task.nodeId === null ? null : nodes.get(task.nodeId)?.hostname) ?? entry.hostname;
    const end = findEnd(entry);
    const isNews = !hasEqualContent(before, end);
    if (!isNews && !isChanged) return;
    entry.end = end;
    entry.untilMs = end?.atMs ?? (entry.removed ? (entry.untilMs ?? nowMs()) : null);
    entry.container = ownContainer(task);
    write(entry);
    if (end !== null && before === null) options.onEnd(entry);
  }

  function write(entry: TrackedTask): void {
    const { task, key, slot, hostname, fromMs, untilMs, end, container } = entry;
    const kept = container === null ? null : trimContainer(container, end !== null);
    record({ kind: 'task', task, key, slot, hostname, fromMs, untilMs, end, container: kept });
  }

  function seeContainer(container: Container): void {
    const { taskId } = container;
    if (taskId === null) return;
    const before = containers.get(taskId);
    containers.set(taskId, container);
    taskOfContainer.set(container.id, taskId);
    const entry = tracked.get(taskId);
    if (!entry) return;
    if (!before) judge(entry, true);
    else if (isDeadContainer(container)) judge(entry, false);
  }

  function loseContainer(containerId: string): void {
    const taskId = taskOfContainer.get(containerId);
    taskOfContainer.delete(containerId);
    if (taskId === undefined || containers.get(taskId)?.id !== containerId) return;
    const entry = tracked.get(taskId);
    if (!entry || entry.removed) {
      containers.delete(taskId);
      tracked.delete(taskId);
    }
  }

  /** The manager lists it no longer: it may still be stopping. */
  function loseTask(entry: TrackedTask, isServiceRemoved: boolean): void {
    if (entry.removed) return;
    entry.removed = true;
    byService.get(entry.task.serviceId)?.delete(entry.task.id);
    const container = containers.get(entry.task.id);
    if (entry.end === null) {
      const isExpected = isServiceRemoved || entry.task.desiredState === 'remove';
      const sentence = isServiceRemoved
        ? 'Stopped: its service was removed.'
        : 'Stopped: scaled down or removed.';
      entry.untilMs = nowMs();
      if (isExpected)
        entry.end = {
          atMs: nowMs(),
          cause: null,
          sentence,
          evidence: null,
          exitCode: container && isDeadContainer(container) ? container.exitCode : null,
          oomKilled: container?.oomKilled ?? false,
        };
      write(entry);
      if (entry.end !== null && !isServiceRemoved) options.onEnd(entry);
    }
    if (!container || !taskOfContainer.has(container.id)) {
      containers.delete(entry.task.id);
      tracked.delete(entry.task.id);
    }
  }

  function seeTasks(tasks: Task[], serviceIds: string[] | null): void {
    const listed = new Set<string>();
    for (const task of tasks) {
      listed.add(task.id);
      seeTask(task);
    }
    for (const serviceId of serviceIds ?? [...byService.keys()])
      for (const taskId of byService.get(serviceId) ?? []) {
        const entry = tracked.get(taskId);
        if (entry && !listed.has(taskId)) loseTask(entry, !services.has(serviceId));
      }
  }

  function loseService(serviceId: string): void {
    services.delete(serviceId);
    for (const taskId of byService.get(serviceId) ?? []) {
      const entry = tracked.get(taskId);
      if (entry) loseTask(entry, true);
    }
    byService.delete(serviceId);
  }

  return {
    observe(observation) {
      switch (observation.kind) {
        case 'nodes':
          nodes.clear();
          for (const node of observation.nodes) nodes.set(node.id, node);
          return;
        case 'services': {
          const listed = new Set(observation.services.map(({ id }) => id));
          for (const service of observation.services) services.set(service.id, service);
          if (!observation.complete) return;
          for (const id of [...services.keys()]) if (!listed.has(id)) loseService(id);
          return;
        }
        case 'service-gone':
          loseService(observation.serviceId);
          return;
        case 'tasks':
          seeTasks(observation.tasks, observation.serviceIds);
          return;
        case 'container':
          seeContainer(observation.container);
          return;
        case 'containers': {
          const listed = new Set(observation.containers.map(({ id }) => id));
          for (const [id, taskId] of taskOfContainer)
            if (!listed.has(id) && containers.get(taskId)?.nodeId === observation.nodeId) loseContainer(id);
          observation.containers.forEach(seeContainer);
          return;
        }
        case 'container-gone':
          loseContainer(observation.containerId);
          return;
      }
    },
    has: (taskId) => tracked.has(taskId),
    isOwn(container) {
      const task = container.taskId === null ? undefined : tracked.get(container.taskId)?.task;
      if (task === undefined) return true;
      // An engine tells of its own node alone.
      if (task.nodeId !== null && task.nodeId !== container.nodeId) return false;
      return task.containerId === null || task.containerId === container.id;
    },
    repeat() {
      for (const entry of tracked.values()) write(entry);
    },
  };
}

/** Lists bring tasks again and again: what decides their story is the same. */
function isSame(a: Task, b: Task): boolean {
  return (
    a.state === b.state &&
    a.desiredState === b.desiredState &&
    a.nodeId === b.nodeId &&
    a.containerId === b.containerId &&
    a.error === b.error &&
    a.exitCode === b.exitCode
  );
}
