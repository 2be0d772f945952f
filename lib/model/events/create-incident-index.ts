import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import { toService } from './incident-services.ts';
import {
  type IncidentSign,
  isSwarmKey,
  MANAGERS_KEY,
  toNodeKey,
  toReplicaKey,
  toServiceKey,
} from './incident-sign.ts';
import { createOpenIncident, type OpenIncident } from './open-incident.ts';

/** Who is bad again so soon belongs to the incident that it was in. */
const REOPEN_MS = 120_000;
/** Ids that are not given again. */
const MAX_USED = 2_000;

/** Which incidents are open, and who belongs, or a moment ago belonged, to which. */
export interface IncidentIndex {
  /** By id. */
  readonly open: ReadonlyMap<string, OpenIncident>;
  /** The one that a subject, or what explains it, belongs to; `null`: to none that is open. */
  find(key: string): OpenIncident | null;
  homeOf(key: string): OpenIncident | null;
  /** The one that this key explains. */
  byRoot(rootKey: string): OpenIncident | null;
  /** The one that it was in until a moment ago, which goes on; `null`: there was none, or it is not `isOf` it. */
  returnTo(key: string, nowMs: number, isOf?: (record: IncidentRecord) => boolean): OpenIncident | null;
  /** The same, of the process before us: which did not see it end. */
  lastedIn(key: string): OpenIncident | null;
  add(incident: OpenIncident): void;
  /** Was there one of this id a while ago? A clock that is set back comes by the same moments again. */
  hasUsed(id: string): boolean;
  enter(sign: IncidentSign, incident: OpenIncident): void;
  exit(key: string, sign: IncidentSign | null, incident: OpenIncident, nowMs: number): void;
  /** It turns out that this explains it, which was known by what followed from it. */
  explain(incident: OpenIncident, rootKey: string): void;
  end(incident: OpenIncident): void;
  /**
   * What lasted in the process before us is as if it had been well since now, and what fails again a moment later belongs to it:
   * a crash loop between two ends, or what is seen only after a while. With `isOld` it is no help any more.
   *
   * @param isMeant of which incident
   */
  releaseKnown(isMeant: (incident: OpenIncident) => boolean, isOld: boolean, nowMs: number): void;
  /** Forgets whoever was well for long. */
  sweep(nowMs: number): void;
}

export function createIncidentIndex(known: readonly IncidentRecord[]): IncidentIndex {
  const open = new Map<string, OpenIncident>();
  const roots = new Map<string, OpenIncident>();
  const homes = new Map<string, OpenIncident>();
  /** By the key of a service: the incident that its replicas came into last. */
  const services = new Map<string, OpenIncident>();
  const left = new Map<string, { incident: OpenIncident; atMs: number }>();
  const used = new Set<string>();
  let sweptAtMs = 0;
  for (const record of known) restore(record);

  function add(incident: OpenIncident): void {
    open.set(incident.record.id, incident);
    used.add(incident.record.id);
    const [oldest] = used;
    if (used.size > MAX_USED && oldest !== undefined) used.delete(oldest);
    roots.set(incident.record.rootKey, incident);
  }

  function restore(record: IncidentRecord): void {
    const incident = createOpenIncident(record);
    const { endedAtMs, rootKey, nodes, services: touched } = record;
    if (endedAtMs === null) add(incident);
    const atMs = endedAtMs ?? Number.POSITIVE_INFINITY;
    const isOf = ({ untilMs }: { untilMs: number | null }) => untilMs === null || endedAtMs !== null;
    const remember = (key: string) => {
      // Where it lasted until the end says more than where it was before.
      const lasted = left.get(key)?.atMs === Number.POSITIVE_INFINITY;
      if (endedAtMs === null || !lasted) left.set(key, { incident, atMs });
    };
    if (isSwarmKey(rootKey)) remember(rootKey);
    // What its managers brought upon the swarm is found before they are.
    if (record.ofSwarm !== null) remember(MANAGERS_KEY);
    for (const node of nodes.filter(isOf)) remember(toNodeKey(node.id));
    for (const { id, keys } of touched.filter(isOf)) {
      remember(toServiceKey(id));
      // Of one service some replicas may belong to one incident, and some to another.
      for (const key of keys) remember(toReplicaKey(id, key));
    }
  }

  return {
    open,
    find: (key) => homes.get(key) ?? roots.get(key) ?? services.get(key) ?? null,
    homeOf: (key) => homes.get(key) ?? null,
    byRoot: (rootKey) => roots.get(rootKey) ?? null,
    returnTo(key, nowMs, isOf = () => true) {
      const was = left.get(key);
      // A clock that was set back brings nothing back that has been over for long.
      if (was === undefined || nowMs - was.atMs > REOPEN_MS || isAhead(was.atMs, nowMs)) return null;
      const { record } = was.incident;
      // Where it went nothing says that what fails now belongs.
      if (record.mergedInto !== null || !isOf(record)) return null;
      if (open.has(record.id)) return was.incident;
      const other = roots.get(record.rootKey);
      if (other !== undefined) return other;
      record.returns += 1;
      record.isEndSeen = true;
      add(was.incident);
      return was.incident;
    },
    lastedIn(key) {
      const was = left.get(key);
      return was?.atMs === Number.POSITIVE_INFINITY && open.has(was.incident.record.id) ? was.incident : null;
    },
    add,
    hasUsed: (id) => used.has(id) || open.has(id),
    enter(sign, incident) {
      homes.set(sign.key, incident);
      const service = toService(sign);
      if (service !== null) services.set(toServiceKey(service.id), incident);
    },
    exit(key, sign, incident, nowMs) {
      homes.delete(key);
      const service = sign === null ? null : toService(sign);
      if (sign?.subject.kind !== 'service') left.set(key, { incident, atMs: nowMs });
      if (service === null || incident.keysOf(service.id).length > 0) return;
      const serviceKey = toServiceKey(service.id);
      left.set(serviceKey, { incident, atMs: nowMs });
      if (services.get(serviceKey) === incident) services.delete(serviceKey);
    },
    explain(incident, rootKey) {
      roots.delete(incident.record.rootKey);
      incident.explainBy(rootKey);
      roots.set(rootKey, incident);
    },
    end(incident) {
      const { id, rootKey, ofSwarm, endedAtMs } = incident.record;
      open.delete(id);
      roots.delete(rootKey);
      // What the managers then say of the swarm is of its nodes, also where they had not said it to this process yet.
      const leftAtMs = left.get(MANAGERS_KEY)?.atMs ?? Number.NEGATIVE_INFINITY;
      if (ofSwarm !== null && endedAtMs !== null && leftAtMs < endedAtMs)
        left.set(MANAGERS_KEY, { incident, atMs: endedAtMs });
    },
    releaseKnown(isMeant, isOld, nowMs) {
      for (const [key, { incident, atMs }] of left) {
        if (atMs !== Number.POSITIVE_INFINITY || !isMeant(incident)) continue;
        if (isOld) left.delete(key);
        else left.set(key, { incident, atMs: nowMs });
      }
    },
    sweep(nowMs) {
      if (Math.abs(nowMs - sweptAtMs) < REOPEN_MS) return;
      sweptAtMs = nowMs;
      for (const [key, { atMs }] of left) if (nowMs - atMs > REOPEN_MS) left.delete(key);
    },
  };
}

function isAhead(atMs: number, nowMs: number): boolean {
  return atMs !== Number.POSITIVE_INFINITY && atMs - nowMs > REOPEN_MS;
}
