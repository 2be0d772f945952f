import type { Facts } from '#lib/facts/create-facts.ts';
import type { HistoryRecord, TaskRecord } from '#lib/history/record.ts';
import type { Ending } from '#lib/model/contract/ending.ts';
import { deriveTaskEnd } from '#lib/model/derive/derive-task-end.ts';
import { isDeadContainer } from '#lib/model/docker/container.ts';
import { hasSlotNumbers, type Service } from '#lib/model/docker/service.ts';
import { type Task, toSlotKey } from '#lib/model/docker/task.ts';
import { trimContainer } from './trim-container.ts';

/** A task with what became of it. */
export interface TrackedTask extends TaskRecord {
  service: Service;
  /** The manager lists it no longer. */
  removed: boolean;
  /** Was already over when we first saw it. */
  cameEnded: boolean;
  /** Its end was reported. */
  reported: boolean;
}

/** A task that was not seen before. */
export function toTrackedTask(service: Service, task: Task, nowMs: number): TrackedTask {
  return {
    service,
    task,
    key: toSlotKey(service, task),
    slot: hasSlotNumbers(service) ? (task.slot ?? 0) : null,
    hostname: null,
    fromMs: task.createdAtMs ?? task.stateAtMs ?? nowMs,
    untilMs: null,
    end: null,
    container: null,
    removed: false,
    cameEnded: false,
    reported: false,
  };
}

/** How it ended, by all that is known now; of one that is removed at least what was known before. `null`: it did not. */
export function findTaskEnd(facts: Facts, entry: TrackedTask, nowMs: number): Ending | null {
  const { service, task, end } = entry;
  const node = task.nodeId === null ? null : facts.nodeOf(task.nodeId);
  const found = deriveTaskEnd({
    service,
    task,
    container: facts.lastSeenContainerOf(task),
    hostname: node?.hostname ?? entry.hostname,
    availability: node?.availability ?? null,
    previous: end,
    nowMs,
  });
  return found ?? (entry.removed ? end : null);
}

/** The end of a task that the manager lists no longer, and that had not ended before. */
export function toRemovedEnd(
  facts: Facts,
  { task }: TrackedTask,
  isServiceRemoved: boolean,
  nowMs: number,
): Ending {
  const container = facts.lastSeenContainerOf(task);
  return {
    atMs: nowMs,
    cause: null,
    why: { kind: 'expected', reason: isServiceRemoved ? 'service-removed' : 'removed' },
    exitCode: container && isDeadContainer(container) ? container.exitCode : null,
    oomKilled: container?.oomKilled ?? false,
  };
}

/** What is kept of it. */
export function toTaskRecord(entry: TrackedTask): HistoryRecord {
  const { task, key, slot, hostname, fromMs, untilMs, end, container } = entry;
  const kept = container === null ? null : trimContainer(container, end !== null);
  return { kind: 'task', task, key, slot, hostname, fromMs, untilMs, end, container: kept };
}

/** Nothing of it changed that decides its story. */
export function isSameStory(a: Task, b: Task): boolean {
  return (
    a.state === b.state &&
    a.desiredState === b.desiredState &&
    a.nodeId === b.nodeId &&
    a.containerId === b.containerId &&
    a.error === b.error &&
    a.exitCode === b.exitCode
  );
}
