import { NODE_CAUSES } from '#lib/model/contract/finding.ts';
import type { IncidentReason, IncidentRecord, IncidentService } from '#lib/model/contract/incident.ts';
import { findRole, type Scope } from '#lib/model/contract/scope.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { withoutAddresses } from '#lib/model/text/without-addresses.ts';
import { toIncidentMoment, toIncidentSlug } from './create-incidents.ts';
import { isLoop, toReason } from './incident-services.ts';
import { toServiceKey } from './incident-sign.ts';

/**
 * An incident as if the services of these stacks were all that it touched: begun and over with theirs, and called after
 * them, since its own name and the moment in it are of whatever began it. That a node, or its engine, is the reason is told,
 * not which, nor how many. `null`: it touches none of them.
 */
export function narrowIncident(record: IncidentRecord, scope: Scope, wording: Words): IncidentRecord | null {
  const services = record.services
    .filter(({ stack }) => findRole(scope, stack) !== null)
    .map((service) => toServiceApart(service, record.endedAtMs, wording));
  const [first] = services;
  if (first === undefined) return null;
  const startedAtMs = Math.min(...services.map(({ fromMs }) => fromMs));
  const endedAtMs = services.some(({ untilMs }) => untilMs === null)
    ? null
    : Math.max(...services.map(({ untilMs }) => untilMs ?? 0));
  const ends = sum(services.map((service) => service.ends));
  const root = toRoot(record, services, wording);
  return {
    ...root,
    id: toId(first, startedAtMs),
    startedAtMs,
    recoveredAtMs: endedAtMs,
    endedAtMs,
    isStartSeen: record.isStartSeen || startedAtMs > record.startedAtMs,
    isEndSeen: record.isEndSeen || (endedAtMs !== null && endedAtMs < (record.endedAtMs ?? endedAtMs + 1)),
    nodes: [],
    services,
    counts: {
      nodes: 0,
      services: services.length,
      replicas: sum(services.map(({ replicas }) => replicas)),
      moved: 0,
      ends,
    },
    // Who was worse than a warning is not kept of each.
    isCritical: services.length === record.counts.services ? record.isCritical : ends > 0,
    unknown: 0,
    returns: 0,
    ofSwarm: null,
    mergedInto: null,
  };
}

/** Is it this one, or was it when that was its name? What came to it later may have changed how it is called. */
export function isNarrowed(id: string, { services, startedAtMs, endedAtMs }: IncidentRecord): boolean {
  const atMs = toIncidentMoment(id);
  const name = id.slice(id.indexOf('-') + 1);
  return (
    startedAtMs <= atMs + NEAR_MS &&
    (endedAtMs === null || endedAtMs >= atMs - NEAR_MS) &&
    services.some((service) => {
      const slug = toIncidentSlug(service.name);
      return name === slug || name.startsWith(`${slug}-`);
    })
  );
}

type Words = Pick<Wording, 'nodeApart' | 'withoutUnreadReason'>;
type Root = Pick<IncidentRecord, 'kind' | 'rootKey' | 'reason' | 'rollback'>;

/** Two servers find the same so far apart. */
export const NEAR_MS = 30_000;

/** What explains it, where that is a node or one of theirs; else the first of theirs says why. */
function toRoot(record: IncidentRecord, services: readonly IncidentService[], wording: Words): Root {
  const { kind, rootKey, reason, rollback } = record;
  if (kind === 'node' || kind === 'engine') {
    const cause = NODE_CAUSES.find((one) => one === reason.cause);
    const sentence = cause === undefined ? null : wording.nodeApart(cause);
    return {
      kind,
      rootKey: 'node',
      reason: { ...NO_REASON, cause: cause ?? null, sentence },
      rollback: null,
    };
  }
  const rootId = rootKey.split(' ')[1];
  const own = services.find(({ id }) => id === rootId);
  if (kind !== 'swarm' && own !== undefined) {
    // What it says of why may be what another service said first.
    const why = services.length === record.counts.services ? reason : own;
    return { kind, rootKey, rollback, reason: toReasonApart(why, wording) };
  }
  const explained = services.find(({ sentence }) => sentence !== null) ?? services[0];
  if (explained === undefined) return { kind: 'service', rootKey: '', rollback: null, reason: NO_REASON };
  return {
    kind: isLoop(explained) ? 'crash-loop' : 'service',
    rootKey: toServiceKey(explained.id),
    rollback: null,
    reason: toReason(explained),
  };
}

const NO_REASON: IncidentReason = { cause: null, sentence: null, evidence: null, hint: null };

function toServiceApart(service: IncidentService, endedAtMs: number | null, wording: Words): IncidentService {
  const untilMs = service.untilMs ?? endedAtMs;
  return { ...service, ...toReasonApart(service, wording), untilMs };
}

/** Why an engine cannot be read says where it is, which is of the node. */
function toReasonApart({ cause, sentence, evidence, hint }: IncidentReason, wording: Words): IncidentReason {
  if (sentence === null) return { cause, sentence, evidence, hint };
  const shortened = wording.withoutUnreadReason(sentence);
  if (shortened === sentence) return { cause, sentence, evidence, hint };
  return { cause, sentence: withoutAddresses(shortened), evidence: null, hint: null };
}

function toId({ name, keys: [key] }: IncidentService, startedAtMs: number): string {
  const place = key === undefined ? name : `${name}-${key}`;
  return `${Math.trunc(startedAtMs).toString(36)}-${toIncidentSlug(place)}`;
}

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
