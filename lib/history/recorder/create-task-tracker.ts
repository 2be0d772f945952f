import type { Facts } from '#lib/facts/create-facts.ts';
import type { FactChange } from '#lib/facts/fact-change.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import { type Container, isDeadContainer } from '#lib/model/docker/container.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import {
  findTaskEnd,
  isSameStory,
  type TrackedTask,
  toRemovedEnd,
  toTaskRecord,
  toTrackedTask,
} from './tracked-task.ts';

/** All tasks that a manager lists, and how each ends. */
export interface TaskTracker {
  observe(change: FactChange): void;
  has(taskId: string): boolean;
  /** Records all of them again, one a step. */
  repeat(): Iterable<void>;
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

  function observeTask(task: Task): void {
    const known = tracked.get(task.id);
    if (known) {
      if (isSameStory(known.task, task)) return;
      known.task = task;
      known.removed = false;
      judge(known, true);
      return;
    }
    const service = facts.serviceOf(task.serviceId);
    if (!service) return;
    const entry = toTrackedTask(service, task, nowMs());
    tracked.set(task.id, entry);
    entry.cameEnded = findTaskEnd(facts, entry, nowMs()) !== null;
    judge(entry, true);
  }

  /** Looks at a task anew, and keeps what is new of it. */
  function judge(entry: TrackedTask, isChanged: boolean): void {
    const before = entry.end;
    const { task } = entry;
    entry.service = facts.serviceOf(task.serviceId) ?? entry.service;
    entry.hostname = (task.nodeId === null ? null : facts.nodeOf(task.nodeId))?.hostname ?? entry.hostname;
    const end = findTaskEnd(facts, entry, nowMs());
    const isNews = !hasEqualContent(before, end);
    if (!isNews && !isChanged) return;
    entry.end = end;
    entry.untilMs = end?.atMs ?? (entry.removed ? (entry.untilMs ?? nowMs()) : null);
    entry.container = facts.lastSeenContainerOf(task);
    write(entry);
    if (end !== null && before === null) options.onEnd(entry);
  }

  const write = (entry: TrackedTask) => record(toTaskRecord(entry));

  function observeContainer(container: Container): void {
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
        entry.end = toRemovedEnd(facts, entry, isServiceRemoved, nowMs());
      write(entry);
      if (entry.end !== null && !isServiceRemoved) options.onEnd(entry);
    }
    if (facts.containerOf(entry.task) === null) tracked.delete(entry.task.id);
  }

  return {
    observe(change) {
      switch (change.kind) {
        case 'service':
          // Its tasks may have been listed before it.
          if (change.before === null) facts.tasksOf(change.service.id).forEach(observeTask);
          return;
        case 'task':
          observeTask(change.task);
          return;
        case 'task-gone': {
          const entry = tracked.get(change.task.id);
          if (entry) loseTask(entry);
          return;
        }
        case 'container':
          observeContainer(change.container);
          return;
        case 'container-gone':
          loseContainer(change.container);
          return;
      }
    },
    has: (taskId) => tracked.has(taskId),
    *repeat() {
      for (const entry of tracked.values()) yield write(entry);
    },
  };
}
