import { expect, test } from 'vitest';
import type { Replica } from '#lib/model/contract/picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { deriveReplicaEvents } from './derive-replica-events.ts';

const service = { id: 'service-1', name: 'web' };
const streak = (failingStreak: number) => ({
  health: { status: 'healthy' as const, failingStreak, retries: 3, lastProbe: null, decidesAtMs: null },
});
const failing = buildReplica({
  status: 'failing',
  sentence: 'Failed 1 of 3 probes (exit 1); 2 more failures in a row and Swarm replaces it.',
  evidence: { label: 'exit 1 after 52 ms', text: 'HTTP 503' },
  sinceMs: 15_000,
  ...streak(1),
});
const eventsOf = (before: Replica | null, after: Replica) =>
  deriveReplicaEvents(service, before, after, 20_000).map(
    ({ kind, level, text }) => `${kind} ${level} ${text}`,
  );

test.each<[situation: string, before: Replica | null, after: Replica, string[]]>([
  ['its first failed probe', buildReplica(), failing, [`health warn web.1 on host-1: ${failing.sentence}`]],
  ['the second one in a row is no news of its own', failing, buildReplica({ ...failing, ...streak(2) }), []],
  [
    'its probes pass again',
    buildReplica({ ...failing, ...streak(2) }),
    buildReplica(),
    ['health good web.1 on host-1 passes its probes again, after 2 failed in a row.'],
  ],
  [
    'unhealthy',
    failing,
    buildReplica({ status: 'unhealthy', sentence: 'Failed its health check 3 times in a row (3 allowed).' }),
    ['health bad web.1 on host-1: Failed its health check 3 times in a row (3 allowed).'],
  ],
  [
    'Swarm missed that it is unhealthy',
    buildReplica({ status: 'unhealthy' }),
    buildReplica({ status: 'unhealthy', stuck: true, sentence: 'Swarm has missed it.' }),
    ['health bad web.1 on host-1: Swarm has missed it.'],
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
    buildReplica({ status: 'pending', error: 'no suitable node', hostname: null, sentence: 'No node fits.' }),
    ['task warn web.1: No node fits.'],
  ],
  [
    'its engine cannot be read: told once, of the node',
    buildReplica(),
    buildReplica({ status: 'unknown', sentence: 'Its engine cannot be read.' }),
    [],
  ],
  [
    'its node went down',
    buildReplica(),
    buildReplica({ status: 'lost', sentence: 'host-1 is down.' }),
    ['task bad web.1 on host-1: host-1 is down.'],
  ],
  [
    'it fails again and again',
    buildReplica({ status: 'starting' }),
    buildReplica({ status: 'failed', cause: 'crash-loop', sentence: 'Failed 5 times in 2 min.' }),
    ['task bad web.1 on host-1: Failed 5 times in 2 min.'],
  ],
  ['nothing changed', buildReplica(), buildReplica({ sinceMs: 12_000 }), []],
])('%s', (_situation, before, after, expected) => {
  expect(eventsOf(before, after)).toEqual(expected);
});

test('it happened when the first probe failed, and the probe is the evidence', () => {
  expect(deriveReplicaEvents(service, buildReplica(), failing, 20_000)[0]).toMatchObject({
    atMs: 15_000,
    evidence: failing.evidence,
    replicaKey: '1',
    taskId: 'task-1',
  });
});
