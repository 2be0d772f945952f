import { describe, expect, it } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine, type FakeEngine } from '#lib/testing/fake-engine.ts';
import { createEnginePool } from './create-engine-pool.ts';
import type { EngineAccess } from './plan-endpoints.ts';

const node = (id: string, address: string | null = id) => buildNode({ id, hostname: `host-${id}`, address });
const PATTERN: EngineAccess = {
  kind: 'pattern',
  toEndpoint: ({ address }: SwarmNode) => (address === null ? null : `tcp://${address}:2375`),
};

/** Engines by endpoint; `behind` says which node each endpoint leads to. */
function setUp(engineAccess: EngineAccess, behind: Record<string, string>) {
  const clock = createFakeClock();
  const engines = new Map<string, FakeEngine>();
  const seen: Observation[] = [];
  const pool = createEnginePool({
    engineAccess,
    clock,
    emit: (observation) => seen.push(observation),
    makeClient(endpoint) {
      const nodeId = behind[endpoint];
      if (nodeId === undefined) throw new EngineError('config', `${endpoint} is no endpoint.`);
      const engine = createFakeEngine(clock, { endpoint, nodeId });
      engine.containers.set('c1', buildContainer({ id: 'c1' }));
      engines.set(endpoint, engine);
      return engine.client;
    },
  });
  const source = (endpoint: string): Source | null => {
    const last = seen.findLast((each) => each.kind === 'engine' && each.source.endpoint === endpoint);
    return last?.kind === 'engine' ? last.source : null;
  };
  return { clock, engines, seen, pool, source };
}

it('asks the engine of a task for its container, where no event told of it', async () => {
  const { clock, engines, seen, pool } = setUp(PATTERN, { 'tcp://a:2375': 'a', 'tcp://b:2375': 'b' });
  pool.setNodes([node('a'), node('b')]);
  await clock.advance(10);
  const engine = engines.get('tcp://a:2375') as FakeEngine;
  for (const id of ['new', 'over']) engine.containers.set(id, buildContainer({ id }));
  pool.expect([
    buildTask({ nodeId: 'a', containerId: 'new', state: 'running' }),
    buildTask({ nodeId: 'a', containerId: 'over', state: 'failed' }),
    buildTask({ nodeId: 'nowhere', containerId: 'new', state: 'running' }),
  ]);
  await clock.advance(1_000);
  const read = seen.flatMap((one) => (one.kind === 'container' ? [one.container.id] : []));
  expect(read).toEqual(['new']);
  expect(engines.get('tcp://b:2375')?.counts.inspectContainer).toBe(1);
});

describe('nodes come and go', () => {
  it('watches each node with a way in, and stops when it leaves', async () => {
    const { clock, engines, seen, pool, source } = setUp(PATTERN, {
      'tcp://a:2375': 'a',
      'tcp://b:2375': 'b',
    });
    pool.setNodes([node('a'), node('nowhere', null)]);
    await clock.advance(10);
    expect(source('tcp://a:2375')).toMatchObject({ state: 'live', nodeId: 'a' });
    pool.setNodes([node('a'), node('b')]);
    await clock.advance(10);
    pool.setNodes([node('b')]);
    expect(seen.slice(-2)).toEqual([
      { kind: 'containers', nodeId: 'a', containers: [] },
      { kind: 'engine-gone', endpoint: 'tcp://a:2375' },
    ]);
    expect(engines.get('tcp://a:2375')?.openStreams()).toBe(0);
  });

  it('follows an engine that left the swarm and joined it as another node, with its streams open', async () => {
    const { clock, engines, seen, pool, source } = setUp(PATTERN, { 'tcp://a:2375': 'a' });
    pool.setNodes([node('a')]);
    await clock.advance(10);
    const engine = engines.get('tcp://a:2375') as FakeEngine;
    engine.identity = { ...engine.identity, nodeId: 'again' };
    const nodes = [{ ...node('a'), status: 'down' as const }, node('again', 'a')];
    pool.setNodes(nodes);
    await clock.advance(10);
    expect(seen).toContainEqual({ kind: 'containers', nodeId: 'a', containers: [] });
    expect(source('tcp://a:2375')).toMatchObject({ state: 'live', nodeId: 'again' });

    const identified = engine.counts.identify;
    expect(identified).toBeGreaterThan(2);
    pool.setNodes(nodes);
    await clock.advance(10);
    expect(engine.counts.identify, 'one that answers for the node it is is not asked again').toBe(identified);
  });

  it('reads an engine that joined again as soon as its new node is ready, however often it was in no swarm', async () => {
    const access: EngineAccess = { kind: 'fixed', endpoints: ['tcp://a:2375'] };
    const { clock, engines, pool, source } = setUp(access, { 'tcp://a:2375': 'a' });
    pool.setNodes([node('a')]);
    await clock.advance(10);
    const engine = engines.get('tcp://a:2375') as FakeEngine;
    engine.identity = { ...engine.identity, nodeId: null, localNodeState: 'inactive' };
    const down = { ...node('a'), status: 'down' as const };
    pool.setNodes([down]);
    await clock.advance(1_000);
    expect(source('tcp://a:2375')?.state).toBe('unreachable');
    // Listed before its engine knows that it has joined.
    pool.setNodes([down, { ...node('again', 'a'), status: 'down' as const }]);
    await clock.advance(1_000);
    engine.identity = { ...engine.identity, nodeId: 'again', localNodeState: 'active' };
    pool.setNodes([down, node('again', 'a')]);
    await clock.advance(100);
    expect(source('tcp://a:2375')).toMatchObject({ state: 'live', nodeId: 'again' });
  });

  it('follows a node to its new endpoint', async () => {
    const { clock, seen, pool, source } = setUp(PATTERN, { 'tcp://old:2375': 'a', 'tcp://new:2375': 'a' });
    pool.setNodes([node('a', 'old')]);
    await clock.advance(10);
    pool.setNodes([node('a', 'new')]);
    await clock.advance(10);
    expect(seen).toContainEqual({ kind: 'engine-gone', endpoint: 'tcp://old:2375' });
    expect(source('tcp://new:2375')).toMatchObject({ state: 'live', nodeId: 'a' });
  });
});

describe('endpoints that lead astray', () => {
  it('reads a node once when two endpoints lead to it, and lets the other take over', async () => {
    const endpoints = ['tcp://a1:2375', 'tcp://a2:2375'];
    const { clock, engines, pool, source } = setUp(
      { kind: 'fixed', endpoints },
      { 'tcp://a1:2375': 'a', 'tcp://a2:2375': 'a' },
    );
    pool.setNodes([node('a')]);
    await clock.advance(10);
    expect(source('tcp://a1:2375')?.state).toBe('live');
    expect(source('tcp://a2:2375')).toMatchObject({ state: 'unreachable', nodeId: null });
    expect(source('tcp://a2:2375')?.error).toContain('already read by tcp://a1:2375');
    expect(engines.get('tcp://a2:2375')?.openStreams()).toBe(0);
    engines.get('tcp://a1:2375')?.setMode('refused');
    await clock.advance(20);
    expect(source('tcp://a2:2375')).toMatchObject({ state: 'live', nodeId: 'a' });
    engines.get('tcp://a1:2375')?.setMode('up');
    await clock.advance(10_000);
    expect(source('tcp://a1:2375')?.error).toContain('already read by tcp://a2:2375');
  });

  it.each(['tcp://b:2375', 'tcp://name-of-b.example:2375'])(
    'does not let an engine of a list (%s) speak for another node, first or while that one is silent',
    async (hostile) => {
      const { clock, engines, pool, source } = setUp(
        { kind: 'fixed', endpoints: [hostile, 'tcp://a:2375'] },
        { [hostile]: 'a', 'tcp://a:2375': 'a' },
      );
      const nodes = [
        { ...node('a'), address: 'a' },
        { ...node('b'), address: 'b' },
      ];
      pool.setNodes(nodes);
      await clock.advance(10);
      expect(source('tcp://a:2375')).toMatchObject({ state: 'live', nodeId: 'a' });
      expect(source(hostile)?.state).toBe('unreachable');
      expect(source(hostile)?.nodeId).not.toBe('a');
      expect(source(hostile)?.error).toMatch(/check the address/);
      engines.get('tcp://a:2375')?.setMode('refused');
      await clock.advance(60_000);
      expect(source(hostile)?.state).toBe('unreachable');
      expect(source(hostile)?.nodeId).not.toBe('a');
    },
  );

  it('does not use an engine of another swarm, also when that is learnt later', async () => {
    const { clock, seen, pool, source } = setUp(
      { kind: 'fixed', endpoints: ['tcp://x:2375'] },
      { 'tcp://x:2375': 'x' },
    );
    await clock.advance(10);
    expect(source('tcp://x:2375')?.state).toBe('live');
    pool.setNodes([node('a')]);
    expect(source('tcp://x:2375')).toMatchObject({ state: 'unreachable', nodeId: null });
    expect(source('tcp://x:2375')?.error).toContain('another swarm');
    expect(seen).toContainEqual({ kind: 'containers', nodeId: 'x', containers: [] });
    pool.setNodes([node('a'), node('x')]);
    await clock.advance(10);
    expect(source('tcp://x:2375')?.state).toBe('live');
  });

  it('tells when a pattern leads to another node than it should', async () => {
    const { clock, pool, source } = setUp(PATTERN, { 'tcp://a:2375': 'b' });
    pool.setNodes([node('a'), node('b', null)]);
    await clock.advance(10);
    expect(source('tcp://a:2375')?.error).toBe(
      'tcp://a:2375 should lead to host-a, but host-b answers: check the pattern.',
    );
  });

  it('shows an endpoint that is wrong in itself', () => {
    const { source } = setUp({ kind: 'fixed', endpoints: ['nonsense'] }, {});
    expect(source('nonsense')).toMatchObject({ state: 'unreachable', error: 'nonsense is no endpoint.' });
  });
});

it('leaves nothing behind when closed', async () => {
  const { clock, engines, pool } = setUp(PATTERN, { 'tcp://a:2375': 'a', 'tcp://b:2375': 'b' });
  pool.setNodes([node('a'), node('b')]);
  await clock.advance(100);
  await pool.refresh('a', 'c1');
  pool.close();
  pool.setNodes([node('a')]);
  await clock.advance(10);
  expect([...engines.values()].map((engine) => engine.openStreams())).toEqual([0, 0]);
  expect(clock.pendingTimers()).toBe(0);
});

it('engines that take for ever to be read keep no other from being read', async () => {
  const names = Array.from({ length: 20 }, (_, n) => `slow${n}`);
  const behind = Object.fromEntries([...names, 'good'].map((name) => [`tcp://${name}:2375`, name]));
  const { clock, engines, pool, source } = setUp(PATTERN, behind);
  pool.setNodes([]);
  pool.setNodes(names.map((name) => node(name)));
  for (const name of names) {
    const engine = engines.get(`tcp://${name}:2375`);
    for (let n = 0; n < 2_000; n += 1) engine?.containers.set(`c${n}`, buildContainer({ id: `c${n}` }));
    for (let n = 0; n < 2_000; n += 1) engine?.hanging.add(`c${n}`);
  }
  await clock.advance(100);
  pool.setNodes([...names, 'good'].map((name) => node(name)));
  await clock.advance(40_000);
  expect(source('tcp://good:2375')?.state).toBe('live');
  pool.close();
});
