import { describe, expect, it } from 'vitest';
import { createMasker } from '#lib/engine/docker/decode/create-masker.ts';
import { toContainer } from './to-container.ts';

const NO_MASK = createMasker(null);

const READING = { nodeId: 'node', apiVersion: '1.41', skewMs: 0, readAtMs: 99, mask: NO_MASK };
const S = 1_000_000_000;
const LABELS = {
  'com.docker.swarm.node.id': 'label-node',
  'com.docker.swarm.service.id': 'svc',
  'com.docker.swarm.task.id': 'task',
};
const RUNNING = {
  Id: 'e45b',
  Args: ['--password', 'hunter2'],
  State: {
    Status: 'running',
    Running: true,
    Paused: false,
    Restarting: false,
    OOMKilled: false,
    Dead: false,
    ExitCode: 0,
    Error: '',
    StartedAt: '2026-11-23T06:43:30.1Z',
    FinishedAt: '0001-01-01T00:00:00Z',
    Health: {
      Status: 'healthy',
      FailingStreak: 2,
      Log: [
        {
          Start: '2026-11-23T03:13:33.394803686-03:30',
          End: '2026-11-23T03:13:33.494803686-03:30',
          ExitCode: 0,
          Output: 'ok',
        },
        {
          Start: '2026-11-23T06:43:35.5Z',
          End: '2026-11-23T06:43:35.2Z',
          ExitCode: -1,
          Output: `${'A'.repeat(4096)}...`,
        },
        { Start: '0001-01-01T00:00:00Z', End: '2026-11-23T06:43:35.2Z', ExitCode: 0, Output: '' },
        { Start: '2026-11-23T06:43:36Z', ExitCode: 0 },
        null,
      ],
    },
  },
  Config: {
    Image: 'web:1@sha256:0',
    Env: ['SECRET=hunter2'],
    Labels: LABELS,
    Healthcheck: { Test: ['CMD-SHELL', 'curl -f localhost'], Interval: 2 * S, Timeout: 0 },
  },
};
const withState = (state: object) => ({ ...RUNNING, State: { ...RUNNING.State, ...state } });
const withCheck = (Healthcheck: unknown) => ({ ...RUNNING, Config: { ...RUNNING.Config, Healthcheck } });

describe('toContainer', () => {
  it('reads a running container with its probes and nothing that may be secret', () => {
    const container = toContainer(RUNNING, READING);
    expect(container).toEqual({
      id: 'e45b',
      nodeId: 'node',
      taskId: 'task',
      serviceId: 'svc',
      state: 'running',
      startedAtMs: Date.parse('2026-11-23T06:43:30.100Z'),
      finishedAtMs: null,
      exitCode: null,
      oomKilled: false,
      oomAtMs: null,
      lastWords: null,
      error: null,
      image: 'web:1',
      build: null,
      health: {
        status: 'healthy',
        failingStreak: 2,
        statusSinceMs: null,
        probes: [
          {
            startedAtMs: Date.parse('2026-11-23T06:43:33.394Z'),
            endedAtMs: Date.parse('2026-11-23T06:43:33.494Z'),
            durationMs: 100,
            exitCode: 0,
            output: 'ok',
            truncated: false,
          },
          {
            startedAtMs: Date.parse('2026-11-23T06:43:35.500Z'),
            endedAtMs: Date.parse('2026-11-23T06:43:35.200Z'),
            durationMs: 0,
            exitCode: -1,
            output: `${'A'.repeat(4096)}...`,
            truncated: true,
          },
        ],
      },
      healthCheck: {
        test: ['CMD-SHELL', 'curl -f localhost'],
        intervalMs: 2000,
        timeoutMs: 30_000,
        startPeriodMs: 0,
        startIntervalMs: 2000,
        retries: 3,
        source: 'unknown',
      },
      healthCheckInvalid: false,
      readAtMs: 99,
      inspectedAtMs: 99,
      probeSeenAtMs: 99,
      unread: null,
      skewMs: 0,
    });
    expect(JSON.stringify(container)).not.toContain('hunter2');
  });

  const DIGESTS = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`);
  it.each([
    ['its image', { Image: DIGESTS[0] }, { id: 'a'.repeat(12), of: 'config' }],
    [
      'the manifest that containerd keeps',
      { Image: DIGESTS[0], ImageManifestDescriptor: { digest: DIGESTS[1] } },
      { id: 'b'.repeat(12), of: 'manifest' },
    ],
    [
      'a manifest without a digest',
      { Image: DIGESTS[0], ImageManifestDescriptor: null },
      { id: 'a'.repeat(12), of: 'config' },
    ],
    ['a name', { Image: 'web:1' }, null],
    ['a digest and more', { Image: `${DIGESTS[0]}0` }, null],
    ['a number', { Image: 7, ImageManifestDescriptor: 7 }, null],
  ])('names the build by %s', (_, members, build) => {
    expect(toContainer({ ...RUNNING, ...members }, READING)?.build).toEqual(build);
  });

  it('takes the skew out of every time', () => {
    const container = toContainer(RUNNING, { ...READING, skewMs: 5000 });
    expect(container?.startedAtMs).toBe(Date.parse('2026-11-23T06:43:25.100Z'));
    expect(container?.health?.probes[0]?.startedAtMs).toBe(Date.parse('2026-11-23T06:43:28.394Z'));
  });

  it.each([
    ['paused, though Docker says unhealthy', { Status: 'paused', Paused: true }, 'paused', null],
    ['exited', { Status: 'exited', Running: false, ExitCode: 137 }, 'exited', 137],
    ['created', { Status: 'created', Running: false, StartedAt: '0001-01-01T00:00:00Z' }, 'created', null],
    ['could not start', { Status: 'created', Running: false, ExitCode: 127 }, 'created', 127],
    ['no word, running', { Status: undefined }, 'running', null],
    ['no word, paused', { Status: undefined, Paused: true }, 'paused', null],
    ['no word, restarting', { Status: undefined, Restarting: true }, 'restarting', null],
    ['no word, ended', { Status: 'sleepwalking', Running: false, ExitCode: 1 }, 'exited', 1],
    ['no word, dead', { Status: 'x', Running: false, Dead: true }, 'dead', 0],
    [
      'no word, never ran',
      { Status: 'x', Running: false, StartedAt: '0001-01-01T00:00:00Z' },
      'created',
      null,
    ],
  ])('state: %s', (_, state, expected, exitCode) => {
    expect(toContainer(withState(state), READING)).toMatchObject({ state: expected, exitCode });
  });

  it.each([
    ['missing', undefined, null],
    ['no status', { FailingStreak: 1 }, null],
    ['none', { Status: 'none' }, null],
    ['log null', { Status: 'starting', Log: null }, { status: 'starting', failingStreak: 0, probes: [] }],
    ['streak wrong', { Status: 'unhealthy', FailingStreak: '9' }, { status: 'unhealthy', failingStreak: 0 }],
    ['streak huge', { Status: 'unhealthy', FailingStreak: 604_800 }, { failingStreak: 604_800 }],
  ])('health: %s', (_, Health, expected) => {
    const health = toContainer(withState({ Health }), READING)?.health;
    if (expected === null) expect(health).toBeNull();
    else expect(health).toMatchObject(expected);
  });

  it.each([
    ['absent', undefined, false, false],
    ['null', null, false, false],
    ['NONE', { Test: ['NONE'], Interval: S }, false, false],
    ['no test', { Interval: S }, false, false],
    ['a form Docker does not run', { Test: ['BOGUS', 'x'] }, false, true],
    ['CMD alone', { Test: ['CMD'] }, true, false],
    ['nonsense durations', { Test: ['CMD', 'x'], Interval: -1, Timeout: '5s', Retries: 1.5 }, true, false],
  ])('health check: %s', (_, raw, present, invalid) => {
    const container = toContainer(withCheck(raw), READING);
    expect(container?.healthCheckInvalid).toBe(invalid);
    expect(container?.healthCheck !== null).toBe(present);
    if (present)
      expect(container?.healthCheck).toMatchObject({ intervalMs: 30_000, timeoutMs: 30_000, retries: 3 });
  });

  it.each([
    ['20.10, which has none', '1.41', undefined, 30_000],
    ['20.10 that keeps what was set', '1.41', 2 * S, 30_000],
    ['26', '1.45', undefined, 30_000],
    ['26, set', '1.45', 2 * S, 2_000],
    ['28', '1.51', undefined, 5_000],
    ['29, set', '1.52', 2 * S, 2_000],
  ])('the interval in the start period on Docker %s', (_, apiVersion, StartInterval, startIntervalMs) => {
    const raw = withCheck({ Test: ['CMD', 'x'], StartPeriod: 60 * S, StartInterval });
    const container = toContainer(raw, { ...READING, apiVersion });
    expect(container?.healthCheck).toMatchObject({ intervalMs: 30_000, startIntervalMs });
  });

  it.each([
    ['short and ending so by itself', 'and so on...', false],
    ['4099 bytes', `${'A'.repeat(4096)}...`, true],
    ['not over the limit', `${'A'.repeat(4092)}...`, false],
    ['long, but whole', 'A'.repeat(4099), false],
    ['a character cut in half', `${'A'.repeat(4095)}\uFFFD...`, true],
    ['few, wide characters', `${'é'.repeat(2048)}...`, true],
  ])('output: %s', (_, Output, truncated) => {
    const entry = { Start: '2026-11-23T06:43:36Z', End: '2026-11-23T06:43:37Z', ExitCode: 1, Output };
    const container = toContainer(withState({ Health: { Status: 'healthy', Log: [entry] } }), READING);
    expect(container?.health?.probes[0]).toMatchObject({ output: Output, truncated });
  });

  it('falls back to the container’s label for its node', () => {
    expect(toContainer(RUNNING, { ...READING, nodeId: null })?.nodeId).toBe('label-node');
  });

  it.each([null, 'x', [], {}, { Id: 'a' }, { State: {} }, { Id: 'a', State: null }])('refuses %j', (raw) => {
    expect(toContainer(raw, READING)).toBeNull();
  });
});
