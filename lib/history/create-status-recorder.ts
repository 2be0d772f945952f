import type { Change } from '#lib/model/contract/change.ts';
import type { NodePicture, Replica, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { toServiceHead } from '#lib/model/contract/picture-lookup.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { SwarmEventDraft } from '#lib/model/contract/swarm-event.ts';
import { deriveNodeEvents } from '#lib/model/events/derive-node-events.ts';
import { deriveReplicaEvents, type ReplicaBefore } from '#lib/model/events/derive-replica-events.ts';
import { deriveServiceEvents } from '#lib/model/events/derive-service-events.ts';
import { hasNewSpec } from './has-new-spec.ts';
import type { Baseline } from './question.ts';
import type { HistoryRecord } from './record.ts';

/** Follows the picture: keeps every status of every replica, and tells what happened. */
export interface StatusRecorder {
  /** The first picture, beside what the process before us knew of this swarm; `null`: there was none. */
  open(picture: SwarmPicture, known: Baseline | null): void;
  /** Every later one. */
  update(picture: SwarmPicture, changes: readonly Change[]): void;
  /** Records again all that lasts. */
  repeat(): void;
}

export interface StatusRecorderOptions {
  nowMs(): number;
  record(record: HistoryRecord): void;
  /** Why a replica of the picture is as it is, without words. */
  reasonOf(serviceId: string, key: string): Reason | null;
  emit(drafts: readonly SwarmEventDraft[], away: boolean): void;
}

/** A replica as it was when its status was last known; `away`: to the process before us. */
interface Settled {
  replica: ReplicaBefore;
  away: boolean;
}

const UNRECORDED = { sinceMs: null, stuck: false, error: null, cause: null, health: null, recovering: false };

export function createStatusRecorder({
  nowMs,
  record,
  reasonOf,
  emit,
}: StatusRecorderOptions): StatusRecorder {
  const services = new Map<string, ServicePicture>();
  const nodes = new Map<string, NodePicture>();
  /** `null`: it was there when we came, and its status was never known. */
  const settled = new Map<string, Settled | null>();
  /** When the span that lasts began. */
  const begun = new Map<string, number>();
  let isOpening = false;

  function seeService(id: string, after: ServicePicture | null): void {
    const before = services.get(id) ?? null;
    if (before === after) return;
    const service = after ?? before;
    if (service === null) return;
    if (after === null) {
      services.delete(id);
      record({ kind: 'service-gone', serviceId: id, atMs: nowMs() });
    } else {
      services.set(id, after);
      if (before === null || hasNewSpec(before, after))
        record({ kind: 'service', service: toServiceHead(after) });
    }
    emit(deriveServiceEvents(before, after, nowMs()), false);
    seeReplicas(service, before?.replicas ?? [], after?.replicas ?? []);
  }

  function seeReplicas(
    service: { id: string; name: string },
    before: readonly Replica[],
    after: readonly Replica[],
  ): void {
    const left = new Map(before.map((replica) => [replica.key, replica]));
    for (const replica of after) {
      const known = left.get(replica.key) ?? null;
      left.delete(replica.key);
      if (known !== replica) seeReplica(service, known, replica);
    }
    for (const key of left.keys()) {
      record({ kind: 'status-end', serviceId: service.id, key, atMs: nowMs() });
      settled.delete(`${service.id} ${key}`);
      begun.delete(`${service.id} ${key}`);
    }
  }

  function seeReplica(service: { id: string; name: string }, before: Replica | null, after: Replica): void {
    if (before === null || before.status !== after.status || before.taskId !== after.taskId)
      recordStatus(service.id, before, after);
    const place = `${service.id} ${after.key}`;
    // Of what is there when we come for the first time, nobody knows what happened before.
    if (isOpening && !settled.has(place)) settled.set(place, null);
    // An engine that cannot be read is no news of its replicas: they are compared with what was known before.
    if (after.status === 'unknown') return;
    const known = settled.get(place);
    settled.set(place, { replica: after, away: false });
    if (known === null) return;
    emit(
      deriveReplicaEvents(service, known?.replica ?? null, after, reasonOf(service.id, after.key), nowMs()),
      known?.away ?? false,
    );
  }

  function recordStatus(serviceId: string, before: Replica | null, after: Replica): void {
    const { key, status, taskId } = after;
    const place = `${serviceId} ${key}`;
    // Evidence may tell that it was so earlier, but not what was before we looked, nor while nobody could.
    const isUnseen = before === null || before.status === 'unknown';
    const fromMs = isUnseen ? nowMs() : Math.max(begun.get(place) ?? 0, Math.min(after.sinceMs, nowMs()));
    begun.set(place, fromMs);
    record({ kind: 'status', serviceId, key, fromMs, status, taskId, reason: reasonOf(serviceId, key) });
  }

  function seeNode(id: string, after: NodePicture | null): void {
    const before = nodes.get(id) ?? null;
    if (after === null) {
      nodes.delete(id);
      record({ kind: 'node-gone', nodeId: id });
      emit(deriveNodeEvents(before, null, nowMs()), isOpening);
      return;
    }
    const { state } = after.engine;
    const isInDoubt = state === 'connecting' || state === 'stale';
    const node = isInDoubt && before !== null ? { ...after, engine: before.engine } : after;
    nodes.set(id, node);
    record({ kind: 'node', node });
    emit(deriveNodeEvents(before, node, nowMs()), isOpening);
  }

  return {
    open(picture, known) {
      isOpening = true;
      for (const { serviceId, key, status, taskId } of known?.statuses ?? [])
        if (status !== 'unknown')
          settled.set(`${serviceId} ${key}`, { replica: { ...UNRECORDED, status, taskId }, away: true });
      const heads = new Map(known?.services.map((head) => [head.id, head]));
      for (const service of picture.services) {
        services.set(service.id, service);
        record({ kind: 'service', service: toServiceHead(service) });
        if (known) emit(deriveServiceEvents(heads.get(service.id) ?? null, service, nowMs()), true);
        heads.delete(service.id);
        seeReplicas(service, [], service.replicas);
      }
      for (const head of heads.values()) {
        record({ kind: 'service-gone', serviceId: head.id, atMs: nowMs() });
        emit(deriveServiceEvents(head, null, nowMs()), true);
      }
      for (const node of known?.nodes ?? picture.nodes) nodes.set(node.id, node);
      const listed = new Set(picture.nodes.map(({ id }) => id));
      for (const node of picture.nodes) seeNode(node.id, node);
      for (const id of [...nodes.keys()]) if (!listed.has(id)) seeNode(id, null);
      isOpening = false;
    },
    update(picture, changes) {
      const touched = new Set<string>();
      for (const change of changes) {
        if (change.kind === 'node') seeNode(change.node.id, change.node);
        else if (change.kind === 'node-gone') seeNode(change.nodeId, null);
        else if (change.kind === 'service') touched.add(change.service.id);
        else if (change.kind !== 'swarm' && change.kind !== 'sources') touched.add(change.serviceId);
      }
      if (touched.size === 0) return;
      const present = new Map<string, ServicePicture>();
      for (const service of picture.services) if (touched.has(service.id)) present.set(service.id, service);
      for (const id of touched) seeService(id, present.get(id) ?? null);
    },
    repeat() {
      for (const node of nodes.values()) record({ kind: 'node', node });
      for (const service of services.values()) {
        record({ kind: 'service', service: toServiceHead(service) });
        for (const replica of service.replicas) recordStatus(service.id, null, replica);
      }
    },
  };
}
