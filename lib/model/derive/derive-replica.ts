import {
  type Finding,
  type FindingCause,
  type FindingRef,
  findWorst,
  NO_FINDINGS,
} from '#lib/model/contract/finding.ts';
import type { RootSign } from '#lib/model/contract/node-sign.ts';
import type { Replica, ReplicaHealth } from '#lib/model/contract/picture.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { type Container, findLastRunProbe, hasTrustedHealth } from '#lib/model/docker/container.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { diagnoseReplica } from '#lib/model/findings/diagnose-replica.ts';
import { findLimitRoot, findNearLimits } from '#lib/model/findings/near-limit.ts';
import { suffersFromFullNetwork } from '#lib/model/findings/pending.ts';
import { diagnoseFlapping } from '#lib/model/findings/probes-failing.ts';
import { diagnoseBetweenEnds, findLoopEndAt } from '#lib/model/findings/restarting.ts';
import { findRootSign } from '#lib/model/findings/roots/root-signs.ts';
import { toFinding } from '#lib/model/findings/to-finding.ts';
import { endsBadly, findBadEnds } from '#lib/model/status/bad-ends.ts';
import { decideReplicaStatus } from '#lib/model/status/decide-replica-status.ts';
import { isInRotation } from '#lib/model/status/is-in-rotation.ts';
import { findLoss } from '#lib/model/status/loss.ts';
import { findDecidesAt } from '#lib/model/status/probes.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { findReplicaSince } from '#lib/model/status/replica-since.ts';
import { findRuntimeHang } from '#lib/model/status/runtime-hang.ts';
import { STATUS_FACTS } from '#lib/model/status/severity.ts';
import type { Slot } from '#lib/model/status/slots.ts';
import { findOverdueAt, findSlowStartAt } from '#lib/model/status/slow-start.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

const HOUR_MS = 3_600_000;

/** One replica of the picture, the same object as `previous` where nothing changed, and when to look again. */
export function deriveReplica(
  slot: Slot,
  given: Omit<ReplicaFacts, 'missingSinceMs' | 'seenUpSinceMs' | 'wasFlapping' | 'wasMissing'>,
  previous: Replica | null,
  wording: Wording,
  rootOf: (sign: RootSign | null, taskId: string) => FindingRef | null = () => null,
): { replica: Replica; reason: Reason | null; rootSign: RootSign | null; recheckAtMs: number | null } {
  const { nowMs } = given;
  const task = slot.newest;
  const facts = {
    ...given,
    missingSinceMs: findMissingSince(task, previous, given.nowMs),
    seenUpSinceMs: findSeenUpSince(task, previous),
    wasFlapping: previous?.taskId === task.id && findFlappingSince(previous) !== null,
    wasMissing: previous === null ? null : wasMissing(given, slot, previous),
  };
  const decision = decideReplicaStatus(facts);
  const { status, stuck } = decision;
  const reason = diagnoseReplica(facts, decision);
  const rootSign = findRootSign(facts, slot.key, reason);
  const container = facts.engine?.state === 'live' ? facts.container : null;
  const isSame = previous !== null && previous.status === status && previous.taskId === task.id;
  // What is not known for another reason than before may be so for longer than we have watched.
  const isSettled = isSame && status !== 'unknown';
  const foundMs = isSettled ? nowMs : findReplicaSince(facts, status);
  const sinceMs = isSame ? Math.min(previous.sinceMs, foundMs, nowMs) : foundMs;
  const subject = { kind: 'replica', serviceId: facts.service.id, key: slot.key } as const;
  const findings = toReplicaFindings(facts, { status, reason, sinceMs, previous }, (found) => {
    const limit = findLimitRoot(facts, slot.key, found.reason);
    const because =
      found.reason === reason ? (findRoot(facts, reason) ?? limit ?? rootOf(rootSign, task.id)) : limit;
    return toFinding(found.reason, wording, { subject, sinceMs: found.sinceMs, because });
  });
  const worst = findWorst(findings);
  const replica: Replica = {
    key: slot.key,
    slot: slot.slot,
    nodeId: task.nodeId,
    hostname: facts.node?.hostname ?? null,
    status,
    sinceMs,
    sentence: worst?.sentence ?? null,
    cause: reason?.cause ?? null,
    hint: worst?.hint ?? null,
    evidence: worst?.evidence ?? null,
    stuck,
    taskId: task.id,
    containerId: task.containerId ?? container?.id ?? null,
    taskState: task.state,
    desiredState: task.desiredState,
    error: task.error,
    image: task.image,
    startedAtMs:
      container?.state === 'running' || container?.state === 'paused' ? container.startedAtMs : null,
    health: container === null ? null : toReplicaHealth(container),
    lostWith: status === 'pending' ? (facts.lostWith?.id ?? null) : null,
    recovering: isRecovering(facts, status),
    restarts1h: countRecentEnds(slot, facts),
    inRotation: isInRotation(facts.service, status, container),
    findings,
  };
  return {
    replica: previous !== null && hasEqualContent(previous, replica) ? previous : replica,
    reason,
    rootSign,
    recheckAtMs: earliest(findRecheck(facts, status), decision.recheckAtMs),
  };
}

/** What is said of it: why it is as it is, how often its probes fail, and what its use says. */
function toReplicaFindings(
  facts: ReplicaFacts,
  {
    status,
    reason,
    sinceMs,
    previous,
  }: { status: ReplicaStatus; reason: Reason | null; sinceMs: number; previous: Replica | null },
  word: (found: { reason: Reason; sinceMs: number }) => Finding,
): readonly Finding[] {
  const flapping = status === 'healthy' || status === 'failing' ? diagnoseFlapping(facts) : null;
  const limits = findNearLimits(facts, reason);
  if (reason === null && limits.length === 0) return NO_FINDINGS;
  const knownMs = facts.wasFlapping ? findFlappingSince(previous) : null;
  const flappingSinceMs = Math.min(knownMs ?? facts.nowMs, flapping?.sinceMs ?? facts.nowMs);
  const isMain = reason?.cause === 'probes-flapping';
  const found = reason === null ? [] : [{ reason, sinceMs: isMain ? flappingSinceMs : sinceMs }];
  if (flapping !== null && !isMain) found.push({ reason: flapping.reason, sinceMs: flappingSinceMs });
  return [...found, ...limits].map(word);
}

function findFlappingSince(replica: Replica | null): number | null {
  return replica?.findings.find(({ cause }) => cause === 'probes-flapping')?.sinceMs ?? null;
}

/** The same as long as we have looked for its container in vain. */
function findMissingSince(task: Task, previous: Replica | null, nowMs: number): number {
  const isSame = previous?.taskId === task.id && previous.status === 'unknown';
  const wasMissing = previous?.cause === 'container-unread' || previous?.cause === 'container-missing';
  return isSame && wasMissing ? Math.min(previous.sinceMs, nowMs) : nowMs;
}

/** One that Swarm has missed is up, too, whatever it is called. */
function findSeenUpSince(task: Task, previous: Replica | null): number | null {
  if (previous?.taskId !== task.id) return null;
  const isUp = STATUS_FACTS[previous.status].phase === 'up' || previous.cause === 'start-missed';
  return isUp ? previous.sinceMs : null;
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

const NO_ADDRESSES: FindingRef = { cause: 'addresses-gone', subject: { kind: 'swarm' } };

/** The finding of its node or its network that explains this one: it is said there, and what suffers points to it. */
function findRoot(facts: ReplicaFacts, reason: Reason): FindingRef | null {
  const { node, lostWith, engine, container, engineOf } = facts;
  const { cause } = reason;
  if (suffersFromFullNetwork(facts, reason)) return NO_ADDRESSES;
  if (cause === 'node-down') {
    const lost = lostWith ?? node;
    const isCutOff = lost !== null && engineOf(lost.id)?.state === 'live';
    return toRef(isCutOff ? 'node-cut-off' : 'node-down', lost?.id);
  }
  if (cause === 'starting-after-loss') {
    const loss = findLoss(facts);
    if (loss?.now !== 'down') return null;
    return toRef(
      engineOf(loss.node?.id ?? '')?.state === 'live' ? 'node-cut-off' : 'node-down',
      loss.node?.id,
    );
  }
  if (cause === 'container-unread' && container?.unread?.hangs === true)
    return toRef('runtime-stuck', node?.id);
  if (container !== null && isOfProbes(cause) && findRuntimeHang(container, facts) !== null)
    return toRef('runtime-stuck', node?.id);
  if (cause !== 'engine-unread' || engine?.state === 'connecting') return null;
  const isSetUp = engine !== null && engine.state !== 'unconfigured';
  return toRef(isSetUp ? 'engine-unread' : 'engine-unconfigured', node?.id);
}

/** What a runtime that hangs shows as: no probe, or one that could not be started. */
function isOfProbes(cause: Reason['cause']): boolean {
  return cause === 'probe-overdue' || cause === 'probe-failing' || cause === 'probe-timeout';
}

function toRef(cause: FindingCause, nodeId: string | undefined): FindingRef | null {
  return nodeId === undefined ? null : { cause, subject: { kind: 'node', nodeId } };
}

/** When a start that goes on becomes worth another word, or a crash loop is over; `null` when time changes nothing. */
function findRecheck(facts: ReplicaFacts, status: ReplicaStatus): number | null {
  const moments =
    status === 'starting'
      ? [findSlowStartAt(facts), findOverdueAt(facts)]
      : STATUS_FACTS[status].passing
        ? [findLoopEndAt(facts)]
        : [];
  const later = moments.filter((atMs) => atMs !== null && atMs > facts.nowMs);
  return later.length === 0 ? null : Math.min(...(later as number[]));
}

/** What was missing is missing until it is up, whatever became of the tasks that show why; a job's next run is another. */
function wasMissing(
  { service }: { service: Service },
  { newest, earlier }: Slot,
  previous: Replica,
): boolean {
  const { status, recovering, taskId } = previous;
  if (status !== 'lost' && !(recovering && STATUS_FACTS[status].phase === 'coming')) return false;
  return !isJob(service) || newest.id === taskId || earlier.some(({ id }) => id === taskId);
}

function isRecovering(facts: ReplicaFacts, status: ReplicaStatus): boolean {
  if (STATUS_FACTS[status].phase === 'coming')
    return findBadEnds(facts).length > 0 || facts.wasMissing === true || findLoss(facts) !== null;
  return STATUS_FACTS[status].passing && diagnoseBetweenEnds(facts) !== null;
}

function toReplicaHealth(container: Container): ReplicaHealth | null {
  const { health, healthCheck } = container;
  if (health === null || !hasTrustedHealth(container)) return null;
  return {
    status: health.status,
    failingStreak: health.failingStreak,
    retries: healthCheck?.retries ?? 0,
    lastProbe: findLastRunProbe(container),
    decidesAtMs: findDecidesAt(container),
  };
}

function countRecentEnds(
  slot: Slot,
  { service, container, forgotten, lastContainerOf, nowMs }: ReplicaFacts,
): number {
  const isRecent = (task: Task) => task.stateAtMs !== null && task.stateAtMs > nowMs - HOUR_MS;
  const ended = [...slot.earlier, ...forgotten].filter(
    (task) => isRecent(task) && endsBadly(service, task, lastContainerOf(task)),
  );
  return ended.length + (isRecent(slot.newest) && endsBadly(service, slot.newest, container) ? 1 : 0);
}
