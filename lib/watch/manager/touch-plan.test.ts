import { describe, expect, it } from 'vitest';
import { buildTask } from '#lib/testing/build-task.ts';
import { createTouchPlan, findTransition, isFullListCheaper, toListPaceMs } from './touch-plan.ts';

describe('createTouchPlan', () => {
  it('climbs a ladder, one step a read', () => {
    const plan = createTouchPlan();
    plan.touch('a', [30, 250], 1_000, { spec: false });
    expect(plan.nextMs()).toBe(1_030);
    expect(plan.take(1_030, 0)).toEqual([{ serviceId: 'a', spec: false, slots: null, dueMs: 1_030 }]);
    expect(plan.nextMs()).toBe(1_250);
    plan.take(1_250, 0);
    expect(plan.nextMs()).toBeNull();
  });

  it('is not put off for ever by hints that never stop', () => {
    const plan = createTouchPlan();
    for (let atMs = 0; atMs < 1_000; atMs += 10) plan.touch('a', [30, 250], atMs, { spec: false });
    expect(plan.nextMs()).toBe(30);
  });

  it('keeps what else is planned for what has to wait', () => {
    const plan = createTouchPlan();
    plan.touch('a', [30, 250, 600], 0, { spec: true, slots: new Set([1]) });
    for (const one of plan.take(30, 0)) plan.postpone(one);
    expect(plan.take(80, 0)).toEqual([{ serviceId: 'a', spec: true, slots: new Set([1]), dueMs: 30 }]);
    expect(plan.nextMs()).toBe(250);
  });

  it('lets nobody wait behind those that are touched again and again', () => {
    const plan = createTouchPlan();
    for (const id of ['noisy', 'quiet']) plan.touch(id, [30, 250], 0, { spec: false });
    for (const one of plan.take(30, 0)) if (one.serviceId === 'quiet') plan.postpone(one);
    plan.touch('noisy', [30, 250], 40, { spec: false });
    expect(plan.take(100, 0).map(({ serviceId }) => serviceId)).toEqual(['quiet', 'noisy']);
  });

  it('takes what is due soon in the same read, and remembers that the service itself changed', () => {
    const plan = createTouchPlan();
    plan.touch('a', [30], 0, { spec: true });
    plan.touch('a', [30], 0, { spec: false });
    plan.touch('b', [45], 0, { spec: false });
    plan.ensure('b', 5, 0, null);
    expect(plan.take(30, 20)).toEqual([
      { serviceId: 'a', spec: true, slots: null, dueMs: 30 },
      { serviceId: 'b', spec: false, slots: null, dueMs: 45 },
    ]);
  });
});

it('reads everything at once where that is no more than what was touched, and never for a few services', () => {
  const is = (services: number, tasks: number, all: number) => isFullListCheaper({ services, tasks }, all);
  expect([is(3, 30, 30), is(4, 15, 30), is(4, 16, 30)]).toEqual([false, false, true]);
  expect([is(20, 200, 1_000), is(21, 210, 1_000)]).toEqual([false, true]);
});

it('asks for a few replicas of many services by themselves, where all tasks are megabytes', () => {
  const is = (services: number, tasks: number, all: number) => isFullListCheaper({ services, tasks }, all);
  expect([is(21, 21, 10_000), is(50, 500, 10_000), is(21, 30, 1_000)]).toEqual([false, false, false]);
  expect([is(100, 100, 10_000), is(101, 101, 10_000)]).toEqual([false, true]);
});

it('paces full lists by their cost', () => {
  expect(toListPaceMs({ tookMs: 5, tasks: 30, covered: true })).toBe(10_000);
  expect(toListPaceMs({ tookMs: 5, tasks: 30, covered: false })).toBe(3_000);
  expect(toListPaceMs({ tookMs: 50, tasks: 1_000, covered: true })).toBe(120_000);
  expect(toListPaceMs({ tookMs: 2_000, tasks: 100, covered: true })).toBe(40_000);
  expect(toListPaceMs({ tookMs: 900, tasks: 10_000, covered: true })).toBe(180_000);
  expect(toListPaceMs({ tookMs: 3_000, tasks: 100_000, covered: true })).toBe(300_000);
});

it('knows which tasks will change by themselves', () => {
  const is = (state: Parameters<typeof buildTask>[0]) => findTransition(buildTask(state));
  expect(is({ state: 'running', desiredState: 'running' })).toBeNull();
  expect(is({ state: 'running', desiredState: 'complete' })).toBeNull();
  expect(is({ state: 'failed', desiredState: 'shutdown' })).toBeNull();
  expect(is({ state: 'unknown', desiredState: 'running' })).toBeNull();
  expect(is({ state: 'running', desiredState: 'shutdown' })).toBe('seen');
  expect(is({ state: 'running', desiredState: 'remove' })).toBe('seen');
  expect(is({ state: 'starting', desiredState: 'running' })).toBe('seen');
  expect(is({ state: 'ready', desiredState: 'ready' })).toBe('seen');
  expect(is({ state: 'ready', desiredState: 'running' })).toBe('unseen');
  expect(is({ state: 'preparing', desiredState: 'ready' })).toBe('unseen');
  expect(is({ state: 'pending', desiredState: 'running' })).toBe('unseen');
});
