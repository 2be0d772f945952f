import type { TaskDetail } from '#lib/model/contract/detail.ts';
import type { Rollout, RolloutFailure, RolloutSlot, RolloutStep } from '#lib/model/contract/rollout.ts';
import type { RolloutStatement } from '#lib/model/contract/statement.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import type { Service, ServiceUpdate } from '#lib/model/docker/service.ts';
import { isBefore, isOfNewSpec, isWantedTask, type Task } from '#lib/model/docker/task.ts';
import type { Slot } from '#lib/model/status/slots.ts';

export interface RolloutFacts {
  service: Service;
  /** Those that are wanted now. */
  slots: readonly Slot[];
  hostnameOf(nodeId: string | null): string | null;
  detailOf(task: Task): TaskDetail;
  nowMs: number;
  wording: Wording;
}

/** A task that takes longer than this to get up holds an update up: Swarm waits for it without limit. */
const LONG_START_MS = 60_000;
const ENDED: readonly Task['state'][] = ['failed', 'rejected'];

/**
 * An update replica by replica: which are of the new spec, which are watched, which failed. `null` for a service that
 * was never updated. Swarm's own rules: swarmkit `manager/orchestrator/update/updater.go`.
 */
export function deriveRollout(facts: RolloutFacts): Rollout | null {
  const { service, slots } = facts;
  const { update } = service;
  if (update === null) return null;
  const failures = findFailures(facts, update);
  const rows = slots.map((slot) => toRow(slot, facts));
  const decidingTaskId = findDecidingTask(update.message);
  const failuresAllowed = Math.floor(service.updatePolicy.maxFailureRatio * rows.length);
  return {
    state: update.state,
    startedAtMs: update.startedAtMs,
    completedAtMs: update.completedAtMs,
    sentence: facts.wording.rollout(toStatement(facts, update, rows, failures.length)),
    culprit: decidingTaskId === null ? null : findDecidingFailure(decidingTaskId, facts),
    slots: rows,
    failures,
    failuresAllowed,
  };
}

function toRow(slot: Slot, { service, hostnameOf, nowMs }: RolloutFacts): RolloutSlot {
  const { newest, earlier } = slot;
  const all = [newest, ...earlier];
  const isNew = (task: Task) => isOfNewSpec(service, task);
  // In a start-first update the old one is the replica while the new one starts.
  const newTask = isNew(newest)
    ? newest
    : (earlier.find((task) => isWantedTask(task) && isNew(task)) ?? null);
  const oldRuns = all.some(
    (task) => task !== newTask && task.state === 'running' && task.desiredState === 'running',
  );
  const shown = newTask ?? newest;
  const { monitorMs } = service.updatePolicy;
  const isActive = service.update?.state === 'updating' || service.update?.state === 'rollback_started';
  let watchedUntilMs: number | null = null;
  let step: RolloutStep;
  if (newTask === null) step = oldRuns || newest.state === 'running' ? 'waiting' : 'replacing';
  else if (newTask.state === 'running') {
    const untilMs = (newTask.stateAtMs ?? 0) + monitorMs;
    step = isActive && untilMs > nowMs ? 'watched' : 'done';
    if (step === 'watched') watchedUntilMs = untilMs;
  } else if (ENDED.includes(newTask.state)) step = 'failed';
  else if (isBefore(newTask.state, 'running')) {
    const failedBefore = earlier.some((task) => isOfNewSpec(service, task) && ENDED.includes(task.state));
    step = failedBefore && newTask.desiredState === 'ready' ? 'failed' : 'starting';
  } else step = newTask.state === 'complete' ? 'done' : 'failed';
  return {
    key: slot.key,
    slot: slot.slot,
    hostname: hostnameOf(shown.nodeId),
    step,
    sinceMs: step === 'starting' ? shown.createdAtMs : shown.stateAtMs,
    watchedUntilMs,
    taskId: shown.id,
    image: shown.image,
  };
}

/** Tasks of this update that ended badly: those made since it began. */
function findFailures(facts: RolloutFacts, { startedAtMs }: ServiceUpdate): RolloutFailure[] {
  const since = startedAtMs ?? 0;
  return facts.slots
    .flatMap((slot) =>
      [slot.newest, ...slot.earlier]
        .filter((task) => ENDED.includes(task.state) && (task.createdAtMs ?? 0) >= since)
        .map((task) => toFailure(task, slot, facts)),
    )
    .sort((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0));
}

function toFailure(task: Task, { key, slot }: Slot, facts: RolloutFacts): RolloutFailure {
  const { detailOf, hostnameOf, wording } = facts;
  const sentence =
    detailOf(task).end?.sentence ?? task.error ?? wording.moment({ kind: 'ended', state: task.state });
  return { taskId: task.id, key, slot, hostname: hostnameOf(task.nodeId), atMs: task.stateAtMs, sentence };
}

function findDecidingFailure(taskId: string, facts: RolloutFacts): RolloutFailure | null {
  for (const slot of facts.slots) {
    const task = [slot.newest, ...slot.earlier].find(({ id }) => id === taskId);
    if (task) return toFailure(task, slot, facts);
  }
  return null;
}

function toStatement(
  { service, nowMs }: RolloutFacts,
  { state }: ServiceUpdate,
  rows: readonly RolloutSlot[],
  failed: number,
): RolloutStatement {
  const of = (step: RolloutStep) => rows.filter((row) => row.step === step);
  const slow = of('starting').find(({ sinceMs }) => sinceMs !== null && nowMs - sinceMs >= LONG_START_MS);
  return {
    state,
    done: of('done').length + of('watched').length,
    total: rows.length,
    failed,
    slow:
      slow === undefined
        ? null
        : {
            key: slow.key,
            slot: slow.slot,
            host: slow.hostname,
            forMs: nowMs - (slow.sinceMs ?? nowMs),
          },
    startFirst: service.updatePolicy.order === 'start-first',
  };
}

const NAMED = /failure or early termination of task (\w+)/;

/** The task that an update's message names (swarmkit `manager/orchestrator/update/updater.go`). */
function findDecidingTask(message: string): string | null {
  return NAMED.exec(message)?.[1] ?? null;
}
