import type { IncidentKind, IncidentRecord } from '#lib/model/contract/incident.ts';
import { createIncidentIndex, type IncidentIndex } from './create-incident-index.ts';
import { findIncidentHome, findLateUpdate, findUncertainHome, type UpdateOf } from './find-incident-home.ts';
import { toReason, toService } from './incident-services.ts';
import { type IncidentSign, isNodeKey, isSwarmKey, toServiceKey, toUpdateKey } from './incident-sign.ts';
import { createOpenIncident, type OpenIncident } from './open-incident.ts';
import { takesTime } from './takes-time.ts';

/** Who is bad so long before its node is lost shows the first signs of that. */
const LOSS_WITHIN_MS = 60_000;
/** More do not open: each finding is shown all the same. */
const MAX_OPEN = 500;

/**
 * Findings that belong together, as one thing: a fold over what changes, which costs what changed and nothing when nothing
 * does. It is made of the signs alone: the same signs give the same incidents.
 */
export interface Incidents {
  /** What changed in one picture, in any order. */
  observe(signs: readonly IncidentSign[], nowMs: number): void;
  /** There is no such subject any more. */
  remove(key: string, nowMs: number): void;
  removeService(serviceId: string, nowMs: number): void;
  /** A task of the service ended badly. */
  observeEnd(serviceId: string): void;
  /**
   * After the first picture, with all that is in it: what lasted in the process before us, and does not show, is over. Not what
   * takes its time to be seen, as a port that does not answer: of that nobody knows before `settleLate`.
   */
  settle(nowMs: number): void;
  /** So long after that that all is seen: what still does not show was over by then. */
  settleLate(): void;
  /** Is there something that `settleLate` is to decide? */
  isWaiting(): boolean;
  /** Does it belong to an incident? */
  has(key: string): boolean;
  /** Those that changed since this was last asked, as they are now. */
  takeChanged(): IncidentRecord[];
  /** The newest first. */
  listOpen(): IncidentRecord[];
}

const ORDER = { swarm: 0, node: 1, service: 2, replica: 3 } as const;

/** Who was away for longer does not know that what fails now is what failed then. */
const AWAY_MS = 600_000;

/**
 * @param known those that lasted when the process before us ended, or had ended a moment before
 * @param aliveMs when that was; `null`: not known
 */
export function createIncidents(
  known: readonly IncidentRecord[],
  updateOf: UpdateOf,
  aliveMs: number | null = null,
): Incidents {
  const index = createIncidentIndex(known);
  const changed = new Set<OpenIncident>();
  /** Until the first picture is seen in full. */
  let isOpening = true;
  const settling = createSettling(index, aliveMs, (incident) => changed.add(incident));

  function place(sign: IncidentSign, nowMs: number): void {
    const { key, state } = sign;
    const home = index.homeOf(key);
    if (state === 'well') {
      if (home !== null) leave(key, home, sign, nowMs);
    } else if (home !== null && !isElsewhere(sign, home, index.find)) join(sign, home, nowMs);
    else if (state === 'bad') placeBad(sign, home, nowMs);
    else {
      const next = findUncertainHome(index, sign, isOpening);
      if (next !== null) join(sign, next, nowMs);
    }
  }

  function placeBad(sign: IncidentSign, home: OpenIncident | null, nowMs: number): void {
    const found = findIncidentHome(index, sign, updateOf, nowMs);
    const next = 'incident' in found ? found.incident : begin(found.rootKey, sign, nowMs);
    if (next === null) return;
    if ('incident' in found && found.explainedBy !== undefined) index.explain(next, found.explainedBy);
    if (home !== null && home !== next) moveOut(sign, home, next, nowMs);
    join(sign, next, nowMs);
  }

  function begin(rootKey: string, sign: IncidentSign, nowMs: number): OpenIncident | null {
    if (index.open.size >= MAX_OPEN) return null;
    const id = toIncidentId(sign, nowMs, index.hasUsed);
    const startedAtMs = Math.min(toStartMs(sign, rootKey, updateOf), nowMs);
    const record = toNewRecord({ id, rootKey, startedAtMs, isStartSeen: !isOpening });
    const incident = createOpenIncident({ ...record, reason: toReason(sign) });
    index.add(incident);
    return incident;
  }

  function join(sign: IncidentSign, incident: OpenIncident, nowMs: number): void {
    const update = sign.state === 'bad' ? findLateUpdate(index, incident, sign, updateOf, nowMs) : null;
    if (update !== null) index.explain(incident, update);
    index.enter(sign, incident);
    incident.put(sign, nowMs);
    changed.add(incident);
  }

  function leave(key: string, incident: OpenIncident, now: IncidentSign | null, nowMs: number): void {
    const sign = incident.remove(key, now, nowMs);
    index.exit(key, sign, incident, nowMs);
    changed.add(incident);
    if (incident.isEmpty() && !isOpening) index.end(incident);
  }

  /** Where nothing else was in the one that it was in, that was a part of the other from the beginning. */
  function moveOut(sign: IncidentSign, from: OpenIncident, into: OpenIncident, nowMs: number): void {
    leave(sign.key, from, null, nowMs);
    if (!from.isEmpty() || !isOfService(from)) return;
    from.record.mergedInto = into.record.id;
    // When an update began says nothing of when something else did.
    if (from.record.kind !== 'update')
      into.record.startedAtMs = Math.min(into.record.startedAtMs, from.record.startedAtMs);
    index.end(from);
  }

  return {
    observe(signs, nowMs) {
      index.sweep(nowMs);
      const inOrder = [...signs].sort((a, b) => ORDER[a.subject.kind] - ORDER[b.subject.kind]);
      for (const sign of inOrder) place(sign, nowMs);
    },
    remove(key, nowMs) {
      const home = index.homeOf(key);
      if (home !== null) leave(key, home, null, nowMs);
    },
    removeService(serviceId, nowMs) {
      for (const incident of [...index.open.values()])
        for (const key of incident.keysOf(serviceId)) leave(key, incident, null, nowMs);
    },
    observeEnd(serviceId) {
      const incident = index.find(toUpdateKey(serviceId)) ?? index.find(toServiceKey(serviceId));
      if (incident === null) return;
      incident.addEnd(serviceId);
      changed.add(incident);
    },
    settle(nowMs) {
      isOpening = false;
      settling.settle(nowMs);
    },
    settleLate: settling.settleLate,
    isWaiting: settling.isWaiting,
    has: (key) => index.homeOf(key) !== null,
    takeChanged() {
      const records = [...changed].map((incident) => incident.toRecord());
      changed.clear();
      return records;
    },
    listOpen: () => [...index.open.values()].map((one) => one.toRecord()).sort(byStart),
  };
}

/** After a start: what was known before and does not show is over; what takes time to be seen only when that has passed. */
function createSettling(
  index: IncidentIndex,
  aliveMs: number | null,
  onSettled: (incident: OpenIncident) => void,
): Pick<Incidents, 'settle' | 'settleLate' | 'isWaiting'> {
  const late = new Set<OpenIncident>();
  let settledAtMs = 0;

  function settleOne(incident: OpenIncident): void {
    incident.settle(settledAtMs);
    if (incident.isEmpty()) index.end(incident);
    onSettled(incident);
  }

  return {
    settle(nowMs) {
      settledAtMs = nowMs;
      const isOld = aliveMs !== null && nowMs - aliveMs > AWAY_MS;
      for (const incident of index.open.values())
        if (incident.isEmpty() && takesTime(incident.record)) late.add(incident);
      index.releaseKnown((incident) => !late.has(incident), isOld, nowMs);
      for (const incident of [...index.open.values()]) if (!late.has(incident)) settleOne(incident);
    },
    settleLate() {
      index.releaseKnown(() => true, false, settledAtMs);
      for (const incident of late) if (index.open.has(incident.record.id)) settleOne(incident);
      late.clear();
    },
    isWaiting: () => late.size > 0,
  };
}

/** Does what explains it belong to another incident than it does, or to one that is still to begin? */
function isElsewhere(
  { state, root, key, ...sign }: IncidentSign,
  home: OpenIncident,
  find: (key: string) => OpenIncident | null,
): boolean {
  if (state !== 'bad' || root === null || root === key) return false;
  // Who was bad for long before its node was lost was not so because of that.
  const isOlder = sign.sinceMs - home.record.startedAtMs > LOSS_WITHIN_MS;
  if (sign.isLost && isOfService(home) && isOlder) return false;
  const other = find(root);
  if (other !== null) return other !== home;
  return isOfService(home) && !root.startsWith('update ') && root !== home.record.rootKey;
}

/** What an update brought upon a service began with the update. */
function toStartMs(sign: IncidentSign, rootKey: string, updateOf: UpdateOf): number {
  const service = toService(sign);
  const isOfUpdate = service !== null && rootKey === toUpdateKey(service.id);
  const updateMs = isOfUpdate ? (updateOf(service.id)?.startedAtMs ?? null) : null;
  return Math.min(sign.sinceMs, updateMs ?? sign.sinceMs);
}

function byStart(a: IncidentRecord, b: IncidentRecord): number {
  return b.startedAtMs - a.startedAtMs || (a.id < b.id ? 1 : -1);
}

function isOfService({ record }: OpenIncident): boolean {
  return !isNodeKey(record.rootKey) && !isSwarmKey(record.rootKey);
}

function toNewRecord(
  given: Pick<IncidentRecord, 'id' | 'rootKey' | 'startedAtMs' | 'isStartSeen'>,
): IncidentRecord {
  return {
    ...given,
    kind: toFirstKind(given.rootKey),
    recoveredAtMs: null,
    endedAtMs: null,
    isEndSeen: true,
    reason: { cause: null, sentence: null, evidence: null, hint: null },
    nodes: [],
    services: [],
    counts: { nodes: 0, services: 0, replicas: 0, moved: 0, ends: 0 },
    isCritical: false,
    unknown: 0,
    returns: 0,
    rollback: null,
    ofSwarm: null,
    mergedInto: null,
  };
}

function toFirstKind(rootKey: string): IncidentKind {
  if (isSwarmKey(rootKey)) return 'swarm';
  if (isNodeKey(rootKey)) return 'node';
  return rootKey.startsWith('update ') ? 'update' : 'service';
}

const MAX_NAME = 32;

/** A moment and a name, so that people know it again in an address. */
function toIncidentId(sign: IncidentSign, nowMs: number, isTaken: (id: string) => boolean): string {
  const { subject } = sign;
  const name = subject.kind === 'node' ? subject.hostname : (toService(sign)?.name ?? 'swarm');
  const id = `${Math.trunc(nowMs).toString(36)}-${toIncidentSlug(name)}`;
  let free = id;
  for (let n = 2; isTaken(free); n++) free = `${id}-${n}`;
  return free;
}

/** A name as it stands in the id of an incident. */
export function toIncidentSlug(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_NAME)
    .replaceAll(/^-|-$/g, '');
  return slug || 'x';
}

/** When it was found to be one, by its id; `NaN`: it is no id of an incident. */
export function toIncidentMoment(id: string): number {
  return Number.parseInt(/^[0-9a-z]{1,10}(?=-)/.exec(id)?.[0] ?? '', 36);
}
