import type { IncidentNode, IncidentRecord, IncidentService } from '#lib/model/contract/incident.ts';

const NO_REASON = { cause: null, sentence: null, evidence: null, hint: null };

/** `docker07` was lost at 0, and lasts; it took replica 1 of `web` along. */
export function buildIncident(overrides: Partial<IncidentRecord> = {}): IncidentRecord {
  return {
    id: 'k1-docker07',
    kind: 'node',
    rootKey: 'node node-7',
    startedAtMs: 0,
    recoveredAtMs: null,
    endedAtMs: null,
    isStartSeen: true,
    isEndSeen: true,
    reason: { ...NO_REASON, cause: 'node-down', sentence: 'No manager hears from it.' },
    nodes: [buildIncidentNode()],
    services: [buildIncidentService()],
    counts: { nodes: 1, services: 1, replicas: 1, moved: 0, ends: 0 },
    isCritical: true,
    unknown: 0,
    returns: 0,
    rollback: null,
    ofSwarm: null,
    mergedInto: null,
    ...overrides,
  };
}

export function buildIncidentNode(overrides: Partial<IncidentNode> = {}): IncidentNode {
  return {
    id: 'node-7',
    hostname: 'docker07',
    fromMs: 0,
    untilMs: null,
    ...NO_REASON,
    cause: 'node-down',
    ...overrides,
  };
}

export function buildIncidentService(overrides: Partial<IncidentService> = {}): IncidentService {
  return {
    id: 'service-1',
    name: 'web',
    stack: null,
    fromMs: 0,
    untilMs: null,
    replicas: 1,
    keys: ['1'],
    ends: 0,
    ...NO_REASON,
    ...overrides,
  };
}
