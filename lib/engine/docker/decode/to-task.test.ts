import { describe, expect, it } from 'vitest';
import { createMasker } from './create-masker.ts';
import { toTask } from './to-task.ts';

const NO_MASK = createMasker(null);

const RUNNING = {
  ID: 'yoi0lejqcefa9pf3gibuivosr',
  Version: { Index: 4711 },
  CreatedAt: '2026-11-23T10:54:10.485Z',
  UpdatedAt: '2026-11-23T10:54:11.485Z',
  Labels: {},
  Spec: { ContainerSpec: { Image: 'web:1@sha256:0', Env: ['SECRET=hunter2'], Healthcheck: {} } },
  ServiceID: 's',
  Slot: 2,
  NodeID: 'n',
  Status: {
    Timestamp: '2026-11-23T10:54:12.485333222Z',
    State: 'running',
    Message: 'started',
    ContainerStatus: { ContainerID: 'c', PID: 5, ExitCode: 0 },
  },
  DesiredState: 'running',
  NetworksAttachments: [
    { Network: { ID: 'net-1' }, Addresses: ['10.0.1.5/24', 7] },
    null,
    {},
    { Addresses: ['fd00::5/64'] },
  ],
};

describe('toTask', () => {
  it('reads a running task and nothing that may be secret', () => {
    const task = toTask(RUNNING, 10_000, NO_MASK);
    expect(task).toEqual({
      id: 'yoi0lejqcefa9pf3gibuivosr',
      serviceId: 's',
      slot: 2,
      nodeId: 'n',
      state: 'running',
      desiredState: 'running',
      stateAtMs: Date.parse('2026-11-23T10:54:02.485Z'),
      message: 'started',
      error: null,
      containerId: 'c',
      exitCode: 0,
      image: 'web:1',
      imageDigest: 'sha256:0',
      specKey: null,
      jobIteration: null,
      createdAtMs: Date.parse('2026-11-23T10:54:00.485Z'),
      updatedAtMs: Date.parse('2026-11-23T10:54:01.485Z'),
      versionIndex: 4711,
      addresses: ['10.0.1.5', 'fd00::5'],
      networkIds: ['net-1', null],
    });
    expect(JSON.stringify(task)).not.toContain('hunter2');
  });

  it('reads a task without a node, of a global service, with an error', () => {
    const raw = {
      ID: 't',
      ServiceID: 's',
      Status: { State: 'pending', Message: 'pending task scheduling', Err: 'no suitable node' },
      DesiredState: 'running',
    };
    expect(toTask(raw, 0, NO_MASK)).toMatchObject({
      slot: null,
      nodeId: null,
      containerId: null,
      exitCode: null,
      error: 'no suitable node',
      stateAtMs: null,
    });
  });

  it('reads an orphaned task, whose whole status is wiped', () => {
    const raw = { ...RUNNING, Status: { State: 'orphaned', Timestamp: '0001-01-01T00:00:00Z' } };
    expect(toTask(raw, 0, NO_MASK)).toMatchObject({
      state: 'orphaned',
      containerId: null,
      stateAtMs: null,
      message: '',
    });
  });

  it.each([
    [{}, 0],
    [{ Index: 4 }, 4],
    [undefined, null],
    [null, null],
  ])('job iteration %j', (JobIteration, expected) => {
    expect(toTask({ ...RUNNING, JobIteration }, 0, NO_MASK)?.jobIteration).toBe(expected);
  });

  it('guesses no state', () => {
    const raw = { ...RUNNING, Status: { State: 'levitating' }, DesiredState: 5 };
    expect(toTask(raw, 0, NO_MASK)).toMatchObject({ state: 'unknown', desiredState: 'unknown' });
    expect(toTask({ ID: 't', ServiceID: 's', Status: null }, 0, NO_MASK)?.state).toBe('unknown');
  });

  it.each([null, [], {}, { ID: 't' }, { ServiceID: 's' }])('leaves out %j', (raw) => {
    expect(toTask(raw, 0, NO_MASK)).toBeNull();
  });
});
