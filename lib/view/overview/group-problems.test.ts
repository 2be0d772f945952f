import { expect, test } from 'vitest';
import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { nameProblem } from '#words/pages/problem-lines.ts';
import { toCompactCells } from './compact-cells.ts';
import { groupProblems, isGroupOver } from './group-problems.ts';

const service = (name: string, verdict: Verdict, status: ReplicaStatus, cause: Cause | null) =>
  buildServicePicture({
    id: name,
    name,
    verdict,
    replicas: [buildReplica({ key: '1', status: 'healthy' }), buildReplica({ key: '2', status, cause })],
  });

test('services of one cause are together, the worst group first, then the largest', () => {
  const groups = groupProblems([
    service('a', 'down', 'failed', 'image-missing'),
    service('b', 'degraded', 'unhealthy', 'unhealthy'),
    service('c', 'degraded', 'failed', 'out-of-memory'),
    service('d', 'degraded', 'failed', 'out-of-memory'),
    service('e', 'failing', 'failing', 'probe-failing'),
    service('f', 'degraded', 'failed', null),
  ]);
  expect(groups.map(({ cause, services }) => [nameProblem(cause), services.map(({ name }) => name)])).toEqual(
    [
      ['Image missing', ['a']],
      ['Out of memory', ['c', 'd']],
      ['Unhealthy', ['b']],
      ['Other problems', ['f']],
      ['Probes failed', ['e']],
    ],
  );
});

test('what is wrong with the service itself comes before its replicas', () => {
  const own = {
    cause: 'update-paused',
    level: 'problem',
    sentence: 'It is paused.',
    evidence: null,
    hint: null,
    sinceMs: 0,
    because: null,
    subject: { kind: 'service', serviceId: 'a' },
  } as const;
  const one = { ...service('a', 'degraded', 'failed', 'exit-code'), findings: [own] };
  expect(groupProblems([one])[0]?.cause).toBe('update-paused');
});

test('a group is over once all of it is well, not when it has come to another problem', () => {
  const killed = service('a', 'degraded', 'failed', 'crash-loop');
  const well = service('b', 'healthy', 'healthy', null);
  expect(isGroupOver({ cause: 'unhealthy', services: [killed, well] })).toBe(false);
  expect(isGroupOver({ cause: 'unhealthy', services: [well] })).toBe(true);
});

const many = (count: number, status: ReplicaStatus, from = 0): Replica[] =>
  Array.from({ length: count }, (_, at) => buildReplica({ key: String(from + at), status }));

test.each<[what: string, replicas: Replica[], expected: string]>([
  [
    'six are a cell each',
    [...many(4, 'healthy'), ...many(2, 'failed', 4)],
    'healthy healthy healthy healthy failed failed',
  ],
  ['of more, what is well is one', [...many(10, 'healthy'), ...many(2, 'lost', 10)], 'lost lost healthy×10'],
  ['and so is what is wrong beyond five', many(50, 'failed'), `${'failed '.repeat(5)}failed×45`],
  ['nothing is nothing', [], ''],
])('%s', (_what, replicas, expected) => {
  const cells = toCompactCells(replicas).map(({ status, count }) =>
    count > 1 ? `${status}×${count}` : status,
  );
  expect(cells.join(' ')).toBe(expected);
  expect(toCompactCells(replicas).reduce((sum, { count }) => sum + count, 0)).toBe(replicas.length);
});
