import type { Facts } from '#lib/facts/create-facts.ts';
import type { FactChange } from '#lib/facts/fact-change.ts';
import type { Ending } from '#lib/model/contract/ending.ts';
import { deriveTaskEnd } from '#lib/model/derive/derive-task-end.ts';
import { type Container, isDeadContainer } from '#lib/model/docker/container.ts';
import { hasSlotNumbers, type Service } from '#lib/model/docker/service.ts';
import { type Task, toSlotKey } from '#lib/model/docker/task.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
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

/** All tasks that a manager lists, and how each ends. */
export interface TaskTracker {
  observe(change: FactChange): void;
  has(taskId: string): boolean;
  /** Records all of them again. */
  repeat(): void;
}

export interface TaskTrackerOptions {
  facts: Facts;
  nowMs(): number;
  record(record: HistoryRecord): void;
  /** An end was found; later facts may still tell more of it. */
  onEnd(tracked: TrackedTask): void;
}

export function createTaskTracker(options: TaskTrackerOptions): TaskTracker {
  const { facts, nowMs, record } = options;
  const tracked = new Map<string, TrackedTask>();

  function seeTask(task: Task): void {
    const known = tracked.get(task.id);
    if (known) {
      if (isSame(known.task, task)) return;
      known.task = task;
      known.removed = false;
      judge(known, true);
      return;
    }
    const service = facts.serviceOf(task.serviceId);
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
    const end = findEnd(entry);
    entry.cameEnded = end !== null;
    judge(entry, true);
  }

  function findEnd(entry: TrackedTask): Ending | null {
    const { service, task, end } = entry;
    const node = task.nodeId === null ? null : facts.nodeOf(task.nodeId);
    const found = deriveTaskEnd({
      service,
      task,
      container: facts.lastSeenContainerOf(task),
      hostname: node?.hostname ?? entry.hostname,
      availability: node?.availability ?? null,
      previous: end,
      nowMs: nowMs(),
    });
    return found ?? (entry.removed ? end : null);
  }

  /** Looks at a task anew, and keeps what is new of it. */
  function judge(entry: TrackedTask, isChanged: boolean): void {
    const before = entry.end;
    const { task } = entry;
    entry.service = facts.serviceOf(task.serviceId) ?? entry.service;
    entry.hostname = (task.nodeId === null ? null : facts.nodeOf(task.nodeId))?.hostname ?? entry.hostname;
    const end = findEnd(entry);
    const isNews = !hasEqualContent(before, end);
    if (!isNews && !isChanged) return;
    entry.end = end;
    entry.untilMs = end?.atMs ?? (entry.removed ? (entry.untilMs ?? nowMs()) : null);
    entry.container = facts.lastSeenContainerOf(task);
    write(entry);
    if (end !== null && before === null) options.onEnd(entry);
  }

  function write(entry: TrackedTask): void {
    const { task, key, slot, hostname, fromMs, untilMs, end, container } = entry;
    const kept = container === null ? null : trimContainer(container, end !== null);
    record({ kind: 'task', task, key, slot, hostname, fromMs, untilMs, end, container: kept });
  }

  function seeContainer(container: Container): void {
    const entry = container.taskId === null ? undefined : tracked.get(container.taskId);
    if (!entry) return;
    if (entry.container?.id !== container.id) judge(entry, true);
    else if (isDeadContainer(container)) judge(entry, false);
  }

  function loseContainer({ taskId }: Container): void {
    if (taskId !== null && tracked.get(taskId)?.removed) tracked.delete(taskId);
  }

  /** The manager lists it no longer: it may still be stopping. */
  function loseTask(entry: TrackedTask): void {
    if (entry.removed) return;
    entry.removed = true;
    if (entry.end === null) {
      const isServiceRemoved = facts.serviceOf(entry.task.serviceId) === null;
      entry.untilMs = nowMs();
      if (isServiceRemoved || entry.task.desiredState === 'remove')
        entry.end = toRemovedEnd(entry, isServiceRemoved);
      write(entry);
      if (entry.end !== null && !isServiceRemoved) options.onEnd(entry);
    }
    if (facts.containerOf(entry.task) === null) tracked.delete(entry.task.id);
  }

  function toRemovedEnd({ task }: TrackedTask, isServiceRemoved: boolean): Ending {
    const container = facts.lastSeenContainerOf(task);
    return {
      atMs: nowMs(),
      cause: null,
      why: { kind: 'expected', reason: isServiceRemoved ? 'service-removed' : 'removed' },
      exitCode: container && isDeadContainer(container) ? container.exitCode : null,
      oomKilled: container?.oomKilled ?? false,
    };
  }

  return {
    observe(change) {
      switch (change.kind) {
        case 'service':
          // Its tasks may have been listed before it.
          if (change.before === null) facts.tasksOf(change.service.id).forEach(seeTask);
          return;
        case 'task':
          seeTask(change.task);
          return;
        case 'task-gone': {
          const entry = tracked.get(change.task.id);
          if (entry) loseTask(entry);
          return;
        }
        case 'container':
          seeContainer(change.container);
          return;
        case 'container-gone':
          loseContainer(change.container);
          return;
      }
    },
    has: (taskId) => tracked.has(taskId),
    repeat() {
      for (const entry of tracked.values()) write(entry);
    },
  };
}

/** Nothing of it changed that decides its story. */
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
