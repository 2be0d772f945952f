import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { UpdatePicture } from '#lib/model/contract/update.ts';
import type { IncidentIndex } from './create-incident-index.ts';
import { toService } from './incident-services.ts';
import {
  type IncidentSign,
  isLoss,
  isNodeKey,
  isOfManagers,
  MANAGERS_KEY,
  toServiceKey,
  toUpdateKey,
} from './incident-sign.ts';
import type { OpenIncident } from './open-incident.ts';

/** Nodes that are lost within this are lost together. */
const TOGETHER_MS = 10_000;
/** What fails so soon after an update was completed belongs to it. */
const AFTER_UPDATE_MS = 120_000;
/** A manager that is lost shows in what the managers say of the swarm within this. */
const MANAGERS_MS = 60_000;

/** Where a service's update stands; `null`: it has none, or there is no such service. */
export type UpdateOf = (
  serviceId: string,
) => Pick<UpdatePicture, 'state' | 'startedAtMs' | 'completedAtMs'> | null;

/**
 * The incident that a bad sign belongs to, or what explains the one that begins with it. With both, that is what explains the
 * incident, which was known by what followed from it.
 */
export type Home = { incident: OpenIncident; explainedBy?: string } | { rootKey: string };

/**
 * What says that it explains it decides; else nodes that are lost at one moment are one, and a service has one incident
 * of its own, or of its update while that is going on. Nothing else is together for being at one time.
 */
export function findIncidentHome(
  index: IncidentIndex,
  sign: IncidentSign,
  updateOf: UpdateOf,
  nowMs: number,
): Home {
  const { key, root, subject } = sign;
  const service = toService(sign);
  if (service !== null && (root === null || root === toUpdateKey(service.id)))
    return findOfService(
      index,
      sign,
      service.id,
      root !== null || isUpdating(updateOf(service.id), nowMs),
      nowMs,
    );
  const explains = root ?? key;
  const incident = index.find(explains) ?? index.returnTo(explains, nowMs);
  if (incident !== null) return { incident };
  if (root !== null) return { rootKey: explains };
  const other = subject.kind === 'node' ? findTogether(index, sign) : findOfManagers(index, sign);
  if (other !== null) return { incident: other };
  const noticed = findNoticedFirst(index, sign);
  return noticed === null ? { rootKey: explains } : { incident: noticed, explainedBy: key };
}

/**
 * Who is not known belongs where its node's incident is. At the start, when little is known yet, also where it was: that
 * nobody knows does not end an incident.
 *
 * @param isOpening until the first picture is seen in full
 */
export function findUncertainHome(
  index: IncidentIndex,
  { key, root, state, subject, cause }: IncidentSign,
  isOpening: boolean,
): OpenIncident | null {
  const ofRoot = root === null || state !== 'unknown' ? null : index.find(root);
  // Of a node that is not lost, as one whose disk is full, only what is known to suffer from it.
  if (ofRoot !== null && (cause !== null || ofRoot.hasLost(root ?? ''))) return ofRoot;
  if (!isOpening) return null;
  const own = index.lastedIn(key);
  if (own !== null || subject.kind !== 'replica') return own;
  // Not all that it had are kept by name.
  const ofService = index.lastedIn(toServiceKey(subject.serviceId));
  const entry = ofService?.record.services.find(({ id }) => id === subject.serviceId);
  return entry !== undefined && entry.replicas > entry.keys.length ? ofService : null;
}

function findOfService(
  index: IncidentIndex,
  sign: IncidentSign,
  serviceId: string,
  isUpdate: boolean,
  nowMs: number,
): Home {
  const own = toServiceKey(serviceId);
  const ofUpdate = toUpdateKey(serviceId);
  const isReplica = sign.subject.kind === 'replica';
  const incident =
    (isReplica ? index.lastedIn(sign.key) : null) ??
    index.byRoot(own) ??
    index.byRoot(ofUpdate) ??
    (isReplica ? index.returnTo(sign.key, nowMs) : null) ??
    index.returnTo(own, nowMs, (record) => wasIn(record, serviceId, sign));
  return incident === null ? { rootKey: isUpdate ? ofUpdate : own } : { incident };
}

/** What explains the incident of a node explains of a service those replicas alone that it took along. */
function wasIn({ rootKey, services }: IncidentRecord, serviceId: string, { subject }: IncidentSign): boolean {
  if (rootKey === toServiceKey(serviceId) || rootKey === toUpdateKey(serviceId)) return true;
  const entry = services.find(({ id }) => id === serviceId);
  return subject.kind === 'replica' && entry?.keys.includes(subject.key) === true;
}

/**
 * That an update began may be known after what it brought has failed: it explains that all the same.
 *
 * @returns the key of the update that explains the incident of a service; `null`: none does
 */
export function findLateUpdate(
  index: IncidentIndex,
  { record }: OpenIncident,
  sign: IncidentSign,
  updateOf: UpdateOf,
  nowMs: number,
): string | null {
  const service = toService(sign);
  if (service === null || record.rootKey !== toServiceKey(service.id)) return null;
  const update = updateOf(service.id);
  if (update?.startedAtMs == null || update.startedAtMs > record.startedAtMs) return null;
  const key = toUpdateKey(service.id);
  return isUpdating(update, nowMs) && index.byRoot(key) === null ? key : null;
}

/** Is it at it, does it wait for somebody, or was it done a moment ago? */
function isUpdating(update: ReturnType<UpdateOf>, nowMs: number): boolean {
  if (update === null) return false;
  const { state, completedAtMs } = update;
  if (state !== 'completed' && state !== 'rollback_completed') return true;
  return completedAtMs !== null && nowMs - completedAtMs <= AFTER_UPDATE_MS;
}

/** Nodes that are lost at one moment have one reason; what else is wrong with a node is its own. */
function findTogether(index: IncidentIndex, { cause, sinceMs }: IncidentSign): OpenIncident | null {
  if (!isLoss(cause)) return null;
  for (const incident of index.open.values()) {
    const { rootKey, nodes } = incident.record;
    if (!isNodeKey(rootKey) || Math.abs(sinceMs - incident.lastNodeAtMs()) > TOGETHER_MS) continue;
    if (nodes.every((node) => isLoss(node.cause))) return incident;
  }
  return null;
}

/** Managers that are lost are why the swarm as a whole cannot be managed. */
function findOfManagers(index: IncidentIndex, { cause, sinceMs }: IncidentSign): OpenIncident | null {
  if (!isOfManagers(cause)) return null;
  for (const incident of index.open.values()) {
    // Those whose loss brought that upon the swarm are also its reason on the way back, and after a restart of ours.
    if (incident.record.ofSwarm !== null) return incident;
    if (incident.hasManager() && sinceMs - incident.lastNodeAtMs() <= MANAGERS_MS) return incident;
  }
  return null;
}

/** What the managers say of the swarm as a whole may be noticed before the managers that are lost. */
function findNoticedFirst(
  index: IncidentIndex,
  { cause, subject, sinceMs }: IncidentSign,
): OpenIncident | null {
  if (subject.kind !== 'node' || !subject.isManager || !isLoss(cause)) return null;
  const incident = index.byRoot(MANAGERS_KEY);
  if (incident === null || Math.abs(sinceMs - incident.record.startedAtMs) > MANAGERS_MS) return null;
  return incident;
}
