import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { type Container, hasTrustedHealth } from '#lib/model/docker/container.ts';
import { isWantedTask, type Task } from '#lib/model/docker/task.ts';
import { findNextAge } from '#lib/model/text/describe-age.ts';
import { type LateKind, REASON_AGES_MS } from './age-limits.ts';
import { endsBadly, findMissedAt, hasEndedBadly } from './bad-ends.ts';
import { findLasting, findProbeGap, type Lasting } from './late.ts';
import type { ReplicaFacts } from './replica-facts.ts';
import { findUnhealthySince } from './replica-since.ts';

export interface ReplicaDecision {
  status: ReplicaStatus;
  /** Unhealthy for longer than Swarm takes to stop it: it was missed, or cannot be stopped. */
  stuck: boolean;
  /** It lasts for longer than it should; `null` while it does not. */
  late: Lasting | null;
  /** Our clock: when the decision changes by time alone; `null` when it does not. */
  recheckAtMs: number | null;
}

/** On networks other than bridge, Swarm waits this long before it stops a container (moby executor/container/controller.go). */
const LEAVE_NETWORK_MS = 2_000;
const STUCK_MARGIN_MS = 5_000;

/**
 * The status of one replica. The manager's list says what Swarm wants and believes; the engine's container says what
 * is. The container wins wherever its engine is live, since its events beat the manager's list; where it cannot be
 * read, a running task is `unknown`.
 */
export function decideReplicaStatus(facts: ReplicaFacts): ReplicaDecision {
  const lasting = passOverUnseen(findLasting(facts), facts.unreadSinceMs);
  const passed = lasting !== null && facts.nowMs >= lasting.lateAtMs ? lasting : null;
  const decision = decideStatus(facts, passed);
  const late = passed !== null && isAgeOf(decision.status, passed, facts.engine) ? passed : null;
  const { task, nowMs } = facts;
  if (lasting === null && decision.status === 'pending' && task?.stateAtMs != null) {
    // A reason that was given long ago says how old it is.
    const agesAtMs = task.stateAtMs + REASON_AGES_MS;
    const recheckAtMs = nowMs < agesAtMs ? agesAtMs : findNextAge(task.stateAtMs, nowMs);
    return { ...decision, recheckAtMs };
  }
  if (lasting === null || decision.late !== null) return decision;
  // What is late and says nothing of its status, such as of one that is lost, says nothing more later on.
  if (late === null && passed !== null) return decision;
  const nextMs = late === null ? lasting.lateAtMs : findNextAge(late.sinceMs, nowMs);
  return { ...decision, late, recheckAtMs: Math.min(decision.recheckAtMs ?? nextMs, nextMs) };
}

const MISSED: ReadonlySet<LateKind> = new Set(['start-missed', 'end-missed', 'container-missing']);

/** While no manager is read, it may have done what it seems to have missed. What was late before that was so. */
function passOverUnseen(lasting: Lasting | null, unreadSinceMs: number | null): Lasting | null {
  if (lasting === null || unreadSinceMs === null || !MISSED.has(lasting.kind)) return lasting;
  return lasting.lateAtMs > unreadSinceMs ? null : lasting;
}

/** Does its status last too long? One that is lost with its node does not stop either: that is no news. */
function isAgeOf(status: ReplicaStatus, { kind }: Lasting, engine: ReplicaFacts['engine']): boolean {
  if (status === 'lost') return kind === 'node-gone';
  if (status === 'unknown' && kind === 'starting') return !isUnread(engine);
  return (status === 'stopping') === (kind === 'stopping');
}

function decideStatus(facts: ReplicaFacts, late: Lasting | null): ReplicaDecision {
  const { task, node } = facts;
  if (task === null || task.state === 'unknown' || task.desiredState === 'unknown') return just('unknown');
  switch (task.state) {
    case 'orphaned':
      return just('lost');
    case 'failed':
    case 'rejected':
      return just('failed');
    case 'complete':
      return decideEnded(facts, facts.container);
    case 'shutdown':
    case 'remove':
      return just('stopping');
    default:
  }
  if (node?.status === 'down') return just('lost');
  if (!isWantedTask(task)) return just('stopping');
  if (late?.kind === 'node-gone') return just('lost');
  if (task.desiredState === 'ready' && isAfterBadEnd(facts)) return just('failed');
  // Nothing but its task tells of it.
  if (facts.service.isPlugin && task.state === 'running') return just('running');
  const container = facts.engine?.state === 'live' ? facts.container : null;
  if (container !== null && container.state !== 'created') {
    const decision = decideFromContainer(facts, task, container);
    // It is well, and Swarm waits for it all the same: it gets no traffic.
    return late?.kind === 'start-missed' ? { ...decision, status: 'starting' } : decision;
  }
  // The manager's word on a start is as old as what its node last said, and that node's engine has fallen silent, or nobody
  // can look there how long the start has taken by now.
  if (task.state === 'starting' && (isSilent(facts.engine) || (isUnread(facts.engine) && late !== null)))
    return just('unknown');
  return just(decideFromTask(task, container));
}

function isSilent(engine: ReplicaFacts['engine']): boolean {
  return engine?.state === 'unreachable' || engine?.state === 'stale';
}

function isUnread(engine: ReplicaFacts['engine']): boolean {
  return engine?.state !== 'live';
}

/** What the manager's list alone shows, or with it a container that was not started yet. */
function decideFromTask(task: Task, container: Container | null): ReplicaStatus {
  switch (task.state) {
    case 'new':
    case 'pending':
      return 'pending';
    case 'assigned':
    case 'accepted':
    case 'preparing':
    case 'ready':
      return 'preparing';
    case 'starting':
      return container === null ? 'starting' : 'preparing';
    default:
      return 'unknown';
  }
}

function decideFromContainer(facts: ReplicaFacts, task: Task, container: Container): ReplicaDecision {
  switch (container.state) {
    case 'paused':
      return just('paused');
    case 'restarting':
      return just('starting');
    case 'removing':
    case 'exited':
    case 'dead':
      return decideEnded(facts, container);
    default:
  }
  const { health, healthCheck } = container;
  // What its engine cannot tell now is old; but one that was called unhealthy stays so until a probe passes.
  if (container.unread !== null && health?.status !== 'unhealthy') return just('unknown');
  const gap = findProbeGap(container);
  if (gap !== null)
    return { ...just('unknown'), late: gap, recheckAtMs: findNextAge(gap.sinceMs, facts.nowMs) };
  if (health === null) {
    if (healthCheck === null && !container.healthCheckInvalid) return just('running');
    return just(task.state === 'running' ? 'unknown' : 'starting');
  }
  if (!hasTrustedHealth(container)) return just('unknown');
  if (health.status === 'starting') return just('starting');
  if (health.status === 'healthy') return just(health.failingStreak > 0 ? 'failing' : 'healthy');
  return decideUnhealthy(facts, container);
}

function decideEnded(facts: ReplicaFacts, container: Container | null): ReplicaDecision {
  if (hasEndedBadly(facts, container)) return just('failed');
  const missedAtMs = findMissedAt(facts);
  return {
    ...just('complete'),
    recheckAtMs: missedAtMs !== null && missedAtMs > facts.nowMs ? missedAtMs : null,
  };
}

function decideUnhealthy({ service, nowMs }: ReplicaFacts, container: Container): ReplicaDecision {
  const sinceMs = findUnhealthySince(container) ?? container.readAtMs;
  const stuckAtMs = sinceMs + LEAVE_NETWORK_MS + service.stopGraceMs + STUCK_MARGIN_MS;
  const stuck = nowMs >= stuckAtMs;
  return { status: 'unhealthy', stuck, late: null, recheckAtMs: stuck ? null : stuckAtMs };
}

/** The replacement waits for the restart delay (desired `ready`), and the task before it ended badly. */
function isAfterBadEnd({ service, earlier, lastContainerOf }: ReplicaFacts): boolean {
  const before = earlier[0];
  if (before === undefined) return false;
  return endsBadly(service, before, lastContainerOf(before));
}

function just(status: ReplicaStatus): ReplicaDecision {
  return { status, stuck: false, late: null, recheckAtMs: null };
}
