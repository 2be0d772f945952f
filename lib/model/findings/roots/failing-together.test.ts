import { expect, test } from 'vitest';
import type { Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { findFailingTogether } from './failing-together.ts';

const because = { cause: 'node-disk', subject: { kind: 'node', nodeId: 'n1' } } as const;

/** Ended badly at this second, and nothing is up in its place. */
function failed(nodeId: string, atS: number, more: Partial<Replica> = {}, explained = false): Replica {
  return buildReplica({
    key: `${nodeId}-${atS}`,
    nodeId,
    status: 'failed',
    findings: [
      {
        cause: 'crash-loop',
        level: 'problem',
        subject: { kind: 'replica', serviceId: 's', key: '1' },
        sentence: 'Ended.',
        evidence: null,
        hint: null,
        sinceMs: atS * 1_000,
        because: explained ? because : null,
      },
    ],
    ...more,
  });
}

const service = (name: string, replicas: Replica[], more: Partial<ServicePicture> = {}) =>
  buildServicePicture({ id: name, name, verdict: 'down', replicas, ...more });
const updating = { state: 'updating' } as unknown as ServicePicture['update'];

test.each<[string, ServicePicture[], string | null]>([
  // What happened, and of it: replicas, services, nodes, since when.
  [
    'three services on two nodes within 10 s',
    [service('a', [failed('n1', 100)]), service('b', [failed('n2', 104)]), service('c', [failed('n1', 110)])],
    '3 3 2 100',
  ],
  [
    'the same within 11 s',
    [service('a', [failed('n1', 100)]), service('b', [failed('n2', 104)]), service('c', [failed('n1', 111)])],
    null,
  ],
  [
    'on one node alone: it is that node’s',
    ['a', 'b', 'c'].map((name) => service(name, [failed('n1', 100)])),
    null,
  ],
  [
    'many replicas of two services: they are theirs',
    ['a', 'b'].map((name) =>
      service(
        name,
        ['n1', 'n2', 'n3'].map((id) => failed(id, 100)),
      ),
    ),
    null,
  ],
  [
    'one of them is explained by its node',
    [
      service('a', [failed('n1', 100, {}, true)]),
      service('b', [failed('n2', 100)]),
      service('c', [failed('n3', 100)]),
    ],
    null,
  ],
  [
    'one of them is being updated',
    [
      service('a', [failed('n1', 100)], { update: updating }),
      service('b', [failed('n2', 100)]),
      service('c', [failed('n3', 100)]),
    ],
    null,
  ],
  [
    'one of them waits for a node',
    [
      service('a', [failed('n1', 100, { status: 'pending' })]),
      service('b', [failed('n2', 100)]),
      service('c', [failed('n3', 100)]),
    ],
    null,
  ],
  [
    'an old failure beside a burst is not of it',
    [
      service('a', [failed('n1', 5), failed('n2', 100)]),
      service('b', [failed('n2', 101)]),
      service('c', [failed('n3', 102)]),
    ],
    '3 3 2 100',
  ],
  [
    'of two bursts the larger one',
    [
      service('a', [failed('n1', 5), failed('n1', 100)]),
      service('b', [failed('n2', 6), failed('n2', 101), failed('n3', 101)]),
      service('c', [failed('n3', 7), failed('n3', 102)]),
    ],
    '4 3 3 100',
  ],
  [
    'all is well',
    ['a', 'b', 'c'].map((name) => service(name, [buildReplica()], { verdict: 'healthy' })),
    null,
  ],
])('%s', (_what, services, expected) => {
  const found = findFailingTogether(services);
  if (found === null || found.cause !== 'failing-together') expect(found).toBe(expected);
  else {
    const { replicas, services: of, nodes } = found.facts;
    expect(`${replicas} ${of.count} ${nodes} ${(found.sinceMs ?? 0) / 1_000}`).toBe(expected);
    expect(found.level).toBe('notice');
  }
});
