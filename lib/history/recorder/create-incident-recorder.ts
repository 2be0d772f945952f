import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { Baseline } from '#lib/history/question.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { Change } from '#lib/model/contract/change.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { ServiceHead, SwarmPicture } from '#lib/model/contract/picture.ts';
import { createIncidents, type Incidents } from '#lib/model/events/create-incidents.ts';
import {
  type IncidentSign,
  toNodeKey,
  toNodeSign,
  toReplicaKey,
  toReplicaSign,
  toServiceSign,
  toSwarmSigns,
} from '#lib/model/events/incident-sign.ts';

/** One that grows is kept so often; that it began or is over, at once. */
const GROWS_MS = 250;
/** Beyond them the history alone knows how they ended. */
const MAX_OVER = 500;

/** Follows the picture: keeps what belongs together as incidents. */
export interface IncidentRecorder {
  /** The first picture, beside what the process before us knew of this swarm; `null`: there was none. */
  open(picture: SwarmPicture, known: Baseline | null): void;
  /** Every later one. */
  update(changes: readonly Change[]): void;
  /** A task of the service ended badly. */
  observeEnd(serviceId: string): void;
  /** Records again all that lasts, and what was over since the start. */
  repeat(): void;
  /** The newest first. */
  listOpen(): readonly IncidentRecord[];
  /** Those that were over, or became a part of another, since the start: the newest of them. */
  listOver(): readonly IncidentRecord[];
  /** Calls `listener` when one of them changed, with those that last. */
  subscribe(listener: (open: readonly IncidentRecord[]) => void): void;
  close(): void;
}

export function createIncidentRecorder({
  nowMs,
  setTimer,
  record,
}: Timers & { record(record: HistoryRecord): void }): IncidentRecorder {
  const heads = new Map<string, ServiceHead>();
  const listeners: ((open: readonly IncidentRecord[]) => void)[] = [];
  /** By id: whether it was over when it was kept last. */
  const kept = new Map<string, boolean>();
  const waiting = new Map<string, IncidentRecord>();
  const over = createOver();
  let incidents: Incidents = createIncidents([], updateOf);
  let listed: readonly IncidentRecord[] = [];
  let timer: Timer | null = null;

  function updateOf(serviceId: string) {
    return heads.get(serviceId)?.update ?? null;
  }

  function keep(): void {
    const changed = incidents.takeChanged();
    if (changed.length === 0) return;
    listed = incidents.listOpen();
    for (const incident of changed) {
      const isOver = incident.endedAtMs !== null;
      if (kept.get(incident.id) === isOver && incident.mergedInto === null)
        waiting.set(incident.id, incident);
      else write(incident);
    }
    if (waiting.size > 0) timer ??= setTimer(GROWS_MS, flush);
    for (const listener of listeners) listener(listed);
  }

  function write(incident: IncidentRecord): void {
    waiting.delete(incident.id);
    over.put(incident);
    if (incident.endedAtMs === null) kept.set(incident.id, false);
    else kept.delete(incident.id);
    record({ kind: 'incident', incident });
  }

  function flush(): void {
    timer = null;
    for (const incident of [...waiting.values()]) write(incident);
  }

  /** Of who is well and in no incident there is nothing to fold. */
  function isNews({ state, key }: IncidentSign): boolean {
    return state !== 'well' || incidents.has(key);
  }

  function toSigns(change: Change): IncidentSign[] {
    switch (change.kind) {
      case 'swarm':
        return toSwarmSigns(change.swarm, nowMs());
      case 'node':
        return [toNodeSign(change.node)];
      case 'service':
        return [toServiceSign(change.service)];
      case 'replica': {
        const head = heads.get(change.serviceId);
        return head === undefined ? [] : [toReplicaSign(head, change.replica)];
      }
      default:
        return [];
    }
  }

  function remove(change: Change): void {
    if (change.kind === 'node-gone') incidents.remove(toNodeKey(change.nodeId), nowMs());
    else if (change.kind === 'replica-gone')
      incidents.remove(toReplicaKey(change.serviceId, change.key), nowMs());
    else if (change.kind === 'service-gone') {
      heads.delete(change.serviceId);
      incidents.removeService(change.serviceId, nowMs());
    }
  }

  return {
    open(picture, known) {
      incidents = createIncidents(structuredClone(known?.incidents ?? []), updateOf);
      for (const service of picture.services) heads.set(service.id, service);
      const signs = [
        ...toSwarmSigns(picture, nowMs()),
        ...picture.nodes.map(toNodeSign),
        ...picture.services.map(toServiceSign),
        ...picture.services.flatMap((service) => service.replicas.map((one) => toReplicaSign(service, one))),
      ];
      incidents.observe(
        signs.filter(({ state }) => state !== 'well'),
        nowMs(),
      );
      incidents.settle(nowMs());
      keep();
    },
    update(changes) {
      const signs: IncidentSign[] = [];
      for (const change of changes) {
        if (change.kind === 'service') heads.set(change.service.id, change.service);
        const own = toSigns(change);
        if (own.length === 0) remove(change);
        signs.push(...own.filter(isNews));
      }
      if (signs.length > 0) incidents.observe(signs, nowMs());
      keep();
    },
    observeEnd(serviceId) {
      incidents.observeEnd(serviceId);
      keep();
    },
    repeat() {
      for (const incident of [...over.list(), ...incidents.listOpen()]) write(incident);
    },
    listOpen: () => listed,
    listOver: over.list,
    subscribe: (listener) => listeners.push(listener),
    close() {
      timer?.cancel();
      flush();
    },
  };
}

/** The newest of those that are over. */
function createOver() {
  const over = new Map<string, IncidentRecord>();
  return {
    /** As it is now: one that came back is not over. */
    put(incident: IncidentRecord): void {
      over.delete(incident.id);
      if (incident.endedAtMs === null) return;
      over.set(incident.id, incident);
      const [oldest] = over.keys();
      if (over.size > MAX_OVER && oldest !== undefined) over.delete(oldest);
    },
    list: () => [...over.values()],
  };
}
