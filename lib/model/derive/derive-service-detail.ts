import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { ServiceNetwork } from '#lib/model/contract/network.ts';
import type { Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import { compareReplicas } from '#lib/model/contract/picture-order.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import type { PublishedPort, Service } from '#lib/model/docker/service.ts';
import { isOfNewSpec, type Task } from '#lib/model/docker/task.ts';
import { SEVERITIES, STATUS_FACTS } from '#lib/model/status/severity.ts';
import { groupSlots } from '#lib/model/status/slots.ts';
import { deriveRollout } from './derive-rollout.ts';
import { deriveTaskDetail, MAX_EARLIER_TASKS, type TaskMemory } from './derive-task-detail.ts';
import { deriveTraffic, type TrafficFacts } from './derive-traffic.ts';

export interface ServiceDetailFacts extends TaskMemory {
  picture: ServicePicture;
  service: Service;
  /** The networks that it is on, and who has addresses in them. */
  networks: ServiceNetwork[];
  /** What its ports answer; `null`: they are not asked. */
  traffic: TrafficFacts | null;
  /** Our clock, epoch ms. */
  nowMs: number;
  wording: Wording;
}

/** One service with the tasks of every slot, newest first; slots that are no longer wanted keep their history here. */
export function deriveServiceDetail(facts: ServiceDetailFacts): ServiceDetail {
  const { picture, service, nowMs, nodeOf } = facts;
  const listed = new Set(facts.tasks.map((task) => task.id));
  const remembered = facts.remembered.filter((task) => !listed.has(task.id));
  const hostnameOf = (nodeId: string | null) => (nodeId === null ? null : (nodeOf(nodeId)?.hostname ?? null));
  const wanted = new Set(picture.replicas.map(({ key }) => key));
  const grouped = groupSlots(service, [...facts.tasks, ...remembered])
    .map((slot) => ({ ...slot, hostname: hostnameOf(slot.nodeId) }))
    .sort(compareReplicas);
  const detailOf = (task: Task) =>
    deriveTaskDetail(service, task, facts, !listed.has(task.id), facts.wording);
  const chosen = selectShown(grouped, picture.replicas);
  const maxEarlier = Math.min(
    MAX_EARLIER_TASKS,
    Math.max(MIN_EARLIER_TASKS, Math.floor(MAX_TASKS / chosen.length)),
  );
  const slots = chosen.map(({ key, newest, earlier }) => ({
    key,
    tasks: [newest, ...earlier.slice(0, maxEarlier)].map(detailOf),
    moreTasks: Math.max(0, earlier.length - maxEarlier),
  }));
  const rollout = deriveRollout({
    service,
    slots: grouped.filter(({ key }) => wanted.has(key)),
    hostnameOf,
    detailOf,
    nowMs,
    wording: facts.wording,
  });
  return {
    ...picture,
    stopGraceMs: service.stopGraceMs,
    restart: service.restart,
    updatePolicy: service.updatePolicy,
    constraints: service.constraints,
    preferences: service.preferences,
    maxPerNode: service.maxPerNode,
    platforms: service.platforms,
    imageDigest: service.imageDigest,
    imageChangedAtMs: findImageChange(service),
    ports: service.ports.toSorted(comparePorts),
    resources: { limits: service.limits, reservations: service.reserved },
    endpointMode: service.endpointMode,
    networks: facts.networks,
    names: service.names,
    slots,
    moreSlots: grouped.length - chosen.length,
    traffic: facts.traffic && deriveTraffic(service, picture.replicas, facts.traffic),
    rollout,
    changes: service.changes,
    changedAtMs: findChange(service),
    firstFailureAtMs: findFirstFailure(service, facts.tasks, detailOf),
    atMs: nowMs,
  };
}

/** When the spec was changed to the present one; `null`: it never was. */
function findChange({ changes, update, updatedAtMs }: Service): number | null {
  return changes.length === 0 ? null : (update?.startedAtMs ?? updatedAtMs);
}

function findImageChange(service: Service): number | null {
  const hasOther = service.changes.some(
    (change) => change.kind === 'value' && (change.field === 'image' || change.field === 'image digest'),
  );
  return hasOther ? findChange(service) : null;
}

/** By number; those that have none yet come last. */
function comparePorts(a: PublishedPort, b: PublishedPort): number {
  return (
    (a.published ?? Number.POSITIVE_INFINITY) - (b.published ?? Number.POSITIVE_INFINITY) ||
    a.target - b.target
  );
}

/** Slots in one answer; the others have one each (`GET /api/services/{name}/{key}`). */
const MAX_SLOTS = 500;
/** Tasks in one answer, about: each has its probes. */
const MAX_TASKS = 5_000;
/** As many as Docker itself keeps, if nobody changed that. */
const MIN_EARLIER_TASKS = 5;

/** Where there are too many: those with a problem, then those of which nothing is known, then the first. */
function selectShown<T extends { key: string }>(
  slots: readonly T[],
  replicas: readonly Replica[],
): readonly T[] {
  if (slots.length <= MAX_SLOTS) return slots;
  const severities = new Map(replicas.map(({ key, status }) => [key, STATUS_FACTS[status].severity]));
  const toRank = ({ key }: T) => SEVERITIES.indexOf(severities.get(key) ?? 'ok');
  const shown = new Set(slots.toSorted((a, b) => toRank(a) - toRank(b)).slice(0, MAX_SLOTS));
  return slots.filter((slot) => shown.has(slot));
}

function findFirstFailure(
  service: Service,
  tasks: readonly Task[],
  detailOf: (task: Task) => { end: unknown },
): number | null {
  const failed = tasks.filter((task) => isOfNewSpec(service, task) && detailOf(task).end !== null);
  return failed.reduce<number | null>(
    (first, { stateAtMs }) =>
      stateAtMs === null || (first !== null && first <= stateAtMs) ? first : stateAtMs,
    null,
  );
}
