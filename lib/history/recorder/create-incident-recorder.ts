import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { Baseline } from '#lib/history/question.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { Change } from '#lib/model/contract/change.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { ServiceHead, SwarmPicture } from '#lib/model/contract/picture.ts';
import { absorbIncidents } from '#lib/model/events/absorb-incidents.ts';
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
import { createIncidentWriter } from './create-incident-writer.ts';

/** After a start all is seen by then: also what is connected to, or has to hang for a while. */
const LATE_MS = 60_000;
/** Of what changes before that is known. */
const MAX_EARLY = 50_000;

/** Follows the picture: keeps what belongs together as incidents. */
export interface IncidentRecorder {
  /**
   * What the process before us knew of this swarm; `null`: there was none. What was seen until it was known is folded in by the
   * times when it was seen.
   */
  begin(known: Baseline | null): void;
  /**
   * What lasted in the process before us, which became known only now: what was begun without it and goes on one of those
   * becomes a part of that.
   *
   * @param picture the newest one
   */
  learn(picture: SwarmPicture, lasted: readonly IncidentRecord[]): void;
  /** A picture, and what changed in it since the one before. */
  update(update: { picture: SwarmPicture; changes: readonly Change[] }): void;
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
  const writer = createIncidentWriter({ setTimer, record });
  let incidents: Incidents = createIncidents([], updateOf);
  let listed: readonly IncidentRecord[] = [];
  let late: Timer | null = null;
  let early: ReturnType<typeof createEarly> | null = createEarly();

  function updateOf(serviceId: string) {
    return heads.get(serviceId)?.update ?? null;
  }

  function keep(): void {
    const changed = incidents.takeChanged();
    if (changed.length === 0) return;
    listed = incidents.listOpen();
    writer.put(changed);
    for (const listener of listeners) listener(listed);
  }

  /** Of who is well and in no incident there is nothing to fold. */
  function isNews({ state, key }: IncidentSign): boolean {
    return state !== 'well' || incidents.has(key);
  }

  function settleLate(): void {
    late = null;
    incidents.settleLate();
    keep();
  }

  function open(
    picture: SwarmPicture,
    known: readonly IncidentRecord[],
    atMs: number,
    aliveMs: number | null,
  ): void {
    incidents = createIncidents(structuredClone([...known]), updateOf, aliveMs);
    for (const service of picture.services) heads.set(service.id, service);
    const signs = toAllSigns(picture, atMs).filter(({ state }) => state !== 'well');
    incidents.observe(signs, atMs);
    incidents.settle(atMs);
    late?.cancel();
    late = incidents.isWaiting() ? setTimer(LATE_MS, settleLate) : null;
    keep();
  }

  function follow(changes: readonly Change[], atMs: number): void {
    const signs: IncidentSign[] = [];
    for (const change of changes) {
      if (change.kind === 'service') heads.set(change.service.id, change.service);
      const own = toSigns(change, heads, atMs);
      if (own.length === 0) removeGone(incidents, change, atMs);
      if (change.kind === 'service-gone') heads.delete(change.serviceId);
      signs.push(...own.filter(isNews));
    }
    if (signs.length > 0) incidents.observe(signs, atMs);
    keep();
  }

  return {
    begin(known) {
      const [first, ...rest] = early?.take() ?? [];
      early = null;
      if (first === undefined) return;
      open(first.picture, known?.incidents ?? [], first.atMs, known?.aliveMs ?? null);
      for (const { changes, atMs } of rest) follow(changes, atMs);
    },
    learn(picture, lasted) {
      const absorbed = absorbIncidents(lasted, [...writer.listOver(), ...incidents.listOpen()], nowMs());
      if (absorbed === null) return;
      for (const incident of absorbed.changed) writer.write(incident);
      open(picture, absorbed.known, nowMs(), null);
    },
    update(update) {
      if (early === null) follow(update.changes, nowMs());
      else early.add({ ...update, atMs: nowMs() });
    },
    observeEnd(serviceId) {
      incidents.observeEnd(serviceId);
      keep();
    },
    repeat() {
      for (const incident of [...writer.listOver(), ...incidents.listOpen()]) writer.write(incident);
    },
    listOpen: () => listed,
    listOver: writer.listOver,
    subscribe: (listener) => listeners.push(listener),
    close() {
      late?.cancel();
      writer.close();
    },
  };
}

/** What it says of its subject, where it has one that is still there. */
function toSigns(change: Change, heads: ReadonlyMap<string, ServiceHead>, atMs: number): IncidentSign[] {
  switch (change.kind) {
    case 'swarm':
      return toSwarmSigns(change.swarm, atMs);
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

function toAllSigns(picture: SwarmPicture, atMs: number): IncidentSign[] {
  return [
    ...toSwarmSigns(picture, atMs),
    ...picture.nodes.map(toNodeSign),
    ...picture.services.map(toServiceSign),
    ...picture.services.flatMap((service) => service.replicas.map((one) => toReplicaSign(service, one))),
  ];
}

function removeGone(incidents: Incidents, change: Change, atMs: number): void {
  if (change.kind === 'node-gone') incidents.remove(toNodeKey(change.nodeId), atMs);
  else if (change.kind === 'replica-gone') incidents.remove(toReplicaKey(change.serviceId, change.key), atMs);
  else if (change.kind === 'service-gone') incidents.removeService(change.serviceId, atMs);
}

interface Seen {
  picture: SwarmPicture;
  changes: readonly Change[];
  atMs: number;
}

/** What was seen before it is known what was before: a history may take its time to open. */
function createEarly() {
  let seen: Seen[] = [];
  let count = 0;
  return {
    add(one: Seen): void {
      count += one.changes.length;
      if (count > MAX_EARLY) {
        seen = [];
        count = 0;
      }
      seen.push(one);
    },
    take: () => seen,
  };
}
