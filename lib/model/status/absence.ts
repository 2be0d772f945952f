import type { Replica } from '#lib/model/contract/picture.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import { findExclusion, findExpectedNodes } from '#lib/model/docker/placement.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';
import { compareTasks, isEndedTask, isUpTask, isWantedTask, type Task } from '#lib/model/docker/task.ts';
import type { NodeReason } from '#lib/model/docker/task-error.ts';
import { AGE_LIMITS_MS } from './age-limits.ts';

/** So long may Swarm take to make tasks, or to place them, before that is a problem. */
export const GRACE_MS = 10_000;

/** What a manager lists: all tasks of the service, and all nodes. */
export interface Listed {
  tasks: readonly Task[];
  nodes: () => readonly SwarmNode[];
}

const NOTHING_LISTED: Listed = { tasks: [], nodes: () => [] };

/**
 * Replicas wanted that no task stands for: on their way after a change of the service, else missing. A service without
 * any task is being made, or its tasks were not listed yet: that takes a little longer.
 */
export function findAbsence(
  service: Service,
  replicas: readonly Pick<Replica, 'status'>[],
  nowMs: number,
  listed: Listed = NOTHING_LISTED,
): Absence {
  const kept = replicas.filter(({ status }) => status !== 'stopping').length;
  const { mode } = service;
  // How many it should have nobody here knows.
  if (mode.kind === 'unknown') return PRESENT;
  if (mode.kind === 'replicated-job')
    return findUndone(service, mode.totalCompletions, replicas, nowMs, listed.tasks);
  const wanted = mode.kind === 'replicated' ? mode.replicas : 1;
  const isByNode = mode.kind === 'global' || mode.kind === 'global-job';
  const isListed = mode.kind === 'global' || kept > 0 || listed.tasks.length > 0;
  const places = isByNode && isListed ? findMissingPlaces(service, listed, nowMs) : NO_PLACES;
  if (places.hosts.length > 0 || kept >= wanted) return { ...PRESENT, ...places };
  const changedAtMs = Math.min(service.updatedAtMs ?? service.createdAtMs ?? nowMs, nowMs);
  const graceEndMs = changedAtMs + GRACE_MS;
  if (nowMs < graceEndMs) return { ...PRESENT, isComing: true, recheckAtMs: graceEndMs };
  if (isByNode) return { ...PRESENT, ...places, excluded: findNowhere(service, listed) };
  const missingAtMs = replicas.length > 0 ? graceEndMs : changedAtMs + AGE_LIMITS_MS.unmade;
  if (nowMs < missingAtMs) return { ...PRESENT, isComing: true, recheckAtMs: missingAtMs };
  return { ...PRESENT, isMissing: true };
}

/**
 * Of a replicated job that is not done something is under way: Swarm makes the next task as soon as one is complete, and keeps
 * those that are (swarmkit orchestrator/jobs/replicated/reconciler.go, taskreaper). One that was given up is a replica that says
 * so, and while one works Swarm looks again at its end.
 */
function findUndone(
  service: Service,
  totalCompletions: number,
  replicas: readonly Pick<Replica, 'status'>[],
  nowMs: number,
  tasks: readonly Task[],
): Absence {
  const isUnderWay = replicas.some(({ status }) => status !== 'complete' && status !== 'stopping');
  const done = replicas.filter(({ status }) => status === 'complete').length;
  if (isUnderWay || done >= totalCompletions) return PRESENT;
  const moves = [service, ...tasks].flatMap(toMoves);
  const movedAtMs = moves.reduce((latest, one) => Math.max(latest, Math.min(one, nowMs)), 0);
  const missingAtMs = (moves.length > 0 ? movedAtMs : nowMs) + AGE_LIMITS_MS.unmade;
  // Between two tasks it works on.
  if (nowMs < missingAtMs) return { ...PRESENT, isComing: done === 0, recheckAtMs: missingAtMs };
  return { ...PRESENT, isMissing: true };
}

/** When something was last done about it. */
function toMoves(one: Service | Task): number[] {
  const { createdAtMs, updatedAtMs } = one;
  return [createdAtMs, updatedAtMs, 'stateAtMs' in one ? one.stateAtMs : null].filter((at) => at !== null);
}

export interface Absence {
  isMissing: boolean;
  isComing: boolean;
  /** Of a global service or job: the nodes that should have a replica, and have none. */
  hosts: readonly string[];
  /** Of a global job: the nodes that joined after it was begun. Swarm runs it there only when it looks at the job again. */
  lateHosts: readonly string[];
  /** Why no node gets a replica of a global service; `null`: some should, or it is none. */
  excluded: Exclusion | null;
  /** Our clock: when time alone changes it; `null`: it does not. */
  recheckAtMs: number | null;
}

export interface Exclusion {
  reasons: NodeReason[];
  /** Our clock: since then nothing has changed that it follows from; `null`: not known. */
  sinceMs: number | null;
}

const PRESENT: Absence = {
  isMissing: false,
  isComing: false,
  hosts: [],
  lateHosts: [],
  excluded: null,
  recheckAtMs: null,
};

type Places = Pick<Absence, 'hosts' | 'lateHosts' | 'recheckAtMs'>;

const NO_PLACES: Places = { hosts: [], lateHosts: [], recheckAtMs: null };

/** Only where each task that ends is replaced: else what there was of it may be cleaned up. */
function findNowhere(service: Service, { nodes }: Listed): Exclusion | null {
  if (service.restart.condition !== 'any' || (service.restart.maxAttempts ?? 0) > 0) return null;
  const all = nodes();
  const reasons = all.length === 0 ? null : findExclusion(service, all);
  if (reasons === null) return null;
  const changes = [service, ...all].flatMap(({ updatedAtMs }) => updatedAtMs ?? []);
  return { reasons, sinceMs: changes.length === 0 ? null : Math.max(...changes) };
}

/**
 * Nodes that a global service should run on and that it has no task for: none was ever made, or Swarm stopped the last one
 * and made no other. Only where each task that ends is replaced: else its history may be all that there was, and that is
 * cleaned up. What a job's present run did is kept; a node that changed since it began may have taken no tasks then, and
 * Swarm does not run it there when it does again (seen on 29).
 */
function findMissingPlaces(service: Service, { tasks, nodes }: Listed, nowMs: number): Places {
  const isOfJob = isJob(service);
  const isReplaced = service.restart.condition === 'any' && (service.restart.maxAttempts ?? 0) === 0;
  if (!isReplaced && !isOfJob) return NO_PLACES;
  const expected = findExpectedNodes(service, nodes());
  if (expected.length === 0) return NO_PLACES;
  const newest = findNewestByNode(service, tasks);
  const serviceAtMs = service.updatedAtMs ?? service.createdAtMs ?? nowMs;
  const hosts: string[] = [];
  const lateHosts: string[] = [];
  let recheckAtMs: number | null = null;
  for (const { id, hostname, updatedAtMs, createdAtMs } of expected) {
    const last = newest.get(id);
    if (last !== undefined && !wasStopped(service, last)) continue;
    const nodeAtMs = updatedAtMs ?? createdAtMs ?? 0;
    if (isOfJob && last === undefined && nodeAtMs > serviceAtMs) {
      lateHosts.push(hostname);
      continue;
    }
    const sinceMs = Math.min(Math.max(serviceAtMs, nodeAtMs, last?.stateAtMs ?? 0), nowMs);
    const missingAtMs = sinceMs + AGE_LIMITS_MS.unmade;
    if (nowMs >= missingAtMs) hosts.push(hostname);
    else recheckAtMs = Math.min(recheckAtMs ?? missingAtMs, missingAtMs);
  }
  return { hosts: hosts.sort(), lateHosts: lateHosts.sort(), recheckAtMs };
}

/** The task that says what became of it on each node: of a job's present run, the one that is complete before all others. */
function findNewestByNode(service: Service, tasks: readonly Task[]): Map<string | null, Task> {
  const isOfJob = isJob(service);
  const isDone = (task: Task) => isOfJob && task.state === 'complete';
  const newest = new Map<string | null, Task>();
  for (const task of tasks) {
    if (isOfJob && (task.jobIteration ?? 0) !== (service.jobIteration ?? 0)) continue;
    const other = newest.get(task.nodeId);
    if (other === undefined || isDone(task) || (!isDone(other) && compareTasks(task, other) < 0))
      newest.set(task.nodeId, task);
  }
  return newest;
}

/**
 * Gone, be it that Swarm still wants it: what ended by itself is a replica still, and says why it ended, as long as Swarm
 * keeps it. Jobs keep what they did.
 */
function wasStopped(service: Service, task: Task): boolean {
  if (task.state === 'shutdown' || task.state === 'remove') return !isJob(service) || !isWantedTask(task);
  if (isWantedTask(task) || isJob(service)) return false;
  if (!isEndedTask(task)) return !isUpTask(task);
  return task.desiredState === 'remove' || task.state === 'orphaned';
}
