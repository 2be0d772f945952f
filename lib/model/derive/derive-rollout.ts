import type { TaskDetail } from '#lib/model/contract/detail.ts';
import type { Rollout, RolloutFailure, RolloutSlot, RolloutStep } from '#lib/model/contract/rollout.ts';
import type { Service, ServiceUpdate } from '#lib/model/docker/service.ts';
import { isOfNewSpec, isWantedTask, type Task } from '#lib/model/docker/task.ts';
import type { Slot } from '#lib/model/status/slots.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';

export interface RolloutFacts {
  service: Service;
  /** Those that are wanted now. */
  slots: readonly Slot[];
  hostnameOf(nodeId: string | null): string | null;
  detailOf(task: Task): TaskDetail;
  nowMs: number;
}

/** A task that takes longer than this to get up holds an update up: Swarm waits for it without limit. */
const LONG_START_MS = 60_000;
const COMING: readonly Task['state'][] = [
  'new',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
];
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
    sentence: describeRollout(service, update, rows, failures.length, facts.nowMs),
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
  else if (COMING.includes(newTask.state)) {
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

function toFailure(task: Task, { key, slot }: Slot, { detailOf, hostnameOf }: RolloutFacts): RolloutFailure {
  const sentence = detailOf(task).end?.sentence ?? task.error ?? `The task is ${task.state}.`;
  return { taskId: task.id, key, slot, hostname: hostnameOf(task.nodeId), atMs: task.stateAtMs, sentence };
}

function findDecidingFailure(taskId: string, facts: RolloutFacts): RolloutFailure | null {
  for (const slot of facts.slots) {
    const task = [slot.newest, ...slot.earlier].find(({ id }) => id === taskId);
    if (task) return toFailure(task, slot, facts);
  }
  return null;
}

function describeRollout(
  { updatePolicy }: Service,
  { state }: ServiceUpdate,
  rows: readonly RolloutSlot[],
  failed: number,
  nowMs: number,
): string {
  const total = rows.length;
  const of = (step: RolloutStep) => rows.filter((row) => row.step === step);
  const done = of('done').length + of('watched').length;
  const progress = `${done} of ${total} ${total === 1 ? 'replica is' : 'replicas are'} of the new spec`;
  switch (state) {
    case 'updating':
    case 'rollback_started': {
      const stuck = of('starting').find(
        ({ sinceMs }) => sinceMs !== null && nowMs - sinceMs >= LONG_START_MS,
      );
      const what =
        state === 'updating' ? progress : `It is being rolled back: ${progress.replace('new', 'earlier')}`;
      if (!stuck) return `${what}${failed > 0 ? `, ${failed} failed` : ''}.`;
      const forMs = nowMs - (stuck.sinceMs ?? nowMs);
      return `${what}. It waits for ${nameOf(stuck)}, which has been starting for ${describeDuration(forMs)}: Swarm waits for that without limit.`;
    }
    case 'paused':
      return `Swarm stopped after ${progress.replace(' is ', ' was ').replace(' are ', ' were ')}: it changes nothing more until the service is updated again or rolled back.`;
    case 'rollback_paused':
      return 'The rollback failed too, and stopped: Swarm changes nothing more until the service is updated again.';
    case 'rollback_completed':
      return 'Swarm went back to the spec before.';
    case 'completed':
      return `All replicas were replaced, ${updatePolicy.order === 'start-first' ? 'the new one started first' : 'the old one stopped first'}.`;
  }
}

function nameOf({ slot, hostname, key }: RolloutSlot): string {
  return slot === null ? `the replica on ${hostname ?? key.slice(0, 12)}` : `replica ${slot}`;
}

const NAMED = /failure or early termination of task (\w+)/;

/** The task that an update's message names (swarmkit `manager/orchestrator/update/updater.go`). */
function findDecidingTask(message: string): string | null {
  return NAMED.exec(message)?.[1] ?? null;
}
