import { describe, expect, it } from 'vitest';
import { createMasker } from './create-masker.ts';
import { toService } from './to-service.ts';

const NO_MASK = createMasker(null);

const S = 1_000_000_000;
const NONE = { items: [], total: 0 };
const WEB = {
  ID: 'br4cr4znt1cpmf0l7ci32bz1y',
  Version: { Index: 31 },
  CreatedAt: '2026-11-23T10:54:10.485Z',
  UpdatedAt: '2026-11-23T10:55:10.485Z',
  Spec: {
    Name: 'shop_web',
    Labels: { 'com.docker.stack.namespace': 'shop', secret: 'x' },
    TaskTemplate: {
      ContainerSpec: {
        Image: 'registry:5000/web:1.2@sha256:0123',
        Env: ['SECRET=hunter2'],
        Args: ['--password', 'hunter2'],
        Healthcheck: { Interval: 7 * S, Retries: 5 },
        StopGracePeriod: 30 * S,
      },
      RestartPolicy: { Condition: 'on-failure', Delay: 0, MaxAttempts: 2, Window: 60 * S },
      Placement: { Constraints: ['node.role==worker'] },
      Resources: { Reservations: { MemoryBytes: 536_870_912 } },
    },
    Mode: { Replicated: { Replicas: 3 } },
    UpdateConfig: {
      Parallelism: 0,
      Delay: S,
      FailureAction: 'rollback',
      Monitor: 2 * S,
      MaxFailureRatio: 0.2,
      Order: 'start-first',
    },
    EndpointSpec: { Ports: [{ PublishMode: 'host', TargetPort: 80 }] },
  },
  UpdateStatus: { State: 'updating', StartedAt: '2026-11-23T10:55:10.485Z', Message: 'update in progress' },
};
const withSpec = (spec: object) => ({ ...WEB, Spec: { ...WEB.Spec, ...spec } });
const withContainer = (container: object) =>
  withSpec({ TaskTemplate: { ContainerSpec: { Image: 'a', ...container } } });

describe('toService', () => {
  it('reads what matters and nothing that may be secret', () => {
    const service = toService(WEB, 0, NO_MASK);
    expect(service).toEqual({
      id: 'br4cr4znt1cpmf0l7ci32bz1y',
      name: 'shop_web',
      stack: 'shop',
      mode: { kind: 'replicated', replicas: 3 },
      image: 'registry:5000/web:1.2',
      imageDigest: 'sha256:0123',
      healthCheck: { test: null, intervalMs: 7000, timeoutMs: null, startPeriodMs: null, retries: 5 },
      stopGraceMs: 30_000,
      restart: { condition: 'on-failure', delayMs: 0, maxAttempts: 2, windowMs: 60_000 },
      updatePolicy: {
        parallelism: 0,
        delayMs: 1000,
        monitorMs: 2000,
        maxFailureRatio: 0.2,
        failureAction: 'rollback',
        order: 'start-first',
      },
      update: {
        state: 'updating',
        startedAtMs: Date.parse('2026-11-23T10:55:10.485Z'),
        completedAtMs: null,
        message: 'update in progress',
      },
      constraints: ['node.role==worker'],
      preferences: [],
      probeLine: {},
      slo: null,
      maxPerNode: null,
      platforms: [],
      reserved: { cpuNano: null, memoryBytes: 536_870_912, generic: [] },
      limits: { cpuNano: null, memoryBytes: null, pids: null },
      isPlugin: false,
      logDriver: null,
      volumeDrivers: [],
      ports: [{ mode: 'host', published: null, target: 80, protocol: 'tcp' }],
      ungivenPorts: [],
      networkIds: [],
      endpointMode: 'vip',
      vips: [],
      names: {
        env: { items: ['SECRET'], total: 1 },
        labels: { items: ['com.docker.stack.namespace', 'secret'], total: 2 },
        containerLabels: NONE,
        secrets: NONE,
        configs: NONE,
        mounts: NONE,
      },
      jobIteration: null,
      createdAtMs: Date.parse('2026-11-23T10:54:10.485Z'),
      updatedAtMs: Date.parse('2026-11-23T10:55:10.485Z'),
      specKey: null,
      changes: [],
      checks: [],
    });
    expect(JSON.stringify(service)).not.toMatch(/hunter2|"x"/);
  });

  it('reads what its tasks may use, and what they reserve', () => {
    const Resources = {
      Limits: { NanoCPUs: S, MemoryBytes: 536_870_912, Pids: 200 },
      Reservations: { NanoCPUs: S / 4, MemoryBytes: 0 },
    };
    const service = toService(withSpec({ TaskTemplate: { ContainerSpec: {}, Resources } }), 0, NO_MASK);
    expect(service?.limits).toEqual({ cpuNano: S, memoryBytes: 536_870_912, pids: 200 });
    expect(service?.reserved).toEqual({ cpuNano: S / 4, memoryBytes: null, generic: [] });
  });

  it('takes an empty name for none: nobody could link to it', () => {
    const Labels = { 'com.docker.stack.namespace': '' };
    expect(toService({ ID: 'a', Spec: { Name: '', Labels } }, 0, NO_MASK)).toMatchObject({
      name: 'a',
      stack: null,
    });
  });

  it('fills in Swarm’s defaults for what is not set', () => {
    const bare = { ID: 'a', Spec: { Name: 'b', Mode: { Global: {} } } };
    expect(toService(bare, 0, NO_MASK)).toMatchObject({
      stack: null,
      mode: { kind: 'global' },
      image: '',
      imageDigest: null,
      healthCheck: null,
      stopGraceMs: 10_000,
      restart: { condition: 'any', delayMs: 5000, maxAttempts: null, windowMs: null },
      updatePolicy: {
        parallelism: 1,
        delayMs: 0,
        monitorMs: 5000,
        failureAction: 'pause',
        order: 'stop-first',
      },
      update: null,
      ports: [],
    });
  });

  it.each([
    [{ Replicated: { Replicas: 0 } }, { kind: 'replicated', replicas: 0 }],
    [{ Replicated: {} }, { kind: 'replicated', replicas: 1 }],
    [
      { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 5 } },
      { kind: 'replicated-job', maxConcurrent: 2, totalCompletions: 5 },
    ],
    [{ ReplicatedJob: {} }, { kind: 'replicated-job', maxConcurrent: 1, totalCompletions: 1 }],
    [{ GlobalJob: {} }, { kind: 'global-job' }],
  ])('mode %j', (Mode, mode) => {
    expect(toService(withSpec({ Mode }), 0, NO_MASK)?.mode).toEqual(mode);
  });

  it.each([
    [{ JobIteration: {} }, 0],
    [{ JobIteration: { Index: 3 } }, 3],
    [undefined, 0],
  ])('job iteration of %j', (JobStatus, expected) => {
    expect(toService({ ...withSpec({ Mode: { GlobalJob: {} } }), JobStatus }, 0, NO_MASK)?.jobIteration).toBe(
      expected,
    );
  });

  it.each([
    [{ Test: ['NONE'], Interval: S }, null],
    [{ Test: ['CMD', 'x'] }, { test: ['CMD', 'x'], intervalMs: null }],
    [{ Test: [] }, null],
    [{ Interval: 0, Timeout: -5, Retries: 'many' }, null],
    [null, null],
    ['x', null],
  ])('health check %j', (Healthcheck, check) => {
    const service = toService(withContainer({ Healthcheck }), 0, NO_MASK);
    if (check === null) expect(service?.healthCheck).toBeNull();
    else expect(service?.healthCheck).toMatchObject(check);
  });

  it.each([
    ['a@sha256:1', 'a', 'sha256:1'],
    ['@sha256:1', '@sha256:1', 'sha256:1'],
    ['r:5000/a:b', 'r:5000/a:b', null],
    [5, '', null],
  ])('image %j', (Image, image, imageDigest) => {
    expect(toService(withContainer({ Image }), 0, NO_MASK)).toMatchObject({ image, imageDigest });
  });

  it.each([
    [{ ID: 'a', Spec: { Name: 'b' } }, 'b', { kind: 'unknown', word: null }],
    [{ ID: 'a', Spec: { Mode: { Global: {} } } }, 'a', { kind: 'global' }],
    [{ ID: 'a', Spec: { Name: 'b', Mode: { Psychic: {} } } }, 'b', { kind: 'unknown', word: 'Psychic' }],
  ])('leaves nothing out for a word that is missing or not known: %j', (raw, name, mode) => {
    expect(toService(raw, 0, NO_MASK)).toMatchObject({ name, mode });
  });

  it('keeps Docker’s word for the state of an update that it does not know', () => {
    const raw = { ...WEB, UpdateStatus: { State: 'levitating', Message: 'at 10 %' } };
    expect(toService(raw, 0, NO_MASK)?.update).toMatchObject({
      state: 'unknown',
      message: 'levitating: at 10 %',
    });
  });

  it('keeps an update of which Docker says no state, as one that nobody knows', () => {
    const raw = { ...WEB, UpdateStatus: { StartedAt: '2026-11-23T10:55:10Z', Message: 'update paused' } };
    expect(toService(raw, 0, NO_MASK)?.update).toMatchObject({ state: 'unknown', message: 'update paused' });
    expect(toService({ ...WEB, UpdateStatus: {} }, 0, NO_MASK)?.update).toBeNull();
  });

  it.each([null, {}, { Spec: { Name: 'b', Mode: { Global: {} } } }])('leaves out %j', (raw) => {
    expect(toService(raw, 0, NO_MASK)).toBeNull();
  });
});
