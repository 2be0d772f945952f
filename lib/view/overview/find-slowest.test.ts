import { expect, test } from 'vitest';
import { buildHealthCheck } from '#lib/testing/build-health-check.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { findSlowest } from './find-slowest.ts';

const replica = (durationMs: number, exitCode = 0, failingStreak = 0) =>
  buildReplica({
    health: {
      ...{ status: 'healthy', failingStreak, retries: 3, decidesAtMs: null },
      lastProbe: buildProbe({ durationMs, exitCode }),
    },
  });
const healthCheck = buildHealthCheck({ timeoutMs: 3000 });

test.each([
  ['all quick', [replica(40), replica(60)], null],
  ['the slowest one counts', [replica(2100), replica(2800), replica(40)], 2800],
  ['one that fails is shown otherwise', [replica(3000, -1, 1)], null],
  ['not read', [buildReplica({ health: null })], null],
])('%s', (_, replicas, durationMs) => {
  expect(findSlowest({ replicas, healthCheck })?.durationMs ?? null).toBe(durationMs);
});
