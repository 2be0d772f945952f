import { type FindingCause, type FindingRef, NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { FullNetwork } from '#lib/model/contract/finding-facts.ts';
import { NO_ROOT_SIGNS, type NodeSign, type RootSign } from '#lib/model/contract/node-sign.ts';
import type { Replica, ServiceHead, ServicePicture } from '#lib/model/contract/picture.ts';
import { toServiceHead } from '#lib/model/contract/picture-lookup.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { CheckedSibling } from '#lib/model/contract/subject-facts.ts';
import type { UpdateOutcome, UpdatePicture } from '#lib/model/contract/update.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { type Container, isDeadContainer } from '#lib/model/docker/container.ts';
import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import { findOffNode } from '#lib/model/docker/placement.ts';
import type { ProbeLine } from '#lib/model/docker/probe-line.ts';
import { refineHealthCheck, type Service, type ServiceUpdate } from '#lib/model/docker/service.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { isWantedTask, type Task } from '#lib/model/docker/task.ts';
import type { UsageSigns } from '#lib/model/docker/usage-signs.ts';
import { adviseService } from '#lib/model/findings/advise-service.ts';
import { findMissingCheck } from '#lib/model/findings/check-remarks.ts';
import { findDisagreement } from '#lib/model/findings/disagreement.ts';
import { isLeftNode } from '#lib/model/findings/find-node-findings.ts';
import { findOwnFindings } from '#lib/model/findings/find-service-findings.ts';
import { findPortFindings, type PortFacts } from '#lib/model/findings/ports.ts';
import {
  findKillRecheck,
  findOthersDone,
  findRemarks,
  type PresentTask,
} from '#lib/model/findings/remarks.ts';
import { toServiceStatement } from '#lib/model/findings/service-statement.ts';
import { toFindings } from '#lib/model/findings/to-finding.ts';
import { toUpdateStatement } from '#lib/model/findings/update.ts';
import { type Absence, findAbsence } from '#lib/model/status/absence.ts';
import { findBatch } from '#lib/model/status/batch.ts';
import { countReplicas, type ReplicaCounts } from '#lib/model/status/count-replicas.ts';
import { decideVerdict, isDoubt } from '#lib/model/status/decide-verdict.ts';
import { findVerdictSince } from '#lib/model/status/find-verdict-since.ts';
import { findLostWith } from '#lib/model/status/loss.ts';
import type { ProbeTally } from '#lib/model/status/probe-tally.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { groupSlots, type Slot, selectSlots } from '#lib/model/status/slots.ts';
import { findSlowestStart } from '#lib/model/status/slow-start.ts';
import { findUpdateProgress } from '#lib/model/status/update-progress.ts';
import { findNextAge } from '#lib/model/text/describe-age.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { once } from '#lib/model/text/once.ts';
import { deriveReplica } from './derive-replica.ts';

export interface ServiceFacts {
  service: Service;
  /** All tasks of this service that the manager lists, in any order. */
  tasks: Task[];
  /** Tasks of it that we remember; those that are also in `tasks` are ignored. */
  remembered: readonly Task[];
  nodeOf: (nodeId: string) => SwarmNode | null;
  /** All that a manager lists. */
  nodes: () => readonly SwarmNode[];
  /** A task's own container as its engine has it now. */
  containerOf: (task: Task) => Container | null;
  /** The source that reads a node's engine; `null` when none does. */
  engineOf: (nodeId: string) => Source | null;
  /** Did the engine of this node run a probe of another container than this one that ended after this moment, our clock? */
  hasProbedSince: (nodeId: string, sinceMs: number, containerId: string) => boolean;
  /** What the use of a task's running container says. */
  usageSignsOf: (task: Pick<Task, 'id' | 'nodeId'>) => UsageSigns;
  /** How a task's last probes ended. */
  tallyOf: (task: Task) => ProbeTally;
  /** From where failing probes are a problem, where the service does not say so itself. */
  probeLine: ProbeLine;
  /** A task's own container as it was last seen, also after it is gone. */
  lastContainerOf: (task: Task) => Container | null;
  /** Every container of the service that an engine tells of now. */
  containersOf: () => readonly Container[];
  /** Our clock, since when nobody was found who owns this container; now, if it was not looked for before. */
  seenSince: (containerId: string) => number;
  /** The finding that explains what a replica with this task shows; `null`: it is the replica's own. */
  rootOf: (sign: RootSign | null, taskId: string) => FindingRef | null;
  /** The first of its networks with no address left, as last decided; `null`: none. */
  fullNetwork: FullNetwork | null;
  /** A node that has room for one more task of the service, by our own sum of what is reserved; `null`: none. */
  roomFor: (service: Service) => SwarmNode | null;
  /** Our clock, since when Swarm has not given it ports that its spec publishes; `null`: it has them. */
  ungivenSinceMs: number | null;
  /** Our clock, since when no manager lists its tasks; `null`: one does. */
  unlistedSinceMs: number | null;
  /** The same from the first moment on. */
  unreadSinceMs: number | null;
  /** What is like it and has a health check, where it has none; `null`: nothing, or it has one. */
  checkedSibling: CheckedSibling | null;
  /** What is known of its ports; without checks: nothing. */
  ports: PortFacts;
  /** What this function last gave for this service. */
  previous: ServicePicture | null;
  /** Our clock, epoch ms. */
  nowMs: number;
  wording: Wording;
}

/**
 * One service of the picture. Keeps the identity of what did not change: each replica that is equal in content is the
 * previous object, and so is the whole picture when nothing changed. `recheckAtMs` is when time alone may change it.
 */
export function deriveService(facts: ServiceFacts): {
  picture: ServicePicture;
  /** Why its replicas are as they are, by their keys, without words. */
  reasons: ReadonlyMap<string, Reason>;
  /** What its containers say of their nodes. */
  signs: readonly NodeSign[];
  /** What its replicas' problems may be signs of. */
  rootSigns: readonly RootSign[];
  recheckAtMs: number | null;
} {
  const { service, previous, nowMs, wording } = facts;
  const slots = selectSlots(service, facts.tasks, facts.nodeOf, (node) =>
    isLeftNode({ ...node, engine: facts.engineOf(node.id) }, nowMs),
  );
  const present = slots.map(({ newest }) => ({ task: newest, container: findContainer(facts, newest) }));
  const slowestStartMs = findSlowestStart(present, previous?.slowestStartMs ?? null);
  const earlier = slots.flatMap((slot) => slot.earlier);
  const batch = findBatch(service, present, earlier);
  const { replicas, reasons, rootSigns, rechecks } = deriveReplicas(facts, slots, present, {
    slowestStartMs,
    isBatch: batch !== null,
  });
  const absence = findAbsence(service, replicas, nowMs, facts);
  const counts = addMissing(countReplicas(service, replicas), absence);
  const healthCheck = findHealthCheck(service, present, previous);
  const progress = findUpdateProgress({
    service,
    tasks: facts.tasks,
    replicas: counts.desired,
    healthCheck,
    slowestStartMs,
    nowMs,
  });
  const update = toUpdateStatement(service.update, progress, { desired: counts.desired, nowMs });
  const disagreement = findDisagreement({
    ...facts,
    slots,
    containers: facts.containersOf(),
    silentSince: (one) => findSilentSince(facts, one),
  });
  const own = findOwnFindings(service, {
    update,
    progress,
    disagreements: disagreement.findings,
    remarks: [
      ...findPortFindings(service, facts.ports),
      ...findRemarks(service, present, facts.nodeOf, nowMs),
      ...findOthersDone(service, batch, nowMs),
      ...findMissingCheck(facts.checkedSibling, replicas),
    ],
    absence,
    completed: counts.completed,
    unlistedSinceMs: facts.unlistedSinceMs,
    nowMs,
  });
  const findings = toFindings(own, { kind: 'service', serviceId: service.id }, wording, {
    previous: previous?.findings ?? NO_FINDINGS,
    nowMs,
  });
  const { verdict, recheckAtMs } = decideVerdict(service, replicas, {
    findings,
    isComing: absence.isComing,
    outcome: progress?.outcome ?? null,
    nowMs,
  });
  rechecks.push(recheckAtMs, absence.recheckAtMs, disagreement.recheckAtMs, progress?.recheckAtMs ?? null);
  rechecks.push(findKillRecheck(present, nowMs));
  if (batch !== null && batch.lateAtMs > nowMs) rechecks.push(batch.lateAtMs);
  if (facts.unlistedSinceMs !== null) rechecks.push(findNextAge(facts.unlistedSinceMs, nowMs));
  if (progress?.outcome === 'stuck' && progress.movedAtMs !== null)
    rechecks.push(findNextAge(progress.movedAtMs, nowMs));
  const statement = toServiceStatement(service, verdict, counts, replicas, findings);
  const head: ServiceHead = {
    id: service.id,
    name: service.name,
    stack: service.stack,
    mode: service.mode,
    image: service.image,
    ...counts,
    verdict,
    sinceMs: findVerdictSince(service, verdict, replicas, previous, nowMs, findProblemSince(own, verdict)),
    sentence: wording.service(statement),
    hint: adviseService(verdict, findings, replicas, statement.affected),
    update: toUpdatePicture(service.update, progress?.outcome ?? null, update && wording.update(update)),
    healthCheck,
    slowestStartMs,
    updatedAtMs: service.updatedAtMs,
    findings,
  };
  return {
    picture: reuse(previous, head, replicas),
    reasons,
    signs: disagreement.signs,
    rootSigns: rootSigns.length === 0 ? NO_ROOT_SIGNS : rootSigns,
    recheckAtMs: earliest(rechecks),
  };
}

/** Each of its replicas, in the order of its slots; `rechecks`: when time alone may change one. */
function deriveReplicas(
  facts: ServiceFacts,
  slots: readonly Slot[],
  present: readonly PresentTask[],
  { slowestStartMs, isBatch }: { slowestStartMs: number | null; isBatch: boolean },
) {
  const before = new Map(facts.previous?.replicas.map((replica) => [replica.key, replica]));
  const forgotten = groupForgotten(facts);
  const roomOn = once(() => facts.roomFor(facts.service));
  const offNode = once(() => findOffNode(facts.service, facts.nodes()));
  const manyFail = doManyFail(present);
  const runs = present.map(({ task, container }) => isWantedTask(task) && container?.state === 'running');
  const rechecks: (number | null)[] = [];
  const reasons = new Map<string, Reason>();
  const rootSigns: RootSign[] = [];
  const replicas: Replica[] = slots.map((slot, index) => {
    const container = present[index]?.container ?? null;
    const derived = deriveReplica(
      slot,
      {
        ...toReplicaFacts(facts, slot, container, slowestStartMs),
        roomOn,
        offNode,
        manyFail,
        sisterRuns: !isBatch && runs.some((one, at) => one && at !== index),
        forgotten: forgotten.get(slot.key) ?? [],
      },
      before.get(slot.key) ?? null,
      facts.wording,
      facts.rootOf,
    );
    rechecks.push(derived.recheckAtMs);
    if (derived.reason !== null) reasons.set(slot.key, derived.reason);
    if (derived.rootSign !== null) rootSigns.push(derived.rootSign);
    return derived.replica;
  });
  return { replicas, reasons, rootSigns, rechecks };
}

/** What was never made is wanted all the same. */
function addMissing(counts: ReplicaCounts, { hosts }: Absence): ReplicaCounts {
  return hosts.length === 0 ? counts : { ...counts, desired: counts.desired + hosts.length };
}

/** The update as people and pipelines see it. `null`: the service never was updated. */
function toUpdatePicture(
  update: ServiceUpdate | null,
  outcome: UpdateOutcome | null,
  sentence: string | null,
): UpdatePicture | null {
  return update === null || outcome === null ? null : { ...update, outcome, sentence };
}

/** Since when the oldest of the service's own problems lasts, or of what keeps it from being known, as far as it shows. */
function findProblemSince(
  own: readonly { cause: FindingCause; level: string; sinceMs: number | null }[],
  verdict: Verdict,
): number | null {
  const decides = verdict === 'unknown' ? isDoubt : ({ level }: { level: string }) => level === 'problem';
  const moments = own.filter(decides).flatMap(({ sinceMs }) => sinceMs ?? []);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** What is remembered of tasks that the manager lists no longer, by slot. */
function groupForgotten({ service, tasks, remembered }: ServiceFacts): Map<string, Task[]> {
  if (remembered.length === 0) return new Map();
  const listed = new Set(tasks.map((task) => task.id));
  const forgotten = remembered.filter((task) => !listed.has(task.id));
  return new Map(
    groupSlots(service, forgotten).map(({ key, newest, earlier }) => [key, [newest, ...earlier]]),
  );
}

function toReplicaFacts(
  facts: ServiceFacts,
  { newest, earlier }: Slot,
  container: Container | null,
  slowestStartMs: number | null,
): Omit<
  ReplicaFacts,
  | 'roomOn'
  | 'offNode'
  | 'forgotten'
  | 'missingSinceMs'
  | 'seenUpSinceMs'
  | 'wasFlapping'
  | 'wasMissing'
  | 'manyFail'
  | 'sisterRuns'
> {
  const { service, nodeOf, engineOf, lastContainerOf, nowMs } = facts;
  const node = newest.nodeId === null ? null : nodeOf(newest.nodeId);
  const engine = newest.nodeId === null ? null : engineOf(newest.nodeId);
  return {
    service,
    task: newest,
    usageSigns: facts.usageSignsOf(newest),
    tally: facts.tallyOf(newest),
    probeLine: facts.probeLine,
    earlier,
    container,
    lastContainerOf,
    node,
    nodeOf,
    engine,
    engineOf,
    lostWith: findLostWith(newest, earlier, nodeOf),
    slowestStartMs,
    fullNetwork: facts.fullNetwork,
    hasProbedSince: facts.hasProbedSince,
    silentSince: (one) => findSilentSince(facts, one),
    unreadSinceMs: facts.unreadSinceMs,
    nowMs,
  };
}

function findSilentSince({ usageSignsOf }: ServiceFacts, { taskId, nodeId }: Container): number | null {
  return taskId === null ? null : (usageSignsOf({ id: taskId, nodeId }).silent?.sinceMs ?? null);
}

function findContainer({ containerOf, lastContainerOf }: ServiceFacts, task: Task): Container | null {
  const present = containerOf(task);
  if (present !== null) return present;
  const remembered = lastContainerOf(task);
  return remembered !== null && isDeadContainer(remembered) ? remembered : null;
}

/** Did the last probes of half of those that run fail? One of many fails now and then; several at once is no accident. */
function doManyFail(present: readonly PresentTask[]): boolean {
  let [checked, failing] = [0, 0];
  for (const { container } of present) {
    if (container?.state !== 'running' || container.health === null) continue;
    checked += 1;
    if (container.health.failingStreak > 0) failing += 1;
  }
  return failing > 1 && 2 * failing >= checked;
}

/** The effective check of the newest replica that has one; kept while none can be read. */
function findHealthCheck(
  service: Service,
  present: readonly PresentTask[],
  previous: ServicePicture | null,
): HealthCheck | null {
  let newest: { container: Container; createdAtMs: number } | null = null;
  for (const { task, container } of present) {
    if (container === null) continue;
    const createdAtMs = task.createdAtMs ?? 0;
    if (newest === null || createdAtMs > newest.createdAtMs) newest = { container, createdAtMs };
  }
  if (newest !== null) return refineHealthCheck(newest.container.healthCheck, service);
  return previous?.healthCheck ?? null;
}

function reuse(previous: ServicePicture | null, head: ServiceHead, replicas: Replica[]): ServicePicture {
  if (previous === null) return { ...head, replicas };
  const isSameReplicas =
    replicas.length === previous.replicas.length && replicas.every((one, i) => one === previous.replicas[i]);
  if (!isSameReplicas) return { ...head, replicas };
  if (hasEqualContent(toServiceHead(previous), head)) return previous;
  return { ...head, replicas: previous.replicas };
}

function earliest(moments: (number | null)[]): number | null {
  let first: number | null = null;
  for (const moment of moments) if (moment !== null && (first === null || moment < first)) first = moment;
  return first;
}
