import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  NodePicture,
  Replica,
  ServicePicture,
  SourcePicture,
  SwarmPicture,
} from '#lib/model/contract/picture.ts';
import { compareNodes, compareReplicas, compareServices } from '#lib/model/contract/picture-order.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { applyChanges } from './apply-changes.ts';
import { diffPicture } from './diff-picture.ts';

const replicas: fc.Arbitrary<Replica> = fc
  .record({
    n: fc.integer({ min: 1, max: 12 }),
    isGlobal: fc.boolean(),
    hostname: fc.constantFrom('host-1', 'host-2', 'host-10', null),
    status: fc.constantFrom(...REPLICA_STATUSES),
    exitCode: fc.constantFrom(0, 0, 1),
    atMs: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ n, isGlobal, hostname, status, exitCode, atMs }) =>
    buildReplica({
      key: isGlobal ? `node-${n}` : String(n),
      slot: isGlobal ? null : n,
      hostname,
      status,
      health: {
        status: 'healthy',
        failingStreak: exitCode,
        retries: 3,
        lastProbe: buildProbe({ startedAtMs: atMs, exitCode }),
        decidesAtMs: null,
      },
    }),
  );

const services: fc.Arbitrary<ServicePicture> = fc
  .record({
    id: fc.integer({ min: 1, max: 6 }),
    stack: fc.constantFrom('shop', 'ml', null),
    name: fc.constantFrom('web', 'web-2', 'web-10', 'api'),
    verdict: fc.constantFrom(...VERDICTS),
    replicas: fc.uniqueArray(replicas, { selector: (one) => one.key, maxLength: 8 }),
  })
  .map(({ id, ...overrides }) =>
    buildServicePicture({ id: `s${id}`, ...overrides, replicas: overrides.replicas.sort(compareReplicas) }),
  );

const nodes: fc.Arbitrary<NodePicture> = fc
  .record({
    id: fc.integer({ min: 1, max: 5 }),
    hostname: fc.constantFrom('host-1', 'host-2', 'host-10'),
    read: fc.nat(2),
  })
  .map(({ id, hostname, read }) => {
    const node = buildNodePicture({ id: `n${id}`, hostname });
    return { ...node, engine: { ...node.engine, lastReadMs: read } };
  });

const sources: fc.Arbitrary<SourcePicture> = fc
  .record({ n: fc.integer({ min: 1, max: 3 }), state: fc.constantFrom('live', 'unreachable') })
  .map(({ n, state }) => {
    const { lastReadMs: _, ...source } = buildSource({ endpoint: `tcp://10.0.0.${n}:2375`, state });
    return source;
  });

const pictures: fc.Arbitrary<SwarmPicture> = fc
  .record({
    name: fc.constantFrom('prod', 'lab'),
    revision: fc.nat(),
    sources: fc.uniqueArray(sources, { selector: (one) => one.endpoint, maxLength: 3 }),
    nodes: fc.uniqueArray(nodes, { selector: (one) => one.id, maxLength: 5 }),
    services: fc.uniqueArray(services, { selector: (one) => one.id, maxLength: 5 }),
  })
  .map((overrides) =>
    buildSwarmPicture({
      ...overrides,
      nodes: overrides.nodes.sort(compareNodes),
      services: overrides.services.sort(compareServices),
    }),
  );

/** What a viewer sees: without what is not sent. */
function seen(picture: SwarmPicture) {
  return {
    ...picture,
    revision: 0,
    atMs: 0,
    nodes: picture.nodes.map((node) => ({ ...node, engine: { ...node.engine, lastReadMs: null } })),
    services: picture.services.map((service) => ({
      ...service,
      replicas: service.replicas.map((replica) =>
        replica.health?.lastProbe?.exitCode === 0
          ? { ...replica, health: { ...replica.health, lastProbe: 'passed' } }
          : replica,
      ),
    })),
  };
}

describe('diff and apply', () => {
  test('a, and the difference to b, is b', () => {
    fc.assert(
      fc.property(pictures, pictures, (a, b) => {
        expect(seen(applyChanges(a, diffPicture(a, b)))).toEqual(seen(b));
      }),
      { numRuns: 500 },
    );
  });

  test('a viewer who was not sent passing probes still ends at b', () => {
    fc.assert(
      fc.property(pictures, pictures, pictures, (a, b, c) => {
        const viewer = applyChanges(applyChanges(a, diffPicture(a, b)), diffPicture(b, c));
        expect(seen(viewer)).toEqual(seen(c));
      }),
      { numRuns: 300 },
    );
  });

  test('the same picture has no difference to itself or its copy', () => {
    fc.assert(
      fc.property(pictures, (a) => {
        expect(diffPicture(a, a)).toEqual([]);
        expect(diffPicture(a, structuredClone(a))).toEqual([]);
      }),
    );
  });

  test('changes may be applied twice, and one by one', () => {
    fc.assert(
      fc.property(pictures, pictures, (a, b) => {
        const changes = diffPicture(a, b);
        const once = applyChanges(a, changes);
        expect(applyChanges(once, changes)).toEqual(once);
        expect(changes.reduce((picture, change) => applyChanges(picture, [change]), a)).toEqual(once);
      }),
    );
  });
});

test('a verdict that turns does not bring the sources along, of which there is one for each engine', () => {
  const { lastReadMs: _, ...source } = buildSource();
  const before = buildSwarmPicture({ sources: [source] });
  expect(diffPicture(before, { ...before, verdict: 'failing', problems: 1 })).toEqual([
    { kind: 'swarm', swarm: expect.not.objectContaining({ sources: expect.anything() }) },
  ]);
  const lost = [{ ...source, state: 'unreachable' as const }];
  expect(diffPicture(before, { ...before, sources: lost })).toEqual([{ kind: 'sources', sources: lost }]);
});

const passing = (startedAtMs: number, overrides: Partial<Replica> = {}) =>
  buildReplica({
    health: {
      status: 'healthy',
      failingStreak: 0,
      retries: 3,
      lastProbe: buildProbe({ startedAtMs }),
      decidesAtMs: null,
    },
    ...overrides,
  });
const picture = (...list: Replica[]) =>
  buildSwarmPicture({ services: [buildServicePicture({ replicas: list })] });

describe('what is a change', () => {
  test('another passing probe is none', () => {
    expect(diffPicture(picture(passing(1)), picture(passing(2)))).toEqual([]);
  });

  test('a passing probe with something else is one, and carries it', () => {
    const after = passing(2, { restarts1h: 1 });
    expect(diffPicture(picture(passing(1)), picture(after))).toEqual([
      { kind: 'replica', serviceId: 'service-1', replica: after },
    ]);
  });

  test('the first probe, a failed one and the one that passes after it are', () => {
    const health = (exitCode: number | null) => ({
      health: {
        status: 'healthy' as const,
        failingStreak: 0,
        retries: 3,
        lastProbe: exitCode === null ? null : buildProbe({ exitCode }),
        decidesAtMs: null,
      },
    });
    const steps = [null, 0, 1, 0].map((exitCode) => picture(buildReplica(health(exitCode))));
    const kinds = steps.slice(1).map((after, i) => diffPicture(steps[i] as SwarmPicture, after).length);
    expect(kinds).toEqual([1, 1, 1]);
  });

  test('an engine that answered once more is none, one that stops answering is', () => {
    const node = buildNodePicture();
    const read = buildSwarmPicture({ nodes: [{ ...node, engine: { ...node.engine, lastReadMs: 11_000 } }] });
    const lost = buildSwarmPicture({
      nodes: [{ ...node, engine: { ...node.engine, state: 'unreachable' } }],
    });
    expect(diffPicture(buildSwarmPicture(), read)).toEqual([]);
    expect(diffPicture(read, lost).map(({ kind }) => kind)).toEqual(['node']);
  });

  test('a new service comes without replicas, which follow', () => {
    const kinds = diffPicture(buildSwarmPicture({ services: [] }), buildSwarmPicture()).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['service', 'replica']);
  });
});

describe('structural sharing', () => {
  test('only what a change touches is new', () => {
    const other = buildServicePicture({ id: 'service-2', name: 'zoo' });
    const before = buildSwarmPicture({
      services: [buildServicePicture({ replicas: [passing(1), passing(1, { key: '2', slot: 2 })] }), other],
    });
    const after = applyChanges(before, [
      {
        kind: 'replica',
        serviceId: 'service-1',
        replica: passing(1, { status: 'failing' }),
      },
    ]);
    expect(after.services[1]).toBe(other);
    expect(after.services[0]?.replicas[1]).toBe(before.services[0]?.replicas[1]);
    expect(after.nodes).toBe(before.nodes);
    expect(before.services[0]?.replicas[0]?.status).toBe('healthy');
  });

  test('no change, the same picture; a replica of a service that is not there, nothing', () => {
    const before = buildSwarmPicture();
    expect(applyChanges(before, [])).toBe(before);
    expect(applyChanges(before, [{ kind: 'replica', serviceId: 'gone', replica: passing(1) }])).toEqual(
      before,
    );
  });

  test('a service that went and came back in one batch has only its new replicas', () => {
    const { replicas: _replicas, ...head } = buildServicePicture();
    const after = applyChanges(buildSwarmPicture(), [
      { kind: 'service-gone', serviceId: 'service-1' },
      { kind: 'service', service: head },
      { kind: 'replica', serviceId: 'service-1', replica: passing(1, { key: '7', slot: 7 }) },
    ]);
    expect(after.services[0]?.replicas.map(({ key }) => key)).toEqual(['7']);
  });
});
