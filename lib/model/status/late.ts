import {
  type Container,
  findLastRunProbe,
  findProbeSign,
  hasTrustedHealth,
  isDeadContainer,
  selectRunProbes,
} from '#lib/model/docker/container.ts';
import { toPauseMs } from '#lib/model/docker/health-check.ts';
import { isBefore, isEndedTask, isWantedTask, type Task } from '#lib/model/docker/task.ts';
import { AGE_LIMITS_MS, type LateKind } from './age-limits.ts';
import type { ReplicaFacts } from './replica-facts.ts';

/** A state that lasts, and when it is too long. */
export interface Lasting {
  kind: LateKind;
  /** Our clock, when it began, as far as it shows. */
  sinceMs: number;
  /** From then on it is a problem. */
  lateAtMs: number;
}

/** The state of a task that is on its way up or down, if it is one that may last only so long. */
export function findLasting(facts: ReplicaFacts): Lasting | null {
  const { task, container } = facts;
  if (task === null) return null;
  const isLive = facts.engine?.state === 'live' && !facts.service.isPlugin;
  // One that has stopped and is not replaced (restart condition none, on a drained node) is not still there.
  if (!isWantedTask(task)) return isEndedTask(task) ? null : findStopping(facts, task);
  const sinceMs = findStateAt(task, facts.nowMs);
  const last = (kind: LateKind, moreMs = 0, fromMs = sinceMs): Lasting => ({
    kind,
    sinceMs: Math.min(fromMs, facts.nowMs),
    lateAtMs: fromMs + AGE_LIMITS_MS[kind] + moreMs,
  });
  if (task.nodeId !== null && facts.node === null && !isEndedTask(task)) return last('node-gone');
  // Swarm has none of its containers restarted by Docker: one that is told to be comes up within a minute, or it hangs.
  if (isLive && container?.state === 'restarting' && !isEndedTask(task))
    return last('starting', 0, Math.max(toPast(container.finishedAtMs, facts.nowMs), sinceMs));
  const here =
    isLive && isBefore(task.state, 'running') && container !== null && container.state !== 'created';
  if (here) return findUnseen(container, { task, sinceMs, facts, last });
  switch (task.state) {
    case 'new':
      return last('allocating');
    case 'pending':
      return task.error === null || task.error === '' ? last('scheduling') : null;
    case 'assigned':
    case 'accepted':
      return task.desiredState === 'ready' ? findWaiting(facts, last) : last('assigned');
    case 'preparing':
      return last('preparing');
    case 'ready':
      return task.desiredState === 'ready' ? findWaiting(facts, last) : last('starting');
    case 'starting':
      return last('starting');
    case 'running':
      if (!isLive) return null;
      // One that was never started is as good as none.
      if (container === null || container.state === 'created')
        return last('container-missing', 0, facts.missingSinceMs);
      if (!isDeadContainer(container) || facts.node?.status !== 'ready') return null;
      return last('end-missed', 0, Math.max(toPast(container.finishedAtMs, facts.nowMs), sinceMs));
    default:
      return null;
  }
}

/** A clock that was wrong by more than this when it wrote a time says nothing with it. */
const AHEAD_MS = 10_000;

/** What its task waits for is there, and so was it for too long: managers that still list it as on its way have missed it. */
function findUnseen(
  container: Container,
  of: {
    task: Task;
    sinceMs: number;
    facts: ReplicaFacts;
    last: (kind: LateKind, moreMs: number, fromMs: number) => Lasting;
  },
): Lasting | null {
  const isEnded = isDeadContainer(container);
  const seenMs = isEnded ? container.finishedAtMs : findUpSince(container, of.facts);
  if (seenMs === null && !isEnded) return null;
  // An agent tells of a start before its container is up: how long it then takes nobody has to look for.
  const moreMs = of.task.state === 'starting' || isEnded ? 0 : AGE_LIMITS_MS.starting;
  return of.last(
    isEnded ? 'end-missed' : 'start-missed',
    moreMs,
    Math.max(toPast(seenMs, of.facts.nowMs), of.sinceMs),
  );
}

/** 0: it is still to come, or not known. */
const toPast = (atMs: number | null, nowMs: number): number =>
  atMs !== null && atMs <= nowMs + AHEAD_MS ? atMs : 0;

/**
 * Our clock, when the task came to its state, as far as it shows. One that is still to come would keep what hangs from
 * ever being late: then what its manager wrote counts, and the beginning of all at last.
 */
function findStateAt({ stateAtMs, updatedAtMs, createdAtMs }: Task, nowMs: number): number {
  const times = stateAtMs === null ? [createdAtMs] : [stateAtMs, updatedAtMs, createdAtMs];
  return times.find((atMs) => atMs !== null && atMs <= nowMs + AHEAD_MS) ?? nowMs;
}

/** Told to wait: for the restart delay, and for the task before it to end. */
function findWaiting({ service }: ReplicaFacts, last: (kind: LateKind, moreMs: number) => Lasting): Lasting {
  return last('waiting', service.restart.delayMs + service.stopGraceMs);
}

/**
 * Told to stop, and still there. What the node missed while it was away it does when it is back, and is given the time
 * for it then.
 */
function findStopping({ service, node, nowMs }: ReplicaFacts, task: Task): Lasting {
  return findStoppingOf(task, { stopGraceMs: service.stopGraceMs, node, nowMs });
}

/** The same for any task that was told to stop. */
export function findStoppingOf(
  task: Task,
  { stopGraceMs, node, nowMs }: Pick<ReplicaFacts, 'node' | 'nowMs'> & { stopGraceMs: number },
): Lasting {
  const sinceMs = Math.min(task.updatedAtMs ?? task.stateAtMs ?? nowMs, nowMs);
  const fromMs = Math.max(sinceMs, Math.min(node?.updatedAtMs ?? 0, nowMs));
  return { kind: 'stopping', sinceMs, lateAtMs: fromMs + stopGraceMs + AGE_LIMITS_MS.stopping };
}

/**
 * Since when a container is what its task waits for: healthy, or up without a check; `null` while it is not. Its log goes
 * back five probes alone, which may be fewer seconds than are waited for here.
 */
function findUpSince(container: Container, { seenUpSinceMs }: ReplicaFacts): number | null {
  if (container.state !== 'running' || container.unread !== null) return null;
  const { health, healthCheck, healthCheckInvalid, startedAtMs } = container;
  if (health === null) return healthCheck === null && !healthCheckInvalid ? startedAtMs : null;
  if (!hasTrustedHealth(container) || health.status !== 'healthy') return null;
  const probes = selectRunProbes(container);
  const firstPassed = probes.find(({ exitCode }) => exitCode === 0);
  if (health.statusSinceMs !== null) return health.statusSinceMs;
  const loggedMs = firstPassed?.endedAtMs ?? startedAtMs;
  return loggedMs === null || seenUpSinceMs === null ? loggedMs : Math.min(loggedMs, seenUpSinceMs);
}

/**
 * A container whose last probe is older than its interval and timeout allow: its prober hangs, or cannot start a probe
 * at all, and what it said last is old (moby/moby#36680). Judged by the moment at which its engine was last asked.
 */
export function findProbeGap(container: Container): (Lasting & { lastAtMs: number | null }) | null {
  const { health, healthCheck, startedAtMs, inspectedAtMs, state } = container;
  if (state !== 'running' || health === null || healthCheck === null || inspectedAtMs === null) return null;
  const last = findLastRunProbe(container);
  const fromMs = findProbeSign(container) ?? startedAtMs;
  if (health.status === 'unhealthy' || fromMs === null) return null;
  // Where its start is not told, its start period is long over.
  const sinceStartMs = (last?.endedAtMs ?? fromMs) - (startedAtMs ?? 0);
  const pauseMs = toPauseMs(healthCheck, health.status === 'starting', sinceStartMs);
  const lateAtMs = fromMs + pauseMs + healthCheck.timeoutMs + Math.max(AGE_LIMITS_MS.probe, pauseMs / 4);
  if (inspectedAtMs < lateAtMs) return null;
  return { kind: 'probe', sinceMs: fromMs, lateAtMs, lastAtMs: last && fromMs };
}
