import { describe, expect, test } from 'vitest';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { findTroubles } from './find-troubles.ts';
import { stepTrouble } from './step-trouble.ts';

const toService = (name: string, verdict: Verdict, ...statuses: ReplicaStatus[]) =>
  buildServicePicture({
    id: name,
    name,
    verdict,
    replicas: statuses.map((status, index) => buildReplica({ key: `${index + 1}`, slot: index + 1, status })),
  });

describe('what needs attention, one page after the other', () => {
  test('lost nodes, then services worst first with their worst replicas first, then other nodes', () => {
    const services = [
      toService('api', 'failing', 'healthy', 'failing', 'failing'),
      toService('calm', 'healthy', 'healthy'),
      toService('db', 'down', 'pending', 'failed'),
      toService('empty', 'pending'),
    ];
    const nodes = [
      buildNodePicture(),
      buildNodePicture({ id: 'dead', status: 'down' }),
      buildNodePicture({ id: 'retired', status: 'down', availability: 'drain' }),
      buildNodePicture({ id: 'drained', availability: 'drain' }),
      buildNodePicture({ id: 'cut', role: 'manager', reachability: 'unreachable' }),
    ];
    expect(findTroubles({ services, nodes }).map(({ href }) => href)).toEqual([
      '/nodes/dead',
      '/services/db/2',
      '/services/db/1',
      '/services/empty',
      '/services/api/2',
      '/services/api/3',
      '/nodes/cut',
    ]);
  });

  test('a replica that comes up again after a bad end is in trouble still', () => {
    const service = toService('api', 'degraded', 'starting', 'healthy');
    const replicas = service.replicas.map((replica) => ({
      ...replica,
      recovering: replica.status === 'starting',
    }));
    expect(findTroubles({ services: [{ ...service, replicas }], nodes: [] }).map(({ href }) => href)).toEqual(
      ['/services/api/1'],
    );
  });

  test('nothing when all is well', () => {
    expect(
      findTroubles({ services: [toService('api', 'healthy', 'healthy')], nodes: [buildNodePicture()] }),
    ).toEqual([]);
  });
});

describe('the next one', () => {
  const troubles = ['/services/a/1', '/services/a/2', '/services/b/1', '/nodes/x'].map((href) => ({ href }));
  const CASES: [from: string, step: 1 | -1, to: string, number: number][] = [
    ['/', 1, '/services/a/1', 1],
    ['/', -1, '/nodes/x', 4],
    ['/services/a/1', 1, '/services/a/2', 2],
    ['/services/a/1', -1, '/nodes/x', 4],
    ['/nodes/x', 1, '/services/a/1', 1],
    ['/services/b', 1, '/services/b/1', 3],
    ['/services/well/3', 1, '/services/a/1', 1],
  ];
  test.each(CASES)('from %s by %i is %s', (from, step, to, number) => {
    expect(stepTrouble(troubles, from, step)).toEqual({ trouble: { href: to }, number });
  });
  test('none', () => expect(stepTrouble([], '/', 1)).toBeNull());
});
