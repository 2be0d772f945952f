import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { Replica } from '#lib/model/contract/picture.ts';

/** A healthy replica 1 on `host-1`, last probe passed. */
export function buildReplica(overrides: Partial<Replica> = {}): Replica {
  return {
    key: '1',
    slot: 1,
    nodeId: 'node-1',
    hostname: 'host-1',
    status: 'healthy',
    sinceMs: 10_000,
    sentence: null,
    cause: null,
    hint: null,
    evidence: null,
    stuck: false,
    lostWith: null,
    recovering: false,
    taskId: 'task-1',
    containerId: 'container-1',
    taskState: 'running',
    desiredState: 'running',
    error: null,
    image: 'web:1',
    startedAtMs: 10_000,
    health: {
      status: 'healthy',
      failingStreak: 0,
      retries: 3,
      lastProbe: {
        startedAtMs: 15_000,
        endedAtMs: 15_050,
        durationMs: 50,
        exitCode: 0,
        output: '',
        truncated: false,
      },
      decidesAtMs: null,
    },
    restarts1h: 0,
    inRotation: true,
    findings: NO_FINDINGS,
    ...overrides,
  };
}
