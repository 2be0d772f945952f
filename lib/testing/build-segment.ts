import type { Ending } from '#lib/model/contract/ending.ts';
import type { SegmentEnd, TaskSegment } from '#lib/model/contract/history.ts';

/** A task of 10 s after epoch that still lives on `host-1`. */
export function buildSegment(overrides: Partial<TaskSegment> = {}): TaskSegment {
  return {
    taskId: 'task-1',
    nodeId: 'node-1',
    hostname: 'host-1',
    image: 'web:1',
    fromMs: 10_000,
    untilMs: null,
    end: null,
    hasLastLines: false,
    ...overrides,
  };
}

/** Killed for its health, 20 s after epoch. */
export function buildEnd(overrides: Partial<SegmentEnd> = {}): SegmentEnd {
  return {
    atMs: 20_000,
    cause: 'killed-for-health',
    sentence: 'Killed for its health: 3 probes failed in a row.',
    evidence: null,
    exitCode: 137,
    oomKilled: false,
    ...overrides,
  };
}

/** The same end as it is kept, without words. */
export function buildEnding(overrides: Partial<Ending> = {}): Ending {
  return {
    atMs: 20_000,
    cause: 'exit-code',
    why: {
      kind: 'failed',
      reason: {
        cause: 'exit-code',
        facts: {
          service: 'web',
          task: 'task-1',
          host: 'host-1',
          nextAfterMs: null,
          exitCode: 1,
          oomBeforeMs: null,
          lastWords: null,
          maxPids: null,
        },
      },
      evidence: null,
    },
    exitCode: 1,
    oomKilled: false,
    ...overrides,
  };
}
