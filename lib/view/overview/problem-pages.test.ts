import { describe, expect, test } from 'vitest';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { buildLeftNode, buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { findNewProblems, findProblemPages, type Noticed, stepProblem } from './problem-pages.ts';

const toService = (name: string, verdict: Verdict, ...statuses: ReplicaStatus[]) =>
  buildServicePicture({
    id: name,
    name,
    verdict,
    replicas: statuses.map((status, index) => buildReplica({ key: `${index + 1}`, slot: index + 1, status })),
  });

describe('what needs attention, one page after the other', () => {
  test('services and lost nodes as they are told, with their worst replicas first, then nodes nobody can read and others', () => {
    const services = [
      toService('api', 'failing', 'healthy', 'failing', 'failing'),
      toService('calm', 'healthy', 'healthy'),
      toService('db', 'down', 'pending', 'failed'),
      toService('empty', 'pending'),
    ];
    const nodes = [
      buildNodePicture(),
      buildNodePicture({ id: 'mute', engine: { ...buildNodePicture().engine, state: 'unreachable' } }),
      buildNodePicture({ id: 'dead', status: 'down' }),
      buildNodePicture({ id: 'retired', status: 'down', availability: 'drain' }),
      buildNodePicture({ id: 'drained', availability: 'drain' }),
      buildLeftNode({ id: 'left' }),
      buildNodePicture({ id: 'cut', role: 'manager', reachability: 'unreachable' }),
    ];
    expect(findProblemPages({ services, nodes, findings: [] }).map(({ href }) => href)).toEqual([
      '/services/db/2',
      '/services/db/1',
      '/nodes/dead',
      '/services/empty',
      '/services/api/2',
      '/services/api/3',
      '/nodes/mute',
      '/nodes/cut',
    ]);
  });

  test('a replica that comes up again after a bad end is a problem still', () => {
    const service = toService('api', 'degraded', 'starting', 'healthy');
    const replicas = service.replicas.map((replica) => ({
      ...replica,
      recovering: replica.status === 'starting',
    }));
    expect(
      findProblemPages({ services: [{ ...service, replicas }], nodes: [], findings: [] }).map(
        ({ href }) => href,
      ),
    ).toEqual(['/services/api/1']);
  });

  test('nothing when all is well', () => {
    expect(
      findProblemPages({
        services: [toService('api', 'healthy', 'healthy')],
        nodes: [buildNodePicture()],
        findings: [],
      }),
    ).toEqual([]);
  });
});

describe('the next one', () => {
  const problems = ['/services/a/1', '/services/a/2', '/services/b/1', '/nodes/x'].map((href) => ({ href }));
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
    expect(stepProblem(problems, from, step)).toEqual({ problem: { href: to }, number });
  });
  test('none', () => expect(stepProblem([], '/', 1)).toBeNull());
});

/** Looks one after the other: `[seconds, ids]`; gives what was new at each. */
function look(...looks: [seconds: number, ids: string][]): string[] {
  let noticed: Noticed = null;
  return looks.map(([seconds, ids]) => {
    const step = findNewProblems(noticed, ids.split(' ').filter(Boolean), seconds * 1000);
    noticed = step.noticed;
    return step.fresh.join(' ');
  });
}

test.each([
  ['none at the first look', [[0, 'api web']], ['']],
  [
    'a new one once',
    [
      [0, ''],
      [1, 'api'],
      [2, 'api'],
    ],
    ['', 'api', ''],
  ],
  [
    'two at once',
    [
      [0, 'db'],
      [1, 'db api web'],
    ],
    ['', 'api web'],
  ],
  [
    'flapping is one',
    [
      [0, ''],
      [1, 'api'],
      [10, ''],
      [30, 'api'],
      [60, ''],
      [100, 'api'],
    ],
    ['', 'api', '', '', '', ''],
  ],
  [
    'long gone and back is a new one',
    [
      [0, ''],
      [1, 'api'],
      [2, ''],
      [200, ''],
      [201, 'api'],
    ],
    ['', 'api', '', '', 'api'],
  ],
  [
    'one that lasts for long stays one',
    [
      [0, ''],
      [1, 'api'],
      [500, 'api'],
      [1000, 'api db'],
    ],
    ['', 'api', '', 'db'],
  ],
] as [string, [number, string][], string[]][])('%s', (_what, looks, wanted) => {
  expect(look(...looks)).toEqual(wanted);
});
