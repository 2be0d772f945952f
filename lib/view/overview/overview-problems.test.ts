import { expect, test } from 'vitest';
import type { Replica } from '#lib/model/contract/picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { formatDecision } from '#lib/view/format/times.ts';
import { toDecidesAt } from './overview-problems.ts';

const failing = (decidesAtMs: number | null): Replica =>
  buildReplica({
    health: { status: 'healthy', failingStreak: 1, retries: 3, lastProbe: null, decidesAtMs },
  });

test('of several failing replicas the first that may be given up counts', () => {
  expect(toDecidesAt([failing(9_000), buildReplica(), failing(4_000), failing(null)])).toBe(4_000);
  expect(toDecidesAt([buildReplica({ health: null })])).toBeNull();
});

test.each<[leftMs: number, text: string]>([
  [4_000, 'decides in 4 s'],
  [3_001, 'decides in 4 s'],
  [90_000, 'decides in 1 min 30 s'],
  [0, 'decides any moment'],
  [-60_000, 'decides any moment'],
])('%i ms left: %s', (leftMs, text) => {
  expect(formatDecision(leftMs)).toBe(text);
});
