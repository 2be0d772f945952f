import { describe, expect, it } from 'vitest';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import { createListReader } from './create-list-reader.ts';

const states = (tasks: readonly Task[] = []) => tasks.map(({ id, state }) => `${id} ${state}`).sort();

function setUp() {
  const clock = createFakeClock();
  const engine = createFakeEngine(clock);
  engine.nodes = [buildNode({ id: 'n1' })];
  engine.services = ['a', 'b'].map((id) => buildService({ id, name: id }));
  engine.tasks = ['a', 'b'].map((id) => buildTask({ id: `t-${id}`, serviceId: id, nodeId: 'n1' }));
  const seen: Observation[] = [];
  const calls: string[] = [];
  const reader = createListReader({
    client: engine.client,
    clock,
    emit: (observation) => seen.push(observation),
    onNodes: (nodes) => calls.push(`nodes ${nodes.length}`),
    onActivity: () => calls.push('activity'),
    hasOthers: false,
    patienceMs: () => 2_500,
    onHang: () => 0,
    onOverdue: () => calls.push('overdue'),
  });
  const tasks = () => seen.flatMap((one) => (one.kind === 'tasks' ? [one] : []));
  return { clock, engine, reader, seen, calls, tasks };
}

describe('a full list', () => {
  it('is emitted whole, and remembered as far as it says what to read next', async () => {
    const { reader, seen } = setUp();
    expect(await reader.readAll()).toBe(true);
    expect(seen.map(({ kind }) => kind)).toEqual(['nodes', 'services', 'tasks']);
    expect(reader.listed.serviceOfTask('t-b')).toBe('b');
    expect(reader.listed.servicesOn(new Set(['n1']))).toEqual(['a', 'b']);
    expect([reader.listed.countServices(), reader.listed.countTasks()]).toEqual([2, 2]);
  });

  it('does not undo what was read of a service while it was under way', async () => {
    const { clock, engine, reader, tasks } = setUp();
    await reader.readAll();
    engine.delayMs = 100;
    const full = reader.readAll();
    engine.delayMs = 0;
    engine.tasks = engine.tasks.map((task) => (task.id === 't-a' ? { ...task, state: 'failed' } : task));
    await reader.readServices([{ serviceId: 'a', spec: false, slots: null, whole: true }]);
    engine.tasks = engine.tasks.map((task) => ({ ...task, state: 'running' }));
    await clock.advance(200);
    await full;
    const last = tasks().at(-1);
    expect(last?.serviceIds).toBeNull();
    expect(last?.tasks.find(({ id }) => id === 't-a')?.state).toBe('failed');
  });

  it('that comes after it was dropped is worth nothing', async () => {
    const { clock, engine, reader, seen } = setUp();
    engine.delayMs = 100;
    const full = reader.readAll();
    reader.drop();
    await clock.advance(200);
    expect(await full).toBe(false);
    expect(seen).toEqual([]);
  });

  it('that takes long is overdue, once', async () => {
    const { clock, engine, reader, calls } = setUp();
    await reader.readAll();
    calls.length = 0;
    engine.delayMs = 10_000;
    engine.client.listManagers = async () => engine.nodes;
    const full = reader.readAll();
    await clock.advance(9_000);
    expect(calls).toEqual(['overdue']);
    await clock.advance(2_000);
    await full;
    expect(calls).toEqual(['overdue', 'activity', 'nodes 1']);
    expect(clock.pendingTimers()).toBe(0);
  });
});

describe('some services', () => {
  it('are read with their specs where these are touched or not known', async () => {
    const { engine, reader, seen } = setUp();
    await reader.readAll();
    engine.services.push(buildService({ id: 'c', name: 'c' }));
    seen.length = 0;
    await reader.readServices([
      { serviceId: 'a', spec: false, slots: null, whole: true },
      { serviceId: 'c', spec: false, slots: null, whole: true },
    ]);
    expect(
      seen.map((one) => (one.kind === 'services' ? one.services.map(({ id }) => id) : one.kind)),
    ).toEqual([['c'], 'tasks']);
  });

  it('are asked for what a slot holds, and the others are as they are known by then', async () => {
    const { clock, engine, reader, tasks } = setUp();
    const build = (slot: number, change: Partial<Task> = {}) =>
      buildTask({ id: `a${slot}`, serviceId: 'a', slot, ...change });
    engine.tasks = [build(1), build(2), build(3)];
    await reader.readAll();
    engine.tasks = [build(1, { state: 'failed' }), build(2, { state: 'failed' }), build(3)];
    await reader.readServices([{ serviceId: 'a', spec: false, slots: new Set([1]), whole: false }]);
    expect(engine.counts).toMatchObject({ relistPart: 1 });
    expect(tasks().at(-1)).toMatchObject({ serviceIds: ['a'] });
    expect(states(tasks().at(-1)?.tasks)).toEqual(['a1 failed', 'a2 running', 'a3 running']);

    // A full list that was under way is newer of the other slots, and older of this one.
    engine.delayMs = 100;
    const full = reader.readAll();
    engine.delayMs = 0;
    engine.tasks = [build(1, { state: 'complete' }), build(2), build(3, { state: 'failed' })];
    await reader.readServices([{ serviceId: 'a', spec: false, slots: new Set([1]), whole: false }]);
    engine.tasks = [build(1), build(2, { state: 'failed' }), build(3, { state: 'failed' })];
    await clock.advance(200);
    await full;
    expect(states(tasks().at(-1)?.tasks)).toEqual(['a1 complete', 'a2 failed', 'a3 failed']);
  });

  it('that are no longer there are gone, once', async () => {
    const { engine, reader, seen } = setUp();
    await reader.readAll();
    engine.services = [];
    // Docker knows no tasks of a service that it does not know.
    engine.tasks = [];
    seen.length = 0;
    await reader.readServices([{ serviceId: 'a', spec: true, slots: null, whole: true }]);
    reader.removeService('a');
    expect(seen.filter(({ kind }) => kind === 'service-gone')).toHaveLength(1);
  });
});

describe('a list that took longer than others', () => {
  const part = { serviceId: 'a', spec: false, slots: null, whole: false };
  const over = { state: 'complete', desiredState: 'shutdown' } as const;

  /** A list of one service is under way, while all is listed as it is then. */
  async function overtake(
    ask: Partial<typeof part>,
    meanwhile: (engine: ReturnType<typeof setUp>['engine']) => void,
  ) {
    const all = setUp();
    const { clock, engine, reader, tasks } = all;
    engine.tasks.push(buildTask({ id: 'done', serviceId: 'a', nodeId: 'n1', versionIndex: 7, ...over }));
    await reader.readAll();
    engine.delayMs = 100;
    const slow = reader.readServices([{ ...part, ...ask }]);
    const before = engine.tasks;
    engine.delayMs = 0;
    meanwhile(engine);
    await reader.readAll();
    const known = states(
      tasks()
        .at(-1)
        ?.tasks.filter(({ serviceId }) => serviceId === 'a'),
    );
    return { ...all, before, slow, known, end: () => clock.advance(200) };
  }

  it('brings back no task that they dropped: its end would be told again', async () => {
    for (const whole of [false, true]) {
      const { engine, slow, known, before, tasks, reader, end } = await overtake({ whole }, (engine) => {
        engine.tasks = engine.tasks.filter(({ id }) => id !== 'done');
      });
      expect(known).toEqual(['t-a running']);
      if (whole) engine.tasks = before;
      await end();
      await slow;
      expect(tasks().at(-1)).toMatchObject({ serviceIds: ['a'] });
      expect(states(tasks().at(-1)?.tasks)).toEqual(['t-a running']);
      expect(reader.listed.serviceOfTask('done')).toBeNull();
    }
  });

  it('drops none that came meanwhile, and was over before it could be asked for', async () => {
    const { slow, tasks, end } = await overtake({}, (engine) => {
      engine.tasks = [...engine.tasks, buildTask({ id: 'brief', serviceId: 'a', nodeId: 'n1', ...over })];
    });
    await end();
    await slow;
    expect(states(tasks().at(-1)?.tasks)).toEqual(['brief complete', 'done complete', 't-a running']);
  });

  it('takes no task back to what it was before', async () => {
    const { engine, before, slow, tasks, end } = await overtake({ whole: true }, (engine) => {
      engine.tasks = engine.tasks.map((task) =>
        task.id === 't-a' ? { ...task, ...over, versionIndex: 9 } : task,
      );
    });
    engine.tasks = before.map((task) => ({ ...task, versionIndex: 8 }));
    await end();
    await slow;
    expect(states(tasks().at(-1)?.tasks)).toEqual(['done complete', 't-a complete']);
  });

  it('brings back no service that they dropped, nor one that was removed', async () => {
    const { engine, slow, seen, end } = await overtake({ spec: true }, (engine) => {
      engine.services = engine.services.filter(({ id }) => id !== 'a');
      engine.tasks = engine.tasks.filter(({ serviceId }) => serviceId !== 'a');
    });
    seen.length = 0;
    engine.services.push(buildService({ id: 'a', name: 'a' }));
    engine.tasks.push(buildTask({ id: 't-a', serviceId: 'a', nodeId: 'n1' }));
    await end();
    await slow;
    expect(seen.filter(({ kind }) => kind === 'services')).toEqual([]);
    expect(seen.flatMap((one) => (one.kind === 'tasks' ? one.tasks : []))).toEqual([]);

    const other = setUp();
    await other.reader.readAll();
    other.engine.delayMs = 100;
    const full = other.reader.readAll();
    other.reader.removeService('a');
    other.seen.length = 0;
    await other.clock.advance(200);
    await full;
    expect(
      other.seen.flatMap((one) => (one.kind === 'services' ? one.services.map(({ id }) => id) : [])),
    ).toEqual(['b']);
    expect(states(other.tasks().at(-1)?.tasks)).toEqual(['t-b running']);
  });

  it('takes no service back to what it was before, and drops none that was made meanwhile', async () => {
    const { clock, engine, reader, seen } = setUp();
    await reader.readAll();
    const before = engine.services;
    engine.delayMs = 100;
    const full = reader.readAll();
    engine.delayMs = 0;
    engine.services = [
      ...before.map((service) => (service.id === 'a' ? { ...service, image: 'web:2' } : service)),
      buildService({ id: 'c', name: 'c' }),
    ];
    await reader.readServices([
      { serviceId: 'a', spec: true, slots: null, whole: true },
      { serviceId: 'c', spec: true, slots: null, whole: true },
    ]);
    engine.services = before;
    await clock.advance(200);
    await full;
    const last = seen.findLast((one) => one.kind === 'services');
    expect(
      last?.kind === 'services' && last.services.map(({ id, image }) => `${id} ${image}`).sort(),
    ).toEqual(['a web:2', 'b web:1', 'c web:1']);
  });
});
