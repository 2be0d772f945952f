import type { Container } from '#lib/model/docker/container.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { endsBadly, SISTERS_MS } from './bad-ends.ts';

/** What is done within a day of its start may be a task that is done once; what ended later had served. */
const DONE_WITHIN_MS = 86_400_000;

/** What ended so may have run until then: not what no node took, or could prepare. */
const HAS_RUN: ReadonlySet<Task['state']> = new Set(['complete', 'shutdown', 'failed']);

/** So many replicas of one service are done, and so many run on. */
export interface Batch {
  done: number;
  running: number;
  /** Our clock, from when on that is worth a word. */
  lateAtMs: number;
}

/**
 * Replicas of what may well be done once, while its slowest run on: nothing of Docker's tells that from a server that ended with
 * 0 and is not started again, but that a server publishes a port, has a health check, runs on each node or has served for long,
 * and that most of it is still there. `null`: it looks like a server, or all is done.
 *
 * @param earlier tasks in the places of these, which show what it was before its last update
 */
export function findBatch(
  service: Service,
  present: readonly { task: Task; container: Container | null }[],
  earlier: readonly Task[],
): Batch | null {
  const { mode, restart, ports, healthCheck } = service;
  if (mode.kind !== 'replicated' || restart.condition === 'any' || ports.length > 0) return null;
  const checked = present.some(({ container }) => container !== null && container.healthCheck !== null);
  if (checked || (healthCheck !== null && healthCheck.test !== null)) return null;
  const done = present.filter(({ task }) => task.state === 'complete');
  const running = present.filter(({ container }) => container?.state === 'running').length;
  if (running === 0 || done.length <= running) return null;
  if (done.some(({ task, container }) => !isShort(task) || endsBadly(service, task, container))) return null;
  if (earlier.some((task) => HAS_RUN.has(task.state) && !isShort(task))) return null;
  const lastMs = Math.max(...done.map(({ task }) => task.stateAtMs ?? 0));
  return { done: done.length, running, lateAtMs: lastMs + SISTERS_MS };
}

function isShort({ createdAtMs, stateAtMs }: Task): boolean {
  return createdAtMs !== null && stateAtMs !== null && stateAtMs - createdAtMs < DONE_WITHIN_MS;
}
