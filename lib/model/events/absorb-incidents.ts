import type { IncidentNode, IncidentRecord, IncidentService } from '#lib/model/contract/incident.ts';
import { MAX_NODES } from './incident-nodes.ts';
import { MAX_KEYS, MAX_SERVICES } from './incident-services.ts';

export interface Absorbed {
  /** All there are, each once. */
  known: IncidentRecord[];
  /** Those that became a part of another, or are over by it. */
  changed: IncidentRecord[];
}

/**
 * What was before became known only after incidents were begun without it: those that go on one that lasted then become a
 * part of it, and it is as they are.
 *
 * @param before as it is kept, with what was stored since
 * @param stored since the start, in any order
 * @returns `null`: nothing lasted then that is not stored
 */
export function absorbIncidents(
  before: readonly IncidentRecord[],
  stored: readonly IncidentRecord[],
  nowMs: number,
): Absorbed | null {
  const ids = new Set(stored.map(({ id }) => id));
  const lasted = before.filter(({ id, endedAtMs }) => endedAtMs === null && !ids.has(id));
  if (lasted.length === 0) return null;
  const goOn = new Map(lasted.map((one) => [one.id, one]));
  const own: IncidentRecord[] = [];
  const merged: IncidentRecord[] = [];
  for (const one of [...stored].sort((a, b) => a.startedAtMs - b.startedAtMs)) {
    const into = one.mergedInto === null ? lasted.find((other) => isSame(other, one)) : undefined;
    if (into === undefined) {
      own.push(one);
      continue;
    }
    goOn.set(into.id, absorb(goOn.get(into.id) ?? into, one));
    merged.push({
      ...one,
      endedAtMs: one.endedAtMs ?? Math.max(nowMs, one.startedAtMs),
      mergedInto: into.id,
    });
  }
  const absorbed = [...goOn.values()];
  // What lasted then says more of who belongs where than what was begun without it.
  const known = [...own, ...absorbed];
  return { known, changed: [...merged, ...absorbed.filter(({ endedAtMs }) => endedAtMs !== null)] };
}

/** Does the same explain both, or is something bad in the second that was so in the first until the end? */
function isSame(before: IncidentRecord, one: IncidentRecord): boolean {
  if (toRoot(before) === toRoot(one)) return true;
  const nodes = new Set(before.nodes.filter(lasts).map(({ id }) => id));
  if (one.nodes.some(({ id }) => nodes.has(id))) return true;
  return before.services
    .filter(lasts)
    .some(({ id, keys }) =>
      one.services.some((other) => other.id === id && other.keys.some((key) => keys.includes(key))),
    );
}

/** An update of a service, and the service itself, are of one incident while that lasts. */
const toRoot = ({ rootKey }: IncidentRecord) => rootKey.replace(/^update /, 'service ');

const lasts = ({ untilMs }: { untilMs: number | null }) => untilMs === null;

function absorb(before: IncidentRecord, one: IncidentRecord): IncidentRecord {
  const isLoop = before.kind === 'service' && one.kind === 'crash-loop';
  const close = <T extends { untilMs: number | null }>(entry: T): T => ({
    ...entry,
    untilMs: entry.untilMs ?? one.endedAtMs,
  });
  const nodes = join(before.nodes, one.nodes, (was, is) => ({ ...was, untilMs: is.untilMs }));
  const services = join(before.services, one.services, joinService);
  const replicas = one.services.reduce((sum, { replicas }) => sum + replicas, 0);
  const more =
    count(services, ({ replicas }) => replicas) - count(before.services, ({ replicas }) => replicas);
  return {
    ...one,
    id: before.id,
    rootKey: before.rootKey,
    kind: isLoop ? one.kind : before.kind,
    startedAtMs: Math.min(before.startedAtMs, one.startedAtMs),
    isStartSeen: before.isStartSeen,
    reason: before.reason.sentence === null || isLoop ? one.reason : before.reason,
    nodes: nodes.map(close).slice(0, MAX_NODES),
    services: services.map(close).slice(0, MAX_SERVICES),
    counts: {
      nodes: before.counts.nodes + nodes.length - before.nodes.length,
      services: before.counts.services + services.length - before.services.length,
      // Beyond those that are kept by name it is at least so many.
      replicas: Math.max(before.counts.replicas + more, replicas),
      moved: before.counts.moved + one.counts.moved,
      ends: before.counts.ends + one.counts.ends,
    },
    isCritical: before.isCritical || one.isCritical,
    returns: before.returns + one.returns,
    rollback: one.rollback ?? before.rollback,
    ofSwarm: before.ofSwarm ?? one.ofSwarm,
  };
}

function joinService(was: IncidentService, is: IncidentService): IncidentService {
  const keys = [...new Set([...was.keys, ...is.keys])];
  return {
    ...was,
    untilMs: is.untilMs,
    replicas: Math.max(was.replicas + keys.length - was.keys.length, is.replicas),
    keys: keys.slice(0, MAX_KEYS),
    ends: was.ends + is.ends,
  };
}

function join<T extends IncidentNode | IncidentService>(
  before: readonly T[],
  now: readonly T[],
  both: (was: T, is: T) => T,
): T[] {
  const joined = new Map(before.map((one) => [one.id, one]));
  for (const one of now) {
    const was = joined.get(one.id);
    joined.set(one.id, was === undefined ? one : both(was, one));
  }
  return [...joined.values()];
}

function count<T>(of: readonly T[], by: (one: T) => number): number {
  return of.reduce((sum, one) => sum + by(one), 0);
}
