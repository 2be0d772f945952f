import { describe, expect, it } from 'vitest';
import { toTaskJson } from '#lib/demo/api/to-task-json.ts';
import { createWorld } from '#lib/demo/create-world.ts';
import { findNetwork, takeAddress } from '#lib/demo/networks.ts';
import { planServices } from '#lib/demo/plan-services.ts';
import { playJobs, playScenes } from '#lib/demo/play-scenes.ts';
import type { SimService, World } from '#lib/demo/world.ts';
import { toServiceName } from './change-service.ts';
import { endContainer } from './run-container.ts';
import { cutNode, freezeNode, restoreNode } from './run-node.ts';
import { createTask } from './run-task.ts';
import { startUpdate } from './run-update.ts';

const START_MS = 1_795_000_000_000;
const SECOND_MS = 1_000;

function open(seed = 7): World {
  const plans = planServices({ nodes: 5, services: null, replicas: null, seed });
  return createWorld({ nodes: 5, plans, seed, startMs: START_MS });
}

function find(world: World, name: string): SimService {
  const service = world.services.find((one) => toServiceName(one) === name);
  if (!service) throw new Error(`no ${name}`);
  return service;
}

const run = (world: World, ms: number) => world.timeline.runUntil(world.timeline.nowMs() + ms);
const dump = (world: World) => [...world.tasks.values()].map((task) => toTaskJson(world, task)).join('\n');

function play(seed: number): string {
  const world = open(seed);
  playJobs(world);
  playScenes(world);
  run(world, 20 * 60 * SECOND_MS);
  return dump(world);
}

describe('the life of the demo swarm', () => {
  it('is the same for the same seed, and another for another', () => {
    const first = play(7);
    expect(play(7)).toBe(first);
    expect(play(8)).not.toBe(first);
  });

  it('keeps most of the swarm well, and something always going on', () => {
    const world = open();
    playJobs(world);
    playScenes(world);
    for (let minute = 0; minute < 60; minute += 1) {
      run(world, 60 * SECOND_MS);
      const live = [...world.tasks.values()].filter(
        ({ state, desired }) => state === 'running' && desired === 'running',
      );
      expect(live.length).toBeGreaterThan(28);
      for (const { slots, plan } of world.services) {
        if (plan.mode.kind === 'replicated') expect(slots.size).toBe(plan.mode.replicas);
        for (const tasks of slots.values()) expect(tasks.length).toBeLessThanOrEqual(5);
      }
    }
  });

  it('gives no address to two tasks that run', () => {
    const plans = planServices({ nodes: 20, services: 100, replicas: 1_000, seed: 7 });
    const { tasks } = createWorld({ nodes: 20, plans, seed: 7, startMs: START_MS });
    const addresses = [...tasks.values()].filter(({ state }) => state === 'running').map(({ ip }) => ip);
    expect(addresses.length).toBeGreaterThan(900);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('kills and replaces what is unhealthy, in the order and time of Docker', () => {
    const world = open();
    const service = find(world, 'shop_api');
    const task = service.slots.get('1')?.[0];
    const container = task?.container;
    if (!task || !container?.health) throw new Error('no container');
    container.failNext = Number.POSITIVE_INFINITY;
    const seen: [string, number][] = [];
    container.node.events.listen(({ action, atMs, container: of }) => {
      if (of === container && !action.startsWith('exec_')) seen.push([action, atMs]);
    });
    const changes: [string, string, number][] = [];
    for (let step = 0; step < 1_200; step += 1) {
      run(world, 50);
      const newest = service.slots.get('1')?.[0];
      const now = `${newest === task ? 'old' : 'new'} ${newest?.state}`;
      if (changes.at(-1)?.[0] !== now) changes.push([now, newest?.desired ?? '', world.timeline.nowMs()]);
    }
    expect(seen.map(([action]) => action)).toEqual([
      'health_status: unhealthy',
      'kill',
      'kill',
      'die',
      'stop',
    ]);
    const [unhealthy = 0, term = 0, kill = 0, die = 0] = seen.map(([, atMs]) => atMs);
    expect(term - unhealthy).toBe(2_000);
    expect(kill - term).toBe(10_000);
    expect(die - kill).toBeLessThan(200);
    expect(task).toMatchObject({
      state: 'failed',
      desired: 'shutdown',
      message: 'started',
      exitCode: 137,
      error: 'task: non-zero exit (137): dockerexec: unhealthy container',
    });
    expect(task.updatedAtMs - die).toBeGreaterThanOrEqual(200);
    expect(task.updatedAtMs - die).toBeLessThanOrEqual(300);
    expect(changes.map(([now]) => now)).toEqual(
      expect.arrayContaining(['old running', 'new assigned', 'new ready', 'new starting', 'new running']),
    );
    const startingAtMs = changes.find(([now]) => now === 'new starting')?.[2] ?? 0;
    expect(startingAtMs - task.updatedAtMs).toBeGreaterThanOrEqual(5_000);
    expect(startingAtMs - task.updatedAtMs).toBeLessThan(5_100);
    expect(container).toMatchObject({ state: 'exited', health: { status: 'unhealthy' } });
    expect(container.health.streak).toBeGreaterThan(3);
  });

  it('misses a node after 12 s, moves its tasks and takes it back', () => {
    const world = open();
    const node = world.nodes[3];
    if (!node) throw new Error('no node');
    const lost = [...world.tasks.values()].filter((task) => task.node === node);
    cutNode(world, node);
    run(world, 11 * SECOND_MS);
    expect(node.state).toBe('ready');
    run(world, 2 * SECOND_MS);
    expect(node).toMatchObject({ state: 'down', message: 'heartbeat failure' });
    for (const task of lost) expect(task).toMatchObject({ state: 'running', desired: 'shutdown' });
    run(world, 120 * SECOND_MS);
    for (const { key, service } of lost.filter(({ slot }) => slot !== null)) {
      expect(service.slots.get(key)?.[0]).toMatchObject({ state: 'running', desired: 'running' });
    }
    restoreNode(world, node);
    run(world, 30 * SECOND_MS);
    expect(node.state).toBe('ready');
    for (const task of lost) if (world.tasks.has(task.id)) expect(task.state).toBe('shutdown');
    expect(find(world, 'platform_proxy').slots.get(node.id)?.[0]?.state).toBe('running');
  });

  it('gives no address twice: where its network is full a task stays new, until one is given back', () => {
    const world = open();
    const service = find(world, 'ml_inference');
    const network = findNetwork(world, service);
    while (takeAddress(network, world.random) !== null);
    const first = createTask(world, service, { slot: 8, node: null, desired: 'running' });
    const second = createTask(world, service, { slot: 9, node: null, desired: 'running' });
    run(world, 60 * SECOND_MS);
    expect([first, second].map(({ state, ip }) => [state, ip])).toEqual([
      ['new', null],
      ['new', null],
    ]);
    expect(toTaskJson(world, first)).not.toContain('Addresses');
    const container = service.slots.get('1')?.[0]?.container;
    if (!container) throw new Error('no container');
    const { ip } = container.task;
    endContainer(world, container, 1);
    run(world, 90 * SECOND_MS);
    expect([first.state, first.ip]).toEqual(['running', ip]);
    expect(second.state).toBe('new');
  });

  it('decides nothing while most of its managers are gone: containers live and end, and are replaced when they are back', () => {
    const world = open();
    const [leader, second, third, worker] = world.nodes;
    if (!leader || !second || !third || !worker) throw new Error('no nodes');
    const service = find(world, 'shop_web');
    const before = [...world.tasks.keys()];
    cutNode(world, second);
    freezeNode(world, third);
    const container = service.slots.get('1')?.[0]?.container;
    if (!container) throw new Error('no container');
    endContainer(world, container, 1);
    cutNode(world, worker);
    startUpdate(world, service);
    expect(world.raft.state).toBe('unnoticed');
    run(world, 60 * SECOND_MS);
    expect(world.raft.state).toBe('leaderless');
    expect(container.state).toBe('exited');
    expect(container.task).toMatchObject({ state: 'running', desired: 'running' });
    expect(world.nodes.map(({ state }) => state)).toEqual(Array(5).fill('ready'));
    expect([...world.tasks.keys()]).toEqual(before);
    expect(service.update).toBeNull();

    restoreNode(world, second);
    run(world, 5 * SECOND_MS);
    expect(world.raft).toMatchObject({ state: 'agreeing', waiting: [] });
    expect(container.task).toMatchObject({ state: 'failed', desired: 'shutdown' });
    expect([second.state, third.state, worker.state]).toEqual(['ready', 'down', 'down']);
    run(world, 60 * SECOND_MS);
    expect(service.slots.get('1')?.[0]).toMatchObject({ state: 'running', desired: 'running' });
  });

  it('is led by another manager when the one that led is gone with the second of three', () => {
    const world = open();
    const [first, second, third] = world.nodes;
    if (!first || !second || !third) throw new Error('no nodes');
    cutNode(world, first);
    cutNode(world, second);
    expect(world.raft.state).toBe('waiting');
    run(world, 20 * SECOND_MS);
    expect(world.raft.state).toBe('leaderless');
    restoreNode(world, second);
    run(world, 10 * SECOND_MS);
    expect(world.nodes.map(({ leader }) => leader)).toEqual([false, true, false, false, false]);
    expect(first.state).toBe('down');
  });

  it.each(['shop_web', 'shop_api'])('updates %s slot by slot', (name) => {
    const world = open();
    const service = find(world, name);
    startUpdate(world, service);
    expect(service.update).toMatchObject({ state: 'updating', message: 'update in progress' });
    run(world, 300 * SECOND_MS);
    expect(service.update).toMatchObject({ state: 'completed', message: 'update completed' });
    for (const [newest] of service.slots.values()) {
      expect(newest).toMatchObject({ tag: service.tag, state: 'running' });
    }
  });

  it('leaves what fits nowhere pending, in the words of the scheduler', () => {
    const [task] = find(open(), 'ml_trainer').slots.get('1') ?? [];
    expect(task).toMatchObject({
      state: 'pending',
      node: null,
      error: 'no suitable node (scheduling constraints not satisfied on 5 nodes)',
    });
  });
});
