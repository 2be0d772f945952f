import { expect, test } from 'vitest';
import { findUpdateProgress } from '#lib/model/status/update-progress.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { toUpdateStatement } from './update.ts';

const service = buildService({
  update: { state: 'updating', startedAtMs: 100_000, completedAtMs: null, message: 'update in progress' },
});
const old = buildTask({ id: 'old', slot: 1, createdAtMs: 1_000, stateAtMs: 2_000 });
const failed = (atMs: number) =>
  buildTask({
    id: `failed-${atMs}`,
    slot: 1,
    state: 'failed',
    desiredState: 'shutdown',
    createdAtMs: atMs,
    stateAtMs: atMs + 1_000,
    error: `task: non-zero exit (${atMs})`,
  });
const next = buildTask({
  id: 'next',
  slot: 1,
  state: 'ready',
  desiredState: 'ready',
  createdAtMs: 599_000,
  stateAtMs: 599_500,
});
const at600s = (...tasks: ReturnType<typeof buildTask>[]) =>
  findUpdateProgress({
    service,
    tasks,
    replicas: 1,
    healthCheck: null,
    slowestStartMs: null,
    nowMs: 600_000,
  });

test('new tasks that fail one after the other beside the old one move no update', () => {
  const progress = at600s(old, failed(110_000), failed(350_000), failed(590_000), next);
  expect(progress).toMatchObject({ outcome: 'stuck', movedAtMs: 111_000 });
  expect(toUpdateStatement(service.update, progress, { desired: 1, nowMs: 600_000 })).toMatchObject({
    kind: 'stuck',
    waitsFor: { slot: 1, state: 'failed', error: 'task: non-zero exit (590000)' },
  });
});

test('one that failed is an accident: the next one is on its way', () => {
  expect(at600s(old, failed(590_000), next)).toMatchObject({ outcome: 'running', movedAtMs: 599_500 });
});

test('they failed before this update began: it has only begun', () => {
  const before = [failed(10_000), failed(20_000)];
  expect(at600s(old, ...before, next)).toMatchObject({ outcome: 'running', movedAtMs: 599_500 });
});

test('the old one is gone: that its replica fails is the replica’s to say', () => {
  expect(at600s(failed(110_000), failed(590_000), next)).toMatchObject({ outcome: 'running' });
});

const paused = buildService({
  update: {
    state: 'paused',
    startedAtMs: 100_000,
    completedAtMs: null,
    message: 'update paused due to failure or early termination of task failed-110000',
  },
  restart: { condition: 'none', delayMs: 5_000, maxAttempts: null, windowMs: null },
});
const pausedWith = (...tasks: ReturnType<typeof buildTask>[]) => {
  const facts = { tasks, replicas: 2, healthCheck: null, slowestStartMs: null, nowMs: 600_000 };
  const progress = findUpdateProgress({ service: paused, ...facts });
  return {
    outcome: progress?.outcome,
    statement: toUpdateStatement(paused.update, progress, { desired: 2, nowMs: 600_000 }),
  };
};
const done = (slot: number, createdAtMs: number) =>
  buildTask({
    id: `done-${slot}-${createdAtMs}`,
    slot,
    state: 'complete',
    desiredState: 'shutdown',
    createdAtMs,
    stateAtMs: createdAtMs + 1_000,
  });

test('an update is paused: how far it got, and why the task ended that it stopped for', () => {
  const second = buildTask({ id: 'second', slot: 2, createdAtMs: 1_000, stateAtMs: 2_000 });
  expect(pausedWith(old, second, failed(110_000))).toMatchObject({
    outcome: 'paused',
    statement: { held: { old: 2, desired: 2, error: 'task: non-zero exit (110000)' } },
  });
});

test('tasks that are done once are done: Swarm paused for that, and nothing is held up', () => {
  expect(pausedWith(done(1, 110_000), done(2, 120_000), done(1, 1_000))).toMatchObject({
    outcome: 'succeeded',
    statement: { state: 'completed' },
  });
});

test('one of them never ran the new version: the pause holds it up', () => {
  expect(pausedWith(done(1, 110_000), done(2, 1_000)).outcome).toBe('paused');
});
