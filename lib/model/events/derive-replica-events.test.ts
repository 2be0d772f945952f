import { expect, test } from 'vitest';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { wordEvent } from '#lib/testing/word-findings.ts';
import { deriveReplicaEvents } from './derive-replica-events.ts';

const service = { id: 'service-1', name: 'web' };
const streak = (failingStreak: number) => ({
  health: { status: 'healthy' as const, failingStreak, retries: 3, lastProbe: null, decidesAtMs: null },
});
const failing = buildReplica({ status: 'failing', sinceMs: 15_000, ...streak(1) });
const probe = { kind: 'exit', exitCode: 1 } as const;
/** Why a replica of this status is so. */
const REASONS: Partial<Record<Replica['status'], Reason>> = {
  failing: {
    cause: 'probe-failing',
    facts: {
      service: 'web',
      streak: 1,
      retries: 3,
      last: probe,
      shell: null,
      clue: null,
      host: null,
      isForGood: false,
    },
    evidence: { from: { kind: 'probe', result: probe, durationMs: 52 }, text: 'HTTP 503' },
    expected: false,
  },
  pending: {
    cause: 'scheduling',
    facts: { waitsFor: 'node', words: 'no node fits' },
    evidence: null,
    expected: false,
  },
  lost: { cause: 'orphaned', facts: {}, evidence: null, expected: false },
};
const eventsOf = (before: Replica | null, after: Replica) =>
  deriveReplicaEvents(service, before, after, REASONS[after.status] ?? null, 20_000)
    .map(wordEvent)
    .map(({ kind, level, text }) => `${kind} ${level} ${text}`);

test.each<[situation: string, before: Replica | null, after: Replica, string[]]>([
  [
    'its first failed probe',
    buildReplica(),
    failing,
    [
      'health warn web.1 on host-1: Failed 1 of 3 probes (exit 1); 2 more failures in a row and Swarm replaces it.',
    ],
  ],
  ['the second one in a row is no news of its own', failing, buildReplica({ ...failing, ...streak(2) }), []],
  [
    'its probes pass again',
    buildReplica({ ...failing, ...streak(2) }),
    buildReplica(),
    ['health good web.1 on host-1 passes its probes again, after 2 failed in a row.'],
  ],
  ['unhealthy', failing, buildReplica({ status: 'unhealthy' }), ['health bad web.1 on host-1 is unhealthy.']],
  [
    'Swarm missed that it is unhealthy',
    buildReplica({ status: 'unhealthy' }),
    buildReplica({ status: 'unhealthy', stuck: true }),
    ['health bad web.1 on host-1 is unhealthy.'],
  ],
  [
    'a new task comes up',
    buildReplica({ status: 'failed' }),
    buildReplica({ status: 'starting', taskId: 'task-2', recovering: true }),
    ['task info web.1 on host-1 starts again.'],
  ],
  [
    'and is healthy after a bad end',
    buildReplica({ status: 'starting', recovering: true }),
    buildReplica(),
    ['health good web.1 on host-1 is healthy.'],
  ],
  [
    'waiting for a node for a moment is no news',
    null,
    buildReplica({ status: 'pending', hostname: null }),
    [],
  ],
  [
    'waiting for a node with a reason is',
    buildReplica({ status: 'pending' }),
    buildReplica({ status: 'pending', error: 'no suitable node', hostname: null }),
    ['task warn web.1: Waiting for a node: no node fits.'],
  ],
  [
    'its engine cannot be read: told once, of the node',
    buildReplica(),
    buildReplica({ status: 'unknown' }),
    [],
  ],
  [
    'its node went down',
    buildReplica(),
    buildReplica({ status: 'lost' }),
    [
      'task bad web.1 on host-1: Lost with its node, which was down for more than a day or was removed from the swarm.',
    ],
  ],
  [
    'it fails again and again',
    buildReplica({ status: 'starting' }),
    buildReplica({ status: 'failed', cause: 'crash-loop' }),
    ['task bad web.1 on host-1 failed.'],
  ],
  ['nothing changed', buildReplica(), buildReplica({ sinceMs: 12_000 }), []],
])('%s', (_situation, before, after, expected) => {
  expect(eventsOf(before, after)).toEqual(expected);
});

test('it happened when the first probe failed, and the probe is the evidence', () => {
  const reason = REASONS.failing ?? null;
  const [event] = deriveReplicaEvents(service, buildReplica(), failing, reason, 20_000).map(wordEvent);
  expect(event).toMatchObject({
    atMs: 15_000,
    evidence: { label: 'exit 1 after 52 ms', text: 'HTTP 503' },
    replicaKey: '1',
    taskId: 'task-1',
  });
});

test('back from a lost node it is up now, however long its container has run', () => {
  const lost = buildReplica({ status: 'lost', sinceMs: 19_000 });
  const back = buildReplica({ status: 'running', sinceMs: 1_000 });
  const [event] = deriveReplicaEvents(service, lost, back, null, 20_000);
  expect(event?.atMs).toBe(20_000);
  const [first] = deriveReplicaEvents(service, null, back, null, 20_000);
  expect(first?.atMs).toBe(1_000);
});
