import type { Baseline } from '#lib/history/question.ts';
import type { Availability } from '#lib/model/contract/availability.ts';
import type { Change } from '#lib/model/contract/change.ts';
import type { NodePicture, ServiceHead, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { toServiceHead } from '#lib/model/contract/picture-lookup.ts';
import { deriveNodeEvents } from '#lib/model/events/derive-node-events.ts';
import { deriveServiceEvents } from '#lib/model/events/derive-service-events.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { decideAvailability } from '#lib/model/uptime/availability.ts';
import { createReplicaRecorder, type ReplicaRecorderOptions } from './create-replica-recorder.ts';

/** Follows the picture: keeps every status of every replica, and tells what happened. */
export interface StatusRecorder {
  /** The first picture, beside what the process before us knew of this swarm; `null`: there was none. */
  open(picture: SwarmPicture, known: Baseline | null): void;
  /** Every later one. */
  update(picture: SwarmPicture, changes: readonly Change[]): void;
  /** Records again all that lasts, some a step. */
  repeat(): Iterable<void>;
}

export function createStatusRecorder(options: ReplicaRecorderOptions): StatusRecorder {
  const { nowMs, record, emit } = options;
  const replicas = createReplicaRecorder(options);
  const services = new Map<string, ServicePicture>();
  const nodes = new Map<string, NodePicture>();
  /** Who led last: while managers cannot agree nobody does, and whoever leads on after that is no new leader. */
  let leaderId: string | null = null;
  const availabilities = new Map<string, Availability>();
  let isOpening = false;

  function observeAvailability(service: ServicePicture): void {
    const state = decideAvailability(service);
    if (availabilities.get(service.id) === state) return;
    availabilities.set(service.id, state);
    record({ kind: 'availability', serviceId: service.id, atMs: nowMs(), state });
  }

  function observeService(id: string, after: ServicePicture | null): void {
    const before = services.get(id) ?? null;
    if (before === after) return;
    const service = after ?? before;
    if (service === null) return;
    if (after === null) {
      services.delete(id);
      availabilities.delete(id);
      record({ kind: 'availability', serviceId: id, atMs: nowMs(), state: null });
      record({ kind: 'service-gone', serviceId: id, atMs: nowMs() });
    } else {
      services.set(id, after);
      if (before === null || hasNewSpec(before, after))
        record({ kind: 'service', service: toServiceHead(after) });
      observeAvailability(after);
    }
    emit(deriveServiceEvents(before, after, nowMs()), false);
    replicas.observe(service, before?.replicas ?? [], after?.replicas ?? []);
  }

  function observeNode(id: string, after: NodePicture | null): void {
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
    const known = before && { ...before, leader: before.leader || leaderId === id };
    emit(deriveNodeEvents(known, node, nowMs()), isOpening);
    if (node.leader) leaderId = id;
  }

  return {
    open(picture, known) {
      isOpening = true;
      replicas.open(known);
      const heads = new Map(known?.services.map((head) => [head.id, head]));
      for (const service of picture.services) {
        services.set(service.id, service);
        record({ kind: 'service', service: toServiceHead(service) });
        observeAvailability(service);
        if (known) emit(deriveServiceEvents(heads.get(service.id) ?? null, service, nowMs()), true);
        heads.delete(service.id);
        replicas.observe(service, [], service.replicas);
      }
      for (const head of heads.values()) {
        record({ kind: 'service-gone', serviceId: head.id, atMs: nowMs() });
        emit(deriveServiceEvents(head, null, nowMs()), true);
      }
      for (const node of known?.nodes ?? picture.nodes) nodes.set(node.id, node);
      leaderId = [...nodes.values()].find(({ leader }) => leader)?.id ?? null;
      const listed = new Set(picture.nodes.map(({ id }) => id));
      for (const node of picture.nodes) observeNode(node.id, node);
      for (const id of [...nodes.keys()]) if (!listed.has(id)) observeNode(id, null);
      isOpening = false;
      replicas.endOpening();
    },
    update(picture, changes) {
      const touched = new Set<string>();
      for (const change of changes) {
        if (change.kind === 'node') observeNode(change.node.id, change.node);
        else if (change.kind === 'node-gone') observeNode(change.nodeId, null);
        else if (change.kind === 'service') touched.add(change.service.id);
        else if (change.kind !== 'swarm' && change.kind !== 'sources') touched.add(change.serviceId);
      }
      if (touched.size === 0) return;
      const present = new Map<string, ServicePicture>();
      for (const service of picture.services) if (touched.has(service.id)) present.set(service.id, service);
      for (const id of touched) observeService(id, present.get(id) ?? null);
    },
    *repeat() {
      for (const node of nodes.values()) yield record({ kind: 'node', node });
      availabilities.clear();
      for (const service of services.values()) {
        record({ kind: 'service', service: toServiceHead(service) });
        observeAvailability(service);
        yield;
        yield* replicas.repeat(service.id, () => services.get(service.id)?.replicas ?? []);
      }
    },
  };
}

/** Did what is wanted of a service change, or its update's state? What it is at the moment is kept elsewhere. */
function hasNewSpec(before: ServiceHead, after: ServiceHead): boolean {
  return (
    before.name !== after.name ||
    before.image !== after.image ||
    !hasEqualContent(before.mode, after.mode) ||
    !hasEqualContent(before.update, after.update)
  );
}
