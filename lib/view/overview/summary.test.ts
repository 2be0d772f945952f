import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { formatRatio } from '#lib/view/format/numbers.ts';
import { selectOverviewProblems, toEvidence, toWorstReplica } from './overview-problems.ts';
import { describeAttention, describeCounts, toSummary, updateSummary } from './summary.ts';
import { hasSameStacks, toStacks } from './to-stacks.ts';

const job = buildServicePicture({
  id: 'job',
  mode: { kind: 'replicated-job', maxConcurrent: 2, totalCompletions: 10 },
  desired: 10,
  running: 2,
  completed: 6,
  verdict: 'running',
  healthCheck: null,
});

describe('toSummary', () => {
  test('counts services, nodes, replicas, failing probes and restarts; jobs have no wanted replicas', () => {
    const failing = buildReplica({ status: 'failing', restarts1h: 3 });
    if (failing.health !== null) failing.health = { ...failing.health, failingStreak: 2 };
    const picture = buildSwarmPicture({
      nodes: [buildNodePicture(), buildNodePicture({ id: 'n2', status: 'down' })],
      services: [
        buildServicePicture(),
        buildServicePicture({ id: '2', verdict: 'failing', healthy: 0, replicas: [failing] }),
        buildServicePicture({
          id: '3',
          verdict: 'unknown',
          healthy: 0,
          replicas: [buildReplica({ status: 'unknown' })],
        }),
        job,
      ],
    });
    const summary = toSummary(picture);
    expect(summary.services).toEqual({ total: 4, problems: 1, unknown: 1 });
    expect(summary.nodes).toMatchObject({ total: 2, ready: 1 });
    expect(summary.replicas).toMatchObject({ desired: 3, healthy: 1 });
    expect(summary.replicas.byStatus).toMatchObject({ healthy: 1, failing: 1, unknown: 1 });
    expect(summary).toMatchObject({ failingProbes: 1, restarts1h: 3 });
  });

  test('brought up to date after any change, it is what counting everything gives; so are the stacks', () => {
    const service = fc
      .record({
        id: fc.constantFrom('a', 'b', 'c'),
        stack: fc.constantFrom(null, 'shop'),
        verdict: fc.constantFrom('healthy', 'down', 'unknown'),
        healthy: fc.nat(3),
        status: fc.constantFrom('healthy', 'failing', 'lost'),
      } as const)
      .map(({ status, ...rest }) => buildServicePicture({ ...rest, replicas: [buildReplica({ status })] }));
    const node = fc
      .constantFrom('ready' as const, 'down' as const)
      .map((status) => buildNodePicture({ status }));
    const pool = fc.record({
      services: fc.array(fc.oneof(service, fc.constant(job))),
      nodes: fc.array(node),
    });
    const pick = fc.record({ services: fc.array(fc.nat(9)), nodes: fc.array(fc.nat(9)) });
    fc.assert(
      fc.property(pool, pick, pick, (all, one, two) => {
        const [before, after] = [one, two].map(({ services, nodes }) => ({
          services: services.flatMap((at) => all.services[at] ?? []),
          nodes: nodes.flatMap((at) => all.nodes[at] ?? []),
        })) as [typeof all, typeof all];
        expect(updateSummary(toSummary(before), before, after)).toEqual(toSummary(after));
        if (hasSameStacks(before.services, after.services))
          expect(toStacks(before.services)).toEqual(toStacks(after.services));
      }),
    );
  });
});

test('problems are ordered by verdict, then newest first, unknown ones apart', () => {
  const services = [
    buildServicePicture({ id: 'old', verdict: 'failing', sinceMs: 1 }),
    buildServicePicture({ id: 'new', verdict: 'failing', sinceMs: 2 }),
    buildServicePicture({ id: 'down', verdict: 'down', sinceMs: 0 }),
    buildServicePicture({ id: 'dark', verdict: 'unknown' }),
    buildServicePicture({ id: 'fine' }),
    buildServicePicture({ id: 'idle', verdict: 'idle' }),
    buildServicePicture({ id: 'update', verdict: 'updating' }),
  ];
  expect(selectOverviewProblems({ nodes: [], services, findings: [] })).toMatchObject({
    losses: [],
    order: ['down', 'new', 'old'],
    unknown: ['dark'],
  });
});

test('what a node that is down took along is shown with the node, unless there is more to say', () => {
  const [lost, healthy] = [
    buildReplica({ key: '1', status: 'lost', nodeId: 'gone' }),
    buildReplica({ key: '2', nodeId: 'here' }),
  ];
  const failed = buildReplica({ key: '3', status: 'failed', nodeId: 'here' });
  const services = [
    buildServicePicture({ id: 'web', name: 'web', verdict: 'degraded', replicas: [lost, healthy] }),
    buildServicePicture({ id: 'api', name: 'api', verdict: 'down', replicas: [lost, failed] }),
    buildServicePicture({ id: 'fine', verdict: 'healthy', replicas: [healthy] }),
  ];
  const nodes = [
    buildNodePicture({ id: 'gone', hostname: 'docker02', status: 'down' }),
    buildNodePicture({ id: 'here', hostname: 'docker01' }),
  ];
  const { losses, serviceIds } = selectOverviewProblems({ nodes, services, findings: [] });
  expect(serviceIds).toEqual(['api']);
  expect(losses).toHaveLength(1);
  expect(losses[0]).toMatchObject({
    hostname: 'docker02',
    replicas: 2,
    services: [
      { name: 'web', keys: ['1'], explained: true },
      { name: 'api', keys: ['1'], explained: false },
    ],
  });
});

test.each([
  [buildServicePicture({ desired: 5, healthy: 3 }), '3 of 5 replicas healthy', '3 / 5'],
  [buildServicePicture({ healthCheck: null }), '1 of 1 replica running', '1 / 1'],
  [buildServicePicture({ desired: 0, running: 0, healthy: 0, replicas: [] }), 'scaled to 0', '0 / 0'],
  [buildServicePicture({ desired: 0, running: 2, healthy: 0 }), 'scaled to 0, 2 still up', '0 / 0'],
  [job, '6 of 10 runs complete, 2 running', '6 / 10'],
])('counts %#', (service, words, ratio) => {
  expect(describeCounts(service)).toBe(words);
  expect(formatRatio(service)).toBe(ratio);
});

test('the worst replica has the word, and its evidence', () => {
  const pending = buildReplica({
    key: '2',
    status: 'pending',
    evidence: { label: 'Docker', text: 'no suitable node' },
  });
  const failed = buildReplica({ key: '3', status: 'failed', evidence: { label: 'exit 1', text: 'boom' } });
  const silent = buildReplica({ key: '4', status: 'lost' });
  const replicas = [buildReplica(), pending, silent, failed];
  expect(toWorstReplica(replicas)?.key).toBe('3');
  expect(toEvidence({ replicas })).toEqual({ label: 'exit 1', text: 'boom' });
  expect(toWorstReplica([buildReplica()])).toBeNull();
  expect(toEvidence({ replicas: [buildReplica({ evidence: { label: 'old', text: 'news' } })] })).toBeNull();
});

test.each([
  [false, 2, 0, '2 services need attention'],
  [false, 0, 1, '1 node needs attention'],
  [true, 0, 0, 'The swarm needs attention'],
  [true, 0, 2, 'The swarm and 2 nodes need attention'],
  [true, 1, 0, 'The swarm and 1 service need attention'],
  [true, 14, 1, 'The swarm, 14 services and 1 node need attention'],
])('of the swarm itself %j, services %d, nodes %d: %s', (isSwarm, services, nodes, expected) => {
  expect(describeAttention(isSwarm, services, nodes)).toBe(expected);
});
