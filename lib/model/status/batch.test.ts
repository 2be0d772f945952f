import { expect, test } from 'vitest';
import type { Service } from '#lib/model/docker/service.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { findBatch } from './batch.ts';

const HOUR_MS = 3_600_000;
const PORT = { mode: 'ingress', published: 80, target: 80, protocol: 'tcp' } as const;
const plain = buildContainer({ health: null, healthCheck: null });

const done = (ranMs = HOUR_MS) => ({
  task: buildTask({
    state: 'complete',
    desiredState: 'shutdown',
    createdAtMs: HOUR_MS,
    stateAtMs: HOUR_MS + ranMs,
  }),
  container: null,
});
const runs = (container = plain) => ({ task: buildTask({ createdAtMs: HOUR_MS }), container });

function look(service: Partial<Service>, ...present: ReturnType<typeof done | typeof runs>[]) {
  const restart = { condition: 'on-failure', delayMs: 5_000, maxAttempts: null, windowMs: null } as const;
  const mode = { kind: 'replicated', replicas: present.length } as const;
  return findBatch(buildService({ mode, restart, healthCheck: null, ...service }), present, []);
}

test('two are done and one runs on: a batch, worth a word ten minutes after the last was done', () => {
  expect(look({}, done(), done(2 * HOUR_MS), runs())).toEqual({
    done: 2,
    running: 1,
    lateAtMs: 3 * HOUR_MS + 600_000,
  });
});

test.each([
  ['all are done', {}, [done(), done()]],
  ['as many run as are done: it may have lost half of them', {}, [done(), runs()]],
  ['it publishes a port', { ports: [PORT] }, [done(), done(), runs()]],
  ['what runs has a health check', {}, [done(), done(), runs(buildCheckedContainer())]],
  ['one of those that are done had served for days', {}, [done(), done(72 * HOUR_MS), runs()]],
  ['it is to run on each node', { mode: { kind: 'global' as const } }, [done(), done(), runs()]],
  [
    'Swarm starts again what ends',
    { restart: { condition: 'any' as const, delayMs: 0, maxAttempts: null, windowMs: null } },
    [done(), done(), runs()],
  ],
])('no batch where %s', (_situation, service, present) => {
  expect(look(service, ...present)).toBeNull();
});

test('what an update replaced after it had run for days was a server, and what it is now is one', () => {
  const service = buildService({
    mode: { kind: 'replicated', replicas: 3 },
    restart: { condition: 'on-failure', delayMs: 5_000, maxAttempts: null, windowMs: null },
    healthCheck: null,
  });
  const replaced = (ranMs: number) =>
    buildTask({ state: 'shutdown', desiredState: 'shutdown', createdAtMs: 0, stateAtMs: ranMs });
  const present = [done(), done(), runs()];
  expect(findBatch(service, present, [replaced(72 * HOUR_MS)])).toBeNull();
  expect(findBatch(service, present, [replaced(HOUR_MS)])).not.toBeNull();
});
