import { describe, expect, it } from 'vitest';
import type { TaskDetail } from '#lib/model/contract/detail.ts';
import type { Service, ServiceUpdate } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { Slot } from '#lib/model/status/slots.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { english } from '#lib/testing/word-findings.ts';
import { deriveRollout } from './derive-rollout.ts';

const START_MS = 1_000_000;
const NOW_MS = START_MS + 30_000;

const update = (overrides: Partial<ServiceUpdate> = {}): ServiceUpdate => ({
  state: 'updating',
  startedAtMs: START_MS,
  completedAtMs: null,
  message: 'update in progress',
  ...overrides,
});
const old = (overrides: Partial<Task> = {}) =>
  buildTask({ id: 'old', specKey: 'A', createdAtMs: 10, stateAtMs: 20, ...overrides });
const fresh = (overrides: Partial<Task> = {}) =>
  buildTask({
    id: 'new',
    specKey: 'B',
    createdAtMs: START_MS + 1_000,
    stateAtMs: START_MS + 2_000,
    image: 'web:2',
    ...overrides,
  });
const gone = { state: 'shutdown', desiredState: 'shutdown' } as const;
const failed = { state: 'failed', desiredState: 'shutdown', error: 'task: non-zero exit (1)' } as const;

function derive(slots: [Task, ...Task[]][], service: Partial<Service> = {}, nowMs = NOW_MS) {
  return deriveRollout({
    service: buildService({ specKey: 'B', update: update(), ...service }),
    slots: slots.map(
      ([newest, ...earlier], at): Slot => ({
        key: String(at + 1),
        slot: at + 1,
        nodeId: newest.nodeId,
        newest,
        earlier,
      }),
    ),
    hostnameOf: (nodeId) => nodeId,
    detailOf: (task) =>
      ({ end: task.error === null ? null : { sentence: 'It exited with 1.' } }) as TaskDetail,
    nowMs,
    wording: english,
  });
}

describe('deriveRollout', () => {
  it('has nothing to say of a service that was never updated', () => {
    expect(derive([[old()]], { update: null })).toBeNull();
  });

  it.each<[string, [Task, ...Task[]], string]>([
    ['the old one runs', [old()], 'waiting'],
    ['the old one should stop', [old({ desiredState: 'shutdown', state: 'shutdown' })], 'replacing'],
    ['the new one is being prepared', [fresh({ state: 'preparing' }), old(gone)], 'starting'],
    ['the new one waits for its first healthy probe', [fresh({ state: 'starting' }), old(gone)], 'starting'],
    ['the new one starts first, beside the old one', [fresh({ state: 'starting' }), old()], 'starting'],
    ['the new one is up, just now', [fresh({ stateAtMs: NOW_MS - 1_000 }), old(gone)], 'watched'],
    [
      'the new one is up for longer than it is watched',
      [fresh({ stateAtMs: NOW_MS - 6_000 }), old(gone)],
      'done',
    ],
    ['the new one failed', [fresh(failed), old(gone)], 'failed'],
    [
      'the new one failed, and the next one waits',
      [fresh({ id: 'n2', state: 'ready', desiredState: 'ready' }), fresh(failed), old(gone)],
      'failed',
    ],
    [
      'the new one failed, and the next one starts',
      [fresh({ id: 'n2', state: 'starting' }), fresh(failed), old(gone)],
      'starting',
    ],
    [
      'an old one that crashed is made anew of the new spec',
      [fresh({ stateAtMs: NOW_MS - 9_000 }), old({ ...failed, stateAtMs: START_MS + 900 })],
      'done',
    ],
  ])('%s', (_, tasks, step) => {
    expect(derive([tasks])?.slots).toMatchObject([{ key: '1', step }]);
  });

  it('decides by time what cannot be compared', () => {
    const rollout = derive([
      [fresh({ specKey: null, stateAtMs: START_MS + 2_000 })],
      [old({ specKey: null })],
    ]);
    expect(rollout?.slots.map(({ step }) => step)).toEqual(['done', 'waiting']);
  });

  it('for a change of ports alone, goes by time: they are no part of a task', () => {
    const changes: Service['changes'] = [
      { kind: 'names', field: 'ports', added: ['80→80/tcp'], removed: [], changed: [] },
    ];
    const rollout = derive([[fresh()], [old({ specKey: 'B' })]], { changes });
    expect(rollout?.slots.map(({ step }) => step)).toEqual(['done', 'waiting']);
  });

  it('counts failures against what is allowed', () => {
    const policy = { ...buildService().updatePolicy, maxFailureRatio: 0.5 };
    const rollout = derive(
      [[fresh(failed), old(gone)], [old({ ...failed, stateAtMs: 5 })], [old()], [old()]],
      {
        updatePolicy: policy,
      },
    );
    expect(rollout).toMatchObject({
      failuresAllowed: 2,
      failures: [{ taskId: 'new', slot: 1, sentence: 'It exited with 1.' }],
      sentence: '0 of 4 replicas are of the new spec, 1 failed.',
    });
  });

  it('names the task that an update was paused for, with its cause', () => {
    const message = 'update paused due to failure or early termination of task new';
    const rollout = derive([[fresh(failed), old(gone)], [old()]], {
      update: update({ state: 'paused', message }),
    });
    expect(rollout).toMatchObject({ culprit: { taskId: 'new', key: '1', sentence: 'It exited with 1.' } });
    expect(rollout?.sentence).toContain('Swarm stopped after 0 of 2 replicas were of the new spec');
    const forgotten = derive([[old()]], { update: update({ state: 'paused', message }) });
    expect(forgotten?.culprit).toBeNull();
  });

  it('says that a start without end freezes it', () => {
    const rollout = derive([[fresh({ state: 'starting' }), old(gone)], [old()]], {}, START_MS + 181_000);
    expect(rollout?.sentence).toBe(
      '0 of 2 replicas are of the new spec. It waits for replica 1, which has been starting for 3 min: Swarm waits for that without limit.',
    );
  });

  it('going back, those that were never touched are done', () => {
    const state = 'rollback_started';
    const rollout = derive([[fresh(failed), old(gone)], [old()]], {
      specKey: 'A',
      update: update({ state }),
    });
    expect(rollout?.slots.map(({ step }) => step)).toEqual(['replacing', 'done']);
    expect(rollout?.sentence).toContain('rolled back');
  });

  it.each(['completed', 'rollback_completed', 'rollback_paused'] as const)('says what %s means', (state) => {
    expect(derive([[fresh()]], { update: update({ state }) })?.sentence).toMatch(/\.$/);
  });
});
