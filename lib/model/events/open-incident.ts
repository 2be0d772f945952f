import type { IncidentKind, IncidentReason, IncidentRecord } from '#lib/model/contract/incident.ts';
import { createIncidentNodes } from './incident-nodes.ts';
import { createIncidentServices, isLoop, toReason } from './incident-services.ts';
import {
  type IncidentSign,
  isLoss,
  isNodeKey,
  isOfManagers,
  isSwarmKey,
  OF_MANAGERS,
  toUpdateKey,
} from './incident-sign.ts';

/** An incident that lasts, or ended a moment ago, with all that is needed to fold the next sign into it. */
export interface OpenIncident {
  readonly record: IncidentRecord;
  /** A sign that is not `well`, of what belongs to it from now on. */
  put(sign: IncidentSign, nowMs: number): void;
  /**
   * It is well (`now` says so), or is not there any more, or belongs elsewhere (`null`).
   *
   * @returns what was known of it last; `null`: it did not belong to it
   */
  remove(key: string, now: IncidentSign | null, nowMs: number): IncidentSign | null;
  /** That nodes explain it, which was known by what the managers say of the swarm; or an update, by what it brought. */
  explainBy(rootKey: string): void;
  /** A task of the service ended badly. */
  addEnd(serviceId: string): void;
  /** Keys of what is not well of a service. */
  keysOf(serviceId: string): string[];
  isEmpty(): boolean;
  /** Since when the newest of its nodes is lost; our clock. */
  lastNodeAtMs(): number;
  hasManager(): boolean;
  /** Is the node of this key lost, or its engine not read? */
  hasLost(nodeKey: string): boolean;
  /** The first picture after a start is seen: what did not show in it ended while nobody looked. */
  settle(nowMs: number): void;
  /** What is kept of it, as it is now. */
  toRecord(): IncidentRecord;
}

/** @param record what was kept of it before, or a new one; it is changed */
export function createOpenIncident(record: IncidentRecord): OpenIncident {
  const members = new Map<string, IncidentSign>();
  const services = createIncidentServices(record);
  const doubts = createDoubts(record);
  const nodes = createIncidentNodes(record, doubts.isMilder);
  const moved = new Set<string>();
  let holding = 0;
  let unknown = 0;

  /** So that each sign costs the same, however many belong to it. */
  function count(sign: IncidentSign | undefined, by: 1 | -1): void {
    if (sign === undefined) return;
    if (isHolding(sign)) holding += by;
    if (sign.state === 'unknown') unknown += by;
  }

  function judge(nowMs: number): void {
    record.unknown = unknown;
    // Over it may be later than its services were whole, by what explains it.
    const isWhole = holding === members.size && record.counts.services > 0;
    // A clock that is set back ends nothing before it began.
    const atMs = Math.max(nowMs, record.startedAtMs);
    record.recoveredAtMs = isWhole ? (record.recoveredAtMs ?? atMs) : null;
    record.endedAtMs =
      members.size === 0 ? (record.endedAtMs ?? Math.max(atMs, record.recoveredAtMs ?? 0)) : null;
  }

  return {
    record,
    put(sign, nowMs) {
      count(members.get(sign.key), -1);
      members.set(sign.key, sign);
      count(sign, 1);
      const was = nodes.put(sign);
      noteRollback(record, sign);
      noteSwarm(record, sign);
      services.put(sign, nowMs);
      if (sign.state === 'bad') {
        record.isCritical ||= sign.isCritical;
        record.kind = toKind(record, sign);
        if (saysMore(record, sign, doubts)) record.reason = toReason(sign);
      }
      doubts.note(sign, was);
      judge(nowMs);
    },
    remove(key, now, nowMs) {
      const sign = members.get(key);
      if (sign === undefined) return null;
      members.delete(key);
      count(sign, -1);
      nodes.remove(sign, nowMs);
      services.remove(sign, nowMs);
      if (now !== null) noteRollback(record, now);
      if (now !== null && hasMoved(now, nodes.ids) && !moved.has(key)) {
        moved.add(key);
        record.counts.moved += 1;
      }
      judge(nowMs);
      return sign;
    },
    explainBy(rootKey) {
      record.ofSwarm = OF_MANAGERS.find((one) => one === record.reason.cause) ?? null;
      record.rootKey = rootKey;
      if (rootKey.startsWith('update ')) record.kind = 'update';
    },
    addEnd: services.addEnd,
    keysOf: services.keysOf,
    isEmpty: () => members.size === 0,
    lastNodeAtMs: nodes.lastAtMs,
    hasManager: nodes.hasManager,
    hasLost: nodes.hasLost,
    settle(nowMs) {
      services.settle(nowMs);
      nodes.settle((key) => members.has(key), nowMs);
      if (members.size === 0) record.isEndSeen = false;
      judge(nowMs);
    },
    toRecord: () => ({
      ...record,
      nodes: record.nodes.map((node) => ({ ...node })),
      services: record.services.map((service) => ({ ...service, keys: [...service.keys] })),
      counts: { ...record.counts },
    }),
  };
}

type Doubts = ReturnType<typeof createDoubts>;

/** What a node is, where the managers say that it is down before it is known whether its engine answers. */
function createDoubts(record: IncidentRecord) {
  const undecided = new Set<string>();
  return {
    /** Does it say less of why than what is known? */
    isMilder(sign: IncidentSign, than: IncidentReason): boolean {
      if (than.cause === 'node-cut-off' && isDownInDoubt(sign)) return true;
      if (than.cause === 'engine-unread' && isOnWayBack(record, sign)) return true;
      if (sign.cause === 'node-cut-off' && undecided.has(sign.key)) return false;
      return isMilderCause(sign, than);
    },
    /** Once it is known whether its engine answers, that is what it is. */
    note(sign: IncidentSign, was: IncidentReason['cause']): void {
      if (sign.subject.kind !== 'node' || sign.state !== 'bad') return;
      if (!sign.subject.isInDoubt) undecided.delete(sign.key);
      else if (was === null && isDownInDoubt(sign)) undecided.add(sign.key);
    },
  };
}

/** Once managers agree again, they call those down, or not reached, that they had lost contact with while they did not. */
function isOnWayBack({ ofSwarm }: IncidentRecord, { cause }: IncidentSign): boolean {
  const hadNoQuorum = ofSwarm === 'quorum-lost' || ofSwarm === 'no-quorum';
  return hadNoQuorum && (cause === 'node-cut-off' || cause === 'manager-unreachable');
}

/** The managers say that it is down, and of its engine nothing is known now: it may be cut off from them. */
function isDownInDoubt({ subject, cause }: IncidentSign): boolean {
  return subject.kind === 'node' && subject.isInDoubt && cause === 'node-down';
}

/** What became of the update that explains it. */
function noteRollback(record: IncidentRecord, { subject }: IncidentSign): void {
  if (subject.kind !== 'service' || record.rootKey !== toUpdateKey(subject.id)) return;
  record.rollback = subject.rollback ?? record.rollback;
}

/** What the managers say of the swarm as a whole, where nodes explain it. The worst stays, also on the way back. */
function noteSwarm(record: IncidentRecord, { subject, state, cause }: IncidentSign): void {
  if (subject.kind !== 'swarm' || state !== 'bad' || isSwarmKey(record.rootKey)) return;
  record.ofSwarm = OF_MANAGERS.find((one) => one === record.ofSwarm || one === cause) ?? null;
}

/** It lasts as long as what explains the incident: that the services are whole again does not wait for it. */
function isHolding({ subject, state, root }: IncidentSign): boolean {
  if (subject.kind === 'node' || subject.kind === 'swarm') return true;
  return subject.kind === 'replica' && subject.isTied && state === 'bad' && isNodeKey(root);
}

/** Is it well on another node than those that were lost? */
function hasMoved({ subject, state }: IncidentSign, lost: ReadonlySet<string>): boolean {
  if (subject.kind !== 'replica' || state !== 'well' || subject.isTied || lost.size === 0) return false;
  return subject.nodeId !== null && !lost.has(subject.nodeId);
}

function toKind({ kind, rootKey, nodes }: IncidentRecord, sign: IncidentSign): IncidentKind {
  if (isNodeKey(rootKey)) {
    const isUnread = nodes.length > 0 && nodes.every(({ cause }) => cause === 'engine-unread');
    return isUnread ? 'engine' : 'node';
  }
  return kind === 'service' && isLoop(sign) ? 'crash-loop' : kind;
}

/**
 * A node that comes back is ready before its engine can be read, or its engine answers before the managers hear of it:
 * that it was lost is what is said of it. So is the worst of a swarm whose managers come back one after the other.
 */
function isMilderCause({ cause }: IncidentReason, than: IncidentReason): boolean {
  if (isOfManagers(cause)) return rankOfManagers(cause) > rankOfManagers(than.cause);
  if (than.cause === null || than.cause === 'engine-unread') return false;
  if (cause === 'manager-unreachable') return isLoss(than.cause);
  return cause === 'engine-unread' || (cause === 'node-cut-off' && than.cause !== 'node-cut-off');
}

function rankOfManagers(cause: IncidentReason['cause']): number {
  const rank = OF_MANAGERS.findIndex((one) => one === cause);
  return rank === -1 ? OF_MANAGERS.length : rank;
}

/** Does it say more of why than what is known? What explains the incident speaks before what it explains. */
function saysMore(
  { reason, rootKey, nodes, kind }: IncidentRecord,
  sign: IncidentSign,
  { isMilder }: Doubts,
): boolean {
  if (sign.key === rootKey) return !isMilder(sign, reason);
  if (sign.subject.kind === 'node' && nodes[0]?.id === sign.subject.id) return !isMilder(sign, reason);
  if (reason.sentence === null) return sign.sentence !== null;
  return kind === 'crash-loop' && isLoop(sign) && !isLoop(reason);
}
