import type { UpdateOutcome } from '#lib/model/contract/update.ts';
import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import type { Service, ServiceUpdate, UpdateState } from '#lib/model/docker/service.ts';
import { isEndedTask, isOfNewSpec, isWantedTask, type Task } from '#lib/model/docker/task.ts';
import { AGE_LIMITS_MS } from './age-limits.ts';
import { endsBadly } from './bad-ends.ts';

export interface UpdateFacts {
  service: Service;
  /** All that the manager lists. */
  tasks: readonly Task[];
  /** How many replicas are wanted and there. */
  replicas: number;
  /** The check that its containers run; `null`: none, or not known. */
  healthCheck: HealthCheck | null;
  /** The longest start of those we saw; `null`: none. */
  slowestStartMs: number | null;
  nowMs: number;
}

/** How far an update is that Swarm says it is at. */
export interface UpdateProgress {
  outcome: UpdateOutcome;
  /** Swarm says that it is still at it, and there is nothing left to do. */
  isUnclosed: boolean;
  /** When something of it last moved, epoch ms; `null`: it is over, or that does not show. */
  movedAtMs: number | null;
  /** When Docker says that it ended, epoch ms; `null`: it has not, or that is not known. */
  completedAtMs: number | null;
  /** Replicas of the spec before. */
  old: number;
  /** The task of the new spec that it waits for, or the last of several that failed in one place; `null`: none. */
  waitsFor: Task | null;
  /** Our clock: when time alone changes it; `null`: it does not. */
  recheckAtMs: number | null;
}

const OUTCOMES: Record<UpdateState, UpdateOutcome> = {
  updating: 'running',
  rollback_started: 'running',
  completed: 'succeeded',
  paused: 'paused',
  rollback_paused: 'paused',
  rollback_completed: 'rolled-back',
  unknown: 'unknown',
};

/** What Docker's own word comes to, as long as it is taken for what it says. */
export function toUpdateOutcome(state: UpdateState): UpdateOutcome {
  return OUTCOMES[state];
}

/** The margin for what Swarm does between two tasks. */
const MARGIN_MS = 60_000;

/**
 * What became of the last update. Swarm waits without limit for each new task to run (swarmkit
 * manager/orchestrator/update/updater.go, updateTask), and a lost watch leaves one `updating` for ever (moby/moby#37493): one
 * that moved nothing for longer than the next step takes is stuck, or was never closed. `null`: it never was updated.
 */
export function findUpdateProgress(facts: UpdateFacts): UpdateProgress | null {
  const { service, tasks, nowMs } = facts;
  const { update } = service;
  if (update === null) return null;
  const { completedAtMs } = update;
  const over = {
    isUnclosed: false,
    movedAtMs: null,
    completedAtMs,
    old: 0,
    waitsFor: null,
    recheckAtMs: null,
  };
  const outcome = toUpdateOutcome(update.state);
  if (outcome === 'paused') return findPaused(facts, over);
  if (outcome !== 'running') return { ...over, outcome };
  const wanted = tasks.filter((task) => isWantedTask(task) && !isEndedTask(task));
  const isNew = (task: Task) => isOfNewSpec(service, task);
  const old = wanted.filter((task) => !isNew(task)).length;
  const coming = wanted.filter((task) => isNew(task) && task.state !== 'running');
  const failing = findFailing(
    tasks.filter(isNew),
    wanted.filter((task) => !isNew(task)),
    update,
  );
  const moving = tasks.filter(
    (task) => isNew(task) && (task.state === 'running' || !failing.has(toPlace(task))),
  );
  const movedAtMs = findLastMove(
    update,
    [...moving, ...[...failing.values()].map(({ first }) => first)],
    nowMs,
  );
  if (movedAtMs === null) return { ...over, outcome, old };
  const next = coming.toSorted((a, b) => (a.stateAtMs ?? 0) - (b.stateAtMs ?? 0))[0] ?? null;
  const [fails] = failing.values();
  const waitsFor = fails?.last ?? next;
  const stuckAtMs = movedAtMs + toStepMs(facts) + (waitsFor === null ? 0 : toWaitMs(waitsFor, facts));
  const step = { ...over, movedAtMs, old, waitsFor };
  if (nowMs < stuckAtMs) return { ...step, outcome, recheckAtMs: stuckAtMs };
  const isDone = old === 0 && waitsFor === null && wanted.length >= facts.replicas;
  return isDone ? { ...step, outcome: 'succeeded', isUnclosed: true } : { ...step, outcome: 'stuck' };
}

type Over = Omit<UpdateProgress, 'outcome'>;

/**
 * Swarm stopped it, since a task of it ended: which one its message says, or it is the newest that failed. It takes every
 * end for a failure (swarmkit manager/orchestrator/update/updater.go, failureTriggersAction), that of a task that is to be
 * done once, too: where all of them are done, and well, nothing is left that the pause holds up.
 */
function findPaused({ service, tasks }: UpdateFacts, over: Over): UpdateProgress {
  const isNew = (task: Task) => isOfNewSpec(service, task);
  const isOld = (task: Task) => isWantedTask(task) && !isEndedTask(task) && !isNew(task);
  const named = tasks.find(({ id }) => service.update?.message.includes(id));
  const failed = tasks
    .filter((task) => isNew(task) && (task.state === 'failed' || task.state === 'rejected'))
    .sort((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0))[0];
  const newest = findNewest(tasks);
  const isDone =
    newest.length > 0 &&
    newest.every((task) => isNew(task) && task.state === 'complete' && !endsBadly(service, task, null));
  if (isDone) return { ...over, outcome: 'succeeded' };
  const old = tasks.filter(isOld).length;
  return { ...over, outcome: 'paused', old, waitsFor: (named?.error ? named : failed) ?? null };
}

/** The newest task of each place. */
function findNewest(tasks: readonly Task[]): Task[] {
  const newest = new Map<string, Task>();
  for (const task of tasks) {
    const other = newest.get(toPlace(task));
    if (other === undefined || (task.createdAtMs ?? 0) >= (other.createdAtMs ?? 0))
      newest.set(toPlace(task), task);
  }
  return [...newest.values()];
}

/** So many that failed in one place are no accident. */
const MIN_FAILED = 2;

/**
 * Places where the task before serves on, started first, while one new task after the other fails: whatever Swarm tries
 * there, the update does not move by it (its failure action is to continue).
 */
function findFailing(
  newTasks: readonly Task[],
  oldTasks: readonly Task[],
  { startedAtMs }: ServiceUpdate,
): Map<string, { first: Task; last: Task }> {
  const found = new Map<string, { first: Task; last: Task }>();
  for (const place of new Set(oldTasks.filter(({ state }) => state === 'running').map(toPlace))) {
    const failed = newTasks
      .filter((task) => toPlace(task) === place && (task.state === 'failed' || task.state === 'rejected'))
      .filter(({ createdAtMs }) => createdAtMs !== null && createdAtMs >= (startedAtMs ?? createdAtMs))
      .sort((a, b) => (a.createdAtMs ?? 0) - (b.createdAtMs ?? 0));
    const [first] = failed;
    const last = failed.at(-1);
    if (failed.length >= MIN_FAILED && first && last) found.set(place, { first, last });
  }
  return found;
}

function toPlace({ slot, nodeId }: Task): string {
  return slot === null ? `on ${nodeId}` : String(slot);
}

function findLastMove(update: ServiceUpdate, newTasks: readonly Task[], nowMs: number): number | null {
  let lastMs = update.startedAtMs;
  for (const { createdAtMs, stateAtMs } of newTasks)
    for (const atMs of [createdAtMs, stateAtMs])
      if (atMs !== null && atMs <= nowMs && (lastMs === null || atMs > lastMs)) lastMs = atMs;
  return lastMs;
}

/** From one task to the next: the delay, the old one's grace, the new one's start, and so long as it is watched. */
function toStepMs({ service, slowestStartMs }: UpdateFacts): number {
  const { delayMs, monitorMs } = service.updatePolicy;
  return delayMs + monitorMs + service.stopGraceMs + (slowestStartMs ?? 0) + MARGIN_MS;
}

/** What the task that it waits for may take in the state that it is in. */
function toWaitMs(task: Task, { healthCheck }: UpdateFacts): number {
  if (task.state === 'preparing') return AGE_LIMITS_MS.preparing;
  if (task.state !== 'starting' || healthCheck === null) return 0;
  const { startPeriodMs, retries, intervalMs, timeoutMs } = healthCheck;
  return startPeriodMs + (retries + 1) * (intervalMs + timeoutMs);
}
