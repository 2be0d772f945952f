import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import {
  type Finding,
  type FindingCause,
  type FindingSubject,
  findWorst,
  SWARM_CAUSES,
  type SwarmCause,
} from '#lib/model/contract/finding.ts';
import type { IncidentReason, IncidentRecord } from '#lib/model/contract/incident.ts';
import type { NodePicture, Replica, ServiceHead, SwarmHead } from '#lib/model/contract/picture.ts';
import {
  isWatched,
  type LossKind,
  listNodeProblems,
  STATUS_FACTS,
  toLossKind,
  toReplicaSeverity,
  UNMANAGED,
} from '#lib/model/status/severity.ts';

/**
 * How a subject is, to an incident:
 * - `bad` a problem: it is in an incident
 * - `unknown` nobody knows: whatever incident it is in does not end before somebody does
 * - `coming` on its way, and nothing says that it is not well: it begins no incident, and ends none
 * - `well` it is in none
 */
export type SignState = 'bad' | 'unknown' | 'coming' | 'well';

/** What one subject of the picture is now, as far as incidents care. */
export interface IncidentSign extends IncidentReason {
  key: string;
  subject: SignSubject;
  state: SignState;
  /** The key of what explains it; `null`: nothing else is known to. */
  root: string | null;
  /** Is it lost with its node? Else that is explained by a finding. */
  isLost: boolean;
  /** Worse than a warning. */
  isCritical: boolean;
  /** Our clock: since when, by the best evidence there is. */
  sinceMs: number;
}

export type SignSubject =
  | { kind: 'swarm' }
  | {
      kind: 'node';
      id: string;
      hostname: string;
      isManager: boolean;
      loss: LossKind | null;
      /** Is it not known yet, or not for a moment, whether its engine answers? */
      isInDoubt: boolean;
    }
  | {
      kind: 'service';
      id: string;
      name: string;
      stack: string | null;
      /** Of its last update. */
      rollback: IncidentRecord['rollback'];
    }
  | {
      kind: 'replica';
      serviceId: string;
      serviceName: string;
      stack: string | null;
      key: string;
      /** A place on one node: it moves nowhere. */
      isTied: boolean;
      nodeId: string | null;
    };

/** What is wrong with the managers is one thing. */
export const MANAGERS_KEY = 'swarm';
/** What else the swarm has as a whole is one each. */
const toSwarmKey = (cause: FindingCause) => (isOfManagers(cause) ? MANAGERS_KEY : `${MANAGERS_KEY} ${cause}`);

/** Managers that are lost are why the swarm as a whole cannot be managed; the worst first. */
export const OF_MANAGERS = [...UNMANAGED, 'quorum-edge'] as const satisfies readonly SwarmCause[];

/** Is it the managers' own? */
export const isOfManagers = (cause: FindingCause | null) => OF_MANAGERS.some((one) => one === cause);

const LOSSES: ReadonlySet<FindingCause | null> = new Set<FindingCause>([
  'node-down',
  'node-left',
  'node-cut-off',
  'engine-unread',
]);

/** Is the node lost to the managers, or its engine to us, by this cause? What else it may have is its own. */
export const isLoss = (cause: FindingCause | null) => LOSSES.has(cause);

/** Is it something of the swarm as a whole that this key names? */
export function isSwarmKey(key: string): boolean {
  return key === MANAGERS_KEY || key.startsWith(`${MANAGERS_KEY} `);
}

export const toNodeKey = (nodeId: string) => `node ${nodeId}`;
export const toServiceKey = (serviceId: string) => `service ${serviceId}`;
export const toUpdateKey = (serviceId: string) => `update ${serviceId}`;
export const toReplicaKey = (serviceId: string, key: string) => `replica ${serviceId} ${key}`;

/** Is it a node that this key names? */
export function isNodeKey(key: string | null): boolean {
  return key?.startsWith('node ') === true;
}

const NOTHING: IncidentReason & { isCritical: boolean } = {
  cause: null,
  sentence: null,
  evidence: null,
  hint: null,
  isCritical: false,
};

const MAX_SENTENCE = 400;
const MAX_EVIDENCE = 1_000;

/** What one replica is. One whose probes fail without need to act begins no incident, and ends none. */
export function toReplicaSign(
  service: Pick<ServiceHead, 'id' | 'name' | 'stack'>,
  replica: Replica,
): IncidentSign {
  const { key, slot, nodeId, status, sinceMs, findings } = replica;
  const problem = findWorst(findings.filter(({ level }) => level === 'problem'));
  const severity = toReplicaSeverity(replica);
  const about = {
    key: toReplicaKey(service.id, key),
    subject: {
      kind: 'replica',
      serviceId: service.id,
      serviceName: service.name,
      stack: service.stack,
      key,
      isTied: slot === null,
      nodeId,
    },
    root: toLostKey(replica) ?? toBecauseKey(problem),
    isLost: toLostKey(replica) !== null || replica.cause === 'starting-after-loss',
    sinceMs,
  } as const;
  if (status === 'unknown') return { ...about, ...toReason(problem), state: 'unknown', isCritical: false };
  const isCritical = severity === 'critical';
  if (isWatched(replica)) return { ...about, ...NOTHING, state: 'coming' };
  if (isCritical || problem !== null)
    return { ...about, ...toReason(problem ?? findWorst(findings)), state: 'bad', isCritical };
  const { phase } = STATUS_FACTS[status];
  return { ...about, ...NOTHING, state: phase === 'coming' ? 'coming' : 'well' };
}

/** The node that it is lost with, or that keeps us from knowing of it. */
function toLostKey({ status, nodeId, lostWith }: Replica): string | null {
  const lostNodeId = lostWith ?? (status === 'lost' || status === 'unknown' ? nodeId : null);
  return lostNodeId === null ? null : toNodeKey(lostNodeId);
}

/** What a service is beyond its replicas. */
export function toServiceSign({ id, name, stack, findings, update, sinceMs }: ServiceHead): IncidentSign {
  const problem = findWorst(findings.filter(({ level }) => level === 'problem'));
  const isRollback = update?.state === 'rollback_started';
  const about = {
    key: toServiceKey(id),
    subject: { kind: 'service', id, name, stack, rollback: toRollback(update) },
    isLost: false,
  } as const;
  if (problem === null && !isRollback) return { ...about, ...NOTHING, state: 'well', root: null, sinceMs };
  const root = toBecauseKey(problem) ?? (isOfUpdate(problem) || isRollback ? toUpdateKey(id) : null);
  return {
    ...about,
    ...(problem === null
      ? { ...NOTHING, sentence: toSentence(update?.sentence ?? null) }
      : toReason(problem)),
    state: 'bad',
    root,
    isCritical: false,
    sinceMs: problem?.sinceMs ?? update?.startedAtMs ?? sinceMs,
  };
}

function toRollback(update: ServiceHead['update']): IncidentRecord['rollback'] {
  if (!update?.state.startsWith('rollback_')) return null;
  return update.state === 'rollback_completed' ? 'completed' : 'started';
}

const UPDATE_CAUSES: readonly FindingCause[] = ['update-paused', 'rollback-paused', 'update-stuck'];

function isOfUpdate(problem: Finding | null): boolean {
  return problem !== null && UPDATE_CAUSES.includes(problem.cause);
}

/** What a node is to what runs on it. One whose engine nobody set up to be read lacks that, and has no incident. */
export function toNodeSign(node: NodePicture): IncidentSign {
  const { id, hostname, role, engine, findings } = node;
  const problems = listNodeProblems(findings);
  const losses = problems.filter((one) => (toLossKind(one) ?? 'unconfigured') !== 'unconfigured');
  const worst = losses[0] ?? problems.find(({ cause }) => cause === 'manager-unreachable') ?? null;
  const isInDoubt = engine.state === 'connecting' || engine.state === 'stale';
  const about = {
    key: toNodeKey(id),
    isLost: false,
    subject: {
      kind: 'node',
      id,
      hostname,
      isManager: role === 'manager',
      loss: worst === null ? null : toLossKind(worst),
      isInDoubt,
    },
  } as const;
  if (worst === null) {
    const isUnsure = problems.some(({ cause }) => cause === 'node-unknown');
    const state = isInDoubt || isUnsure ? 'unknown' : 'well';
    return { ...about, ...NOTHING, state, root: null, sinceMs: engine.sinceMs };
  }
  const isCritical = toLossKind(worst) === 'down' || toLossKind(worst) === 'cut-off';
  return {
    ...about,
    ...toReason(worst),
    state: 'bad',
    root: toBecauseKey(worst),
    isCritical,
    sinceMs: worst.sinceMs,
  };
}

/** Each thing that the swarm may have as a whole: that it has it, or not. What has nothing to do with each other is not one. */
export function toSwarmSigns({ findings }: Pick<SwarmHead, 'findings'>, nowMs: number): IncidentSign[] {
  const problems = findings.filter(({ level }) => level === 'problem');
  return [...new Set(SWARM_CAUSES.map(toSwarmKey))].map((key) =>
    toSwarmSign(
      key,
      problems.filter(({ cause }) => toSwarmKey(cause) === key),
      nowMs,
    ),
  );
}

function toSwarmSign(key: string, problems: readonly Finding[], nowMs: number): IncidentSign {
  const worst = findWorst(problems);
  const about = { key, subject: { kind: 'swarm' }, root: null, isLost: false } as const;
  if (worst === null) return { ...about, ...NOTHING, state: 'well', sinceMs: nowMs };
  const root = toBecauseKey(worst);
  return { ...about, ...toReason(worst), state: 'bad', root, isCritical: true, sinceMs: worst.sinceMs };
}

function toBecauseKey(finding: Finding | null): string | null {
  if (!finding?.because) return null;
  const { cause, subject } = finding.because;
  return subject.kind === 'swarm' ? toSwarmKey(cause) : toSubjectKey(subject);
}

function toSubjectKey(subject: Exclude<FindingSubject, { kind: 'swarm' }>): string {
  switch (subject.kind) {
    case 'node':
      return toNodeKey(subject.nodeId);
    case 'service':
    case 'replica':
      return toServiceKey(subject.serviceId);
  }
}

function toReason(finding: Finding | null): IncidentReason {
  if (finding === null) return NOTHING;
  const { cause, sentence, evidence, hint } = finding;
  return { cause, sentence: toSentence(sentence), evidence: toBounded(evidence), hint: toSentence(hint) };
}

function toSentence(text: string | null): string | null {
  return text === null || text === '' ? null : text.slice(0, MAX_SENTENCE);
}

function toBounded(evidence: Evidence | null): Evidence | null {
  return evidence === null
    ? null
    : { label: evidence.label.slice(0, MAX_SENTENCE), text: evidence.text.slice(0, MAX_EVIDENCE) };
}
