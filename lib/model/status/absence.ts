import type { Replica } from '#lib/model/contract/picture.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import { findExclusion, findExpectedNodes } from '#lib/model/docker/placement.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';
import { compareTasks, isWantedTask, type Task } from '#lib/model/docker/task.ts';
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
  const wanted =
    mode.kind === 'replicated'
      ? mode.replicas
      : mode.kind === 'replicated-job'
        ? Math.min(1, mode.totalCompletions)
        : 1;
  if (mode.kind === 'global' || (mode.kind === 'global-job' && kept > 0)) {
    const places = findMissingPlaces(service, listed, nowMs);
    if (places.hosts.length > 0) return { ...PRESENT, ...places };
    if (kept >= wanted) return { ...PRESENT, ...places };
  }
  if (kept >= wanted) return PRESENT;
  const isByNode = mode.kind === 'global' || mode.kind === 'global-job';
  const changedAtMs = Math.min(service.updatedAtMs ?? service.createdAtMs ?? nowMs, nowMs);
  const graceEndMs = changedAtMs + GRACE_MS;
  if (nowMs < graceEndMs) return { ...PRESENT, isComing: true, recheckAtMs: graceEndMs };
  if (isByNode) return { ...PRESENT, excluded: findNowhere(service, listed) };
  const missingAtMs = replicas.length > 0 ? graceEndMs : changedAtMs + AGE_LIMITS_MS.unmade;
  if (nowMs < missingAtMs) return { ...PRESENT, isComing: true, recheckAtMs: missingAtMs };
  return { ...PRESENT, isMissing: true };
}

export interface Absence {
  isMissing: boolean;
  isComing: boolean;
  /** Of a global service or job: the nodes that should have a replica, and have none. */
  hosts: readonly string[];
  /** Of a global job: the nodes that could take tasks only after it was begun. Swarm never runs it there. */
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
 * cleaned up. What a job's present run did is kept, and one that is begun is not extended to nodes that come later (seen on
 * 29).
 */
function findMissingPlaces(
  service: Service,
  { tasks, nodes }: Listed,
  nowMs: number,
): Pick<Absence, 'hosts' | 'lateHosts' | 'recheckAtMs'> {
  const none = { hosts: [], lateHosts: [], recheckAtMs: null };
  const isOfJob = isJob(service);
  const isReplaced = service.restart.condition === 'any' && (service.restart.maxAttempts ?? 0) === 0;
  if (!isReplaced && !isOfJob) return none;
  const expected = findExpectedNodes(service, nodes());
  if (expected.length === 0) return none;
  const newest = new Map<string | null, Task>();
  for (const task of tasks) {
    if (isOfJob && (task.jobIteration ?? 0) !== (service.jobIteration ?? 0)) continue;
    const other = newest.get(task.nodeId);
    if (other === undefined || compareTasks(task, other) < 0) newest.set(task.nodeId, task);
  }
  const serviceAtMs = service.updatedAtMs ?? service.createdAtMs ?? nowMs;
  const hosts: string[] = [];
  const lateHosts: string[] = [];
  let recheckAtMs: number | null = null;
  for (const { id, hostname, updatedAtMs, createdAtMs } of expected) {
    const last = newest.get(id);
    if (last !== undefined && (isOfJob || !wasStopped(last))) continue;
    const nodeAtMs = updatedAtMs ?? createdAtMs ?? nowMs;
    if (isOfJob && nodeAtMs > serviceAtMs) {
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

/** Told to stop, and gone: what ended by itself is a replica still, and says why it ended. */
function wasStopped(task: Task): boolean {
  return !isWantedTask(task) && (task.state === 'shutdown' || task.state === 'remove');
}
