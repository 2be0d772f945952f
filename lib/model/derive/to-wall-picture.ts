import type { Change, SwarmCore } from '#lib/model/contract/change.ts';
import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import { type Finding, NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type {
  NodePicture,
  Replica,
  ServiceHead,
  SourcePicture,
  SwarmHead,
  SwarmPicture,
} from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import type { Silenced } from '#lib/model/contract/silenced.ts';
import { isFailing, isNodeReady, isWatched, listSwarmRoots } from '#lib/model/status/severity.ts';

/** The wall draws no more of an output than this, whatever the size of its screen. */
const MAX_EVIDENCE_CHARS = 1_000;
const MAX_EVIDENCE_LINES = 12;
/** From here on nothing is wrong, and no evidence is drawn. */
const WELL = REPLICA_STATUSES.indexOf('stopping');

/**
 * What a screen with a wall's token may know of the swarm: what the wall draws. Statuses, counts, since when, sentences,
 * and the lines of evidence of what has a problem; no health check's command, no probe's output beyond these lines, no
 * image, id, address or endpoint.
 */
export function toWallPicture(picture: SwarmPicture): SwarmPicture {
  return {
    ...toWallHead(picture),
    revision: picture.revision,
    atMs: picture.atMs,
    nodes: picture.nodes.map(toWallNode),
    services: picture.services.map(({ replicas, ...head }) => ({
      ...toWallService(head),
      replicas: replicas.map(toWallReplica),
    })),
  };
}

export function toWallChange(change: Change): Change {
  switch (change.kind) {
    case 'swarm':
      return { kind: 'swarm', swarm: toWallCore(change.swarm) };
    case 'sources':
      return { kind: 'sources', sources: change.sources.map(toWallSource) };
    case 'node':
      return { kind: 'node', node: toWallNode(change.node) };
    case 'service':
      return { kind: 'service', service: toWallService(change.service) };
    case 'replica':
      return { ...change, replica: toWallReplica(change.replica) };
    case 'node-gone':
    case 'service-gone':
    case 'replica-gone':
      return change;
  }
}

// Field by field: one that is new is not shown on walls before somebody has thought of it here.

export function toWallHead({ sources, ...core }: SwarmHead): SwarmHead {
  return { ...toWallCore(core), sources: sources.map(toWallSource) };
}

function toWallCore({ version, demo, name, verdict, problems, quorum, ready, ...own }: SwarmCore): SwarmCore {
  const findings = toWallFindings(listSwarmRoots(own.findings));
  return { version, demo, name, verdict, sentence: '', problems, quorum, ready, findings };
}

/** Without its address; what is wrong with a manager is drawn when none is read. */
function toWallSource({ kind, nodeId, state, sinceMs, error, active }: SourcePicture): SourcePicture {
  return {
    kind,
    endpoint: '',
    nodeId,
    state,
    sinceMs,
    error: kind === 'engine' ? null : error,
    active,
    engineVersion: null,
    apiVersion: null,
    skewMs: 0,
  };
}

function toWallNode(node: NodePicture): NodePicture {
  const { id, hostname, role, leader, reachability, status, statusMessage, availability, engine } = node;
  const { state, sinceMs, error } = engine;
  return {
    id,
    hostname,
    role,
    leader,
    reachability,
    status,
    statusMessage,
    availability,
    address: null,
    engineVersion: null,
    engine: { state, sinceMs, error, endpoint: null, apiVersion: null, skewMs: 0, lastReadMs: null },
    findings: toWallFindings(node.findings, (finding) => !isNodeReady({ findings: [finding] })),
    ...toWallSilenced(node),
  };
}

function toWallService(service: ServiceHead): ServiceHead {
  const { id, name, stack, mode, desired, running, healthy, completed, verdict, sinceMs, sentence } = service;
  return {
    id,
    name,
    stack,
    mode,
    image: '',
    desired,
    running,
    healthy,
    completed,
    verdict,
    sinceMs,
    sentence,
    hint: null,
    update: null,
    healthCheck: null,
    slowestStartMs: null,
    updatedAtMs: null,
    findings: toWallFindings(service.findings),
    ...toWallSilenced(service),
  };
}

function toWallReplica(replica: Replica): Replica {
  const { key, slot, nodeId, hostname, status, sinceMs, sentence, cause, health } = replica;
  const isWell = REPLICA_STATUSES.indexOf(status) >= WELL && !isFailing(replica);
  return {
    key,
    slot,
    nodeId,
    hostname,
    status,
    sinceMs,
    sentence,
    cause,
    hint: null,
    evidence: isWell ? null : toWallEvidence(replica.evidence),
    stuck: replica.stuck,
    taskId: null,
    containerId: null,
    taskState: replica.taskState,
    desiredState: replica.desiredState,
    error: null,
    image: null,
    startedAtMs: replica.startedAtMs,
    health: health && { ...health, lastProbe: null },
    lostWith: replica.lostWith,
    recovering: replica.recovering,
    restarts1h: replica.restarts1h,
    inRotation: replica.inRotation,
    // Of one whose probes fail, the notice says that this is only watched.
    findings: isWell
      ? NO_FINDINGS
      : toWallFindings(replica.findings, (finding) => isWatched(replica) && finding.cause === cause),
  };
}

/** @param isCounted notices that are drawn, too: a node that is drained and down is not ready */
function toWallFindings(
  findings: readonly Finding[],
  isCounted: (finding: Finding) => boolean = () => false,
): readonly Finding[] {
  const drawn = findings.filter((finding) => finding.level === 'problem' || isCounted(finding));
  if (drawn.length === 0) return NO_FINDINGS;
  return drawn.map(({ silenced, ...finding }) => ({
    ...finding,
    hint: null,
    evidence: toWallEvidence(finding.evidence),
    ...toWallSilenced({ silenced }),
  }));
}

/** Until when: who said so, and what they wrote, is drawn on no wall. */
function toWallSilenced({ silenced }: { silenced?: Silenced | null | undefined }): {
  silenced?: Silenced;
} {
  return silenced == null ? {} : { silenced: { ...silenced, id: '-', by: null, comment: '' } };
}

function toWallEvidence(evidence: Evidence | null): Evidence | null {
  if (evidence === null) return null;
  const text = evidence.text.slice(0, MAX_EVIDENCE_CHARS).split('\n').slice(0, MAX_EVIDENCE_LINES).join('\n');
  return { label: evidence.label, text };
}
