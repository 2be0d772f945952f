import { describe, expect, it } from 'vitest';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { startLive } from '#lib/testing/start-live.ts';

const PASSED = buildProbe({ startedAtMs: 15_000 });
const FAILED = buildProbe({ startedAtMs: 20_000, exitCode: 1, output: '503' });
const healthy = buildCheckedContainer({ probes: [PASSED] });
const failing = buildCheckedContainer({ probes: [PASSED, FAILED], failingStreak: 1 });
/** The same task and container ids, as the engine of another node claims them. */
const liesOf = (container: typeof healthy) => ({ ...container, nodeId: 'node-2' });

const NODES = { kind: 'nodes', nodes: [buildNode({ id: 'node-1' }), buildNode({ id: 'node-2' })] } as const;
const SERVICES = { kind: 'services', services: [buildService()], complete: true } as const;
const TASKS = { kind: 'tasks', tasks: [buildTask({ nodeId: 'node-1' })], serviceIds: null } as const;
const ENGINES = [
  { kind: 'engine', source: buildSource({ nodeId: 'node-1', endpoint: 'tcp://one' }) },
  { kind: 'engine', source: buildSource({ nodeId: 'node-2', endpoint: 'tcp://two' }) },
] as const;

function setUp() {
  const clock = createFakeClock(30_000);
  const { facts, live } = startLive(clock);
  const status = () => live.picture().services.find(({ name }) => name === 'web')?.replicas[0]?.status;
  return { apply: facts.apply, status };
}

describe('an engine that tells of another node’s task', () => {
  it('does not make it green', () => {
    const { apply, status } = setUp();
    for (const observation of [NODES, SERVICES, TASKS, ...ENGINES])
      apply(structuredClone(observation) as never);
    apply({ kind: 'containers', nodeId: 'node-1', containers: [] });
    apply({ kind: 'container', container: liesOf(healthy) });
    expect(status()).toBe('unknown');
    apply({ kind: 'container', container: failing });
    expect(status()).toBe('failing');
    apply({ kind: 'container', container: liesOf(healthy) });
    expect(status()).toBe('failing');
  });

  it('does not hide it: not with a container of its own, not by taking that back, not by a list without it', () => {
    const { apply, status } = setUp();
    for (const observation of [NODES, SERVICES, TASKS, ...ENGINES])
      apply(structuredClone(observation) as never);
    apply({ kind: 'containers', nodeId: 'node-1', containers: [healthy] });
    expect(status()).toBe('healthy');
    apply({ kind: 'container', container: { ...liesOf(failing), state: 'exited' } });
    expect(status()).toBe('healthy');
    apply({ kind: 'container-gone', nodeId: 'node-2', containerId: healthy.id });
    expect(status()).toBe('healthy');
    apply({ kind: 'containers', nodeId: 'node-2', containers: [] });
    expect(status()).toBe('healthy');
  });

  it('gains nothing by being first, before a manager said whose the task is', () => {
    const { apply, status } = setUp();
    apply({ kind: 'containers', nodeId: 'node-2', containers: [liesOf(healthy)] });
    apply({ kind: 'containers', nodeId: 'node-1', containers: [failing] });
    apply({ kind: 'container', container: liesOf(healthy) });
    for (const observation of [NODES, SERVICES, TASKS, ...ENGINES])
      apply(structuredClone(observation) as never);
    expect(status()).toBe('failing');
  });
});
