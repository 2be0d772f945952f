import { type Finding, type FindingRef, NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { NodePicture, Replica, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { toFindings } from '#lib/model/findings/to-finding.ts';

/** What a relay knows of the server that it reads while it cannot. */
export interface SourceLoss {
  /** Its address, without what opens it. */
  endpoint: string;
  /** Why it cannot be read, in a sentence. */
  error: string;
  /** Our clock, when it last answered; before the first time, since when it is tried. */
  sinceMs: number;
}

const BECAUSE: FindingRef = { cause: 'source-lost', subject: { kind: 'swarm' } };

/**
 * The picture when nobody says any more how the swarm is: what there was by name, and nothing of it green. What was bad may be
 * well by now, and what was well may not: all of it is unknown, since the last word of it.
 */
export function toUnreadPicture(picture: SwarmPicture, loss: SourceLoss, wording: Wording): SwarmPicture {
  const { endpoint, error, sinceMs } = loss;
  const findings = toFindings(
    [
      {
        cause: 'source-lost',
        level: 'problem',
        facts: { error },
        sinceMs,
        evidence: null,
        because: null,
      },
    ],
    { kind: 'swarm' },
    wording,
    { previous: NO_FINDINGS, nowMs: sinceMs },
  );
  const sentence = findings[0]?.sentence ?? error;
  const quorum = { state: 'unknown', managers: picture.quorum.managers, reachable: 0, needed: 0 } as const;
  return {
    ...picture,
    verdict: 'unknown',
    sentence,
    problems: 0,
    quorum: { ...quorum, sentence: wording.quorum({ ...quorum, error: null }) },
    sources: [
      {
        kind: 'server',
        endpoint,
        nodeId: null,
        state: 'unreachable',
        sinceMs,
        error,
        active: true,
        engineVersion: null,
        apiVersion: null,
        skewMs: 0,
      },
    ],
    findings,
    nodes: picture.nodes.map((node) => toUnreadNode(node, sentence, sinceMs)),
    services: picture.services.map((service) => toUnreadService(service, sentence, sinceMs)),
  };
}

function toUnreadNode(node: NodePicture, sentence: string, sinceMs: number): NodePicture {
  return {
    ...node,
    leader: false,
    reachability: node.reachability === null ? null : 'unknown',
    status: 'unknown',
    statusMessage: null,
    engine: { ...node.engine, state: 'unreachable', sinceMs, error: sentence, lastReadMs: null },
    findings: [
      toFinding({ cause: 'node-unknown', subject: { kind: 'node', nodeId: node.id } }, sentence, sinceMs),
    ],
  };
}

function toUnreadService(service: ServicePicture, sentence: string, sinceMs: number): ServicePicture {
  return {
    ...service,
    running: 0,
    healthy: 0,
    completed: service.completed === null ? null : 0,
    verdict: 'unknown',
    sinceMs,
    sentence,
    hint: null,
    update: null,
    findings: NO_FINDINGS,
    replicas: service.replicas.map((replica) => toUnreadReplica(replica, service.id, sentence, sinceMs)),
  };
}

function toUnreadReplica(replica: Replica, serviceId: string, sentence: string, sinceMs: number): Replica {
  return {
    ...replica,
    status: 'unknown',
    sinceMs,
    sentence,
    cause: 'state-unknown',
    hint: null,
    evidence: null,
    stuck: false,
    taskState: 'unknown',
    desiredState: 'unknown',
    error: null,
    startedAtMs: null,
    health: null,
    lostWith: null,
    recovering: false,
    inRotation: null,
    findings: [
      toFinding(
        { cause: 'state-unknown', subject: { kind: 'replica', serviceId, key: replica.key } },
        sentence,
        sinceMs,
      ),
    ],
  };
}

function toFinding(what: Pick<Finding, 'cause' | 'subject'>, sentence: string, sinceMs: number): Finding {
  return { ...what, level: 'problem', sentence, evidence: null, hint: null, sinceMs, because: BECAUSE };
}
