import { expect, test } from 'vitest';
import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { NO_USAGE_SIGNS } from '#lib/model/docker/usage-signs.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import {
  buildEnded,
  buildFailedProbe,
  buildFresh,
  buildRestarting,
  buildStarting,
  buildUnhealthy,
  diagnose,
  type ReplicaCase,
} from '#lib/testing/replica-situations.ts';

const failing = (streak: number, last: Partial<Probe> = {}, check: Partial<HealthCheck> = {}) =>
  buildCheckedContainer({ failingStreak: streak, probes: [buildFailedProbe(last)] }, {}, check);

test.each<ReplicaCase>([
  [
    'one failure left',
    'probe-failing',
    false,
    'Failed 2 of 3 probes (exit 1); one more failure and Swarm replaces it.',
    { container: failing(2) },
  ],
  [
    'one failure left, and its restart condition is none',
    'probe-failing',
    false,
    'Failed 2 of 3 probes (exit 1); one more failure and Swarm stops it and starts no other.',
    { container: failing(2), service: buildRestarting({ condition: 'none' }) },
  ],
  [
    'more failures left',
    'probe-failing',
    true,
    'Failed 1 of 3 probes (exit 1); 2 more failures in a row and Swarm replaces it.',
    { container: failing(1) },
  ],
  [
    'probe timed out',
    'probe-timeout',
    false,
    'Failed 2 of 3 probes (timed out after 3 s); one more failure and Swarm replaces it.',
    { container: failing(2, { exitCode: -1, output: 'Health check exceeded timeout (3s)' }) },
  ],
  [
    'probe command missing',
    'probe-command',
    false,
    'Failed 2 of 3 probes (exit 127 (command not found)); one more failure and Swarm replaces it.',
    { container: failing(2, { exitCode: 127, output: '/bin/sh: nosuchcmd: not found\n' }) },
  ],
  [
    'probe command not executable',
    'probe-command',
    false,
    'Failed 2 of 3 probes (exit 126 (not executable)); one more failure and Swarm replaces it.',
    { container: failing(2, { exitCode: 126 }) },
  ],
  [
    'the runtime failed, and no rule knows its words',
    'probe-engine',
    false,
    'The engine of host-1 could not run its probe. Failed 2 of 3 probes (could not run); one more failure and Swarm replaces it.',
    { container: failing(2, { exitCode: -1, output: 'OCI runtime exec failed: exec failed' }) },
  ],
  [
    'the runtime failed in a container that is at its limit of processes',
    'probe-engine',
    false,
    'The engine of host-1 could not run its probe. Failed 2 of 3 probes (could not run: no more processes can be started in it); one more failure and Swarm replaces it.',
    {
      container: failing(2, {
        exitCode: -1,
        output:
          'OCI runtime exec failed: exec failed: unable to start container process: procReady not received',
      }),
      usageSigns: { ...NO_USAGE_SIGNS, pids: { percent: 100, max: 20, sinceMs: 0 } },
    },
  ],
  [
    'unhealthy',
    'unhealthy',
    false,
    'Failed its health check 4 times in a row (its limit is 3), the last with exit 1. Swarm is stopping it and will start a new one.',
    { container: buildUnhealthy() },
  ],
  [
    'unhealthy, by probes that time out',
    'unhealthy',
    false,
    'Failed its health check 4 times in a row (its limit is 3), the last timed out after 3 s. Swarm is stopping it and will start a new one.',
    {
      container: buildUnhealthy({
        probes: [buildFailedProbe({ exitCode: -1, output: 'Health check exceeded timeout (3s)' })],
      }),
    },
  ],
  [
    'unhealthy, streak not read yet',
    'unhealthy',
    false,
    'Failed its health check 3 times in a row (its limit is 3), the last with exit 1. Swarm is stopping it and will start a new one.',
    { container: buildUnhealthy({ failingStreak: 2 }) },
  ],
  [
    'unhealthy, restart condition none',
    'unhealthy',
    false,
    'Failed its health check 4 times in a row (its limit is 3), the last with exit 1. Swarm is stopping it and will not start a new one.',
    { container: buildUnhealthy(), service: buildRestarting({ condition: 'none' }) },
  ],
  [
    'stuck unhealthy',
    'unhealthy-stuck',
    false,
    'Failed its health check 4 times in a row (its limit is 3), the last with exit 1. It should be stopped by now: Swarm has missed it, or its engine cannot stop it.',
    { container: buildUnhealthy(), nowMs: 60_000 },
  ],
  ['first start', 'starting', true, 'Starting: waiting for its first healthy probe.', buildStarting()],
  [
    'first start, engine not read',
    'starting',
    true,
    'Starting: waiting for its first healthy probe.',
    { task: buildTask({ state: 'starting' }), engine: null },
  ],
  [
    'probes fail at the start',
    'starting',
    true,
    'Starting: failed 1 of 3 probes, last probe: exit 1.',
    buildStarting({ failingStreak: 1, probes: [buildFailedProbe()] }),
  ],
  [
    'probes fail in the start period',
    'starting',
    true,
    'Starting: not healthy yet, last probe: exit 1; failures do not count in its start period of 1 h.',
    buildStarting({ probes: [buildFailedProbe()] }, { startPeriodMs: 3_600_000 }),
  ],
  [
    'overdue',
    'starting-overdue',
    false,
    'Still not healthy after all the time its health check allows (3 probes every 5 s), last probe: exit 1.',
    { ...buildStarting({ failingStreak: 2, probes: [buildFailedProbe()] }), nowMs: 40_000 },
  ],
  [
    'overdue after a start period',
    'starting-overdue',
    false,
    'Still not healthy after all the time its health check allows (start period 10 s, then 3 probes every 5 s).',
    { ...buildStarting({}, { startPeriodMs: 10_000 }), nowMs: 50_000 },
  ],
  [
    'a first probe that may still pass: it has 30 s',
    'starting',
    true,
    'Starting: waiting for its first healthy probe.',
    { ...buildStarting({}, { timeoutMs: 30_000 }), nowMs: 40_000 },
  ],
  [
    'its first probe is minutes away',
    'starting',
    true,
    'Starting: its first probe runs 20 min after its start, since its interval is 20 min; until then it gets no traffic.',
    buildStarting({}, { intervalMs: 1_200_000 }),
  ],
  [
    'longer than it ever took',
    'starting-slow',
    false,
    'Starting for longer than it ever took (4 s at most until now), failed 1 of 3 probes, last probe: exit 1.',
    {
      ...buildStarting({ failingStreak: 1, probes: [buildFailedProbe()] }),
      slowestStartMs: 4_000,
      nowMs: 23_000,
    },
  ],
  [
    'no longer than it took before',
    'starting',
    true,
    'Starting: waiting for its first healthy probe.',
    { ...buildStarting(), slowestStartMs: 4_000, nowMs: 20_000 },
  ],
  [
    'up again, but no longer than before it failed the last times',
    'crash-loop',
    false,
    'Up again, for now. Failed 3 times in 2 min, the last time: ended with exit 1.',
    {
      container: buildContainer({ startedAtMs: 1_000_000 }),
      earlier: [buildEnded(1), buildEnded(2), buildEnded(3)],
      nowMs: 1_050_000,
    },
  ],
  [
    'it had run for days before the loop began: that is none of it',
    'crash-loop',
    false,
    'Up again, for now. Failed 3 times in 2 min, the last time: ended with exit 1.',
    {
      container: buildContainer({ startedAtMs: 1_000_000 }),
      earlier: [buildEnded(1), buildEnded(2), buildEnded(3, { createdAtMs: -800_000_000 })],
      nowMs: 1_050_000,
    },
  ],
  [
    'lost with its node, and bound to it',
    'node-down',
    false,
    'Lost with its node: docker02 is down, and no other node can take it: constraint node.hostname==docker02 not met on 2 nodes, 1 node not available for new tasks (drained, paused or down).',
    {
      service: buildService({ constraints: ['node.hostname==docker02'] }),
      node: null,
      engine: null,
      lostWith: buildNode({ hostname: 'docker02', status: 'down' }),
      task: buildTask({
        state: 'pending',
        nodeId: null,
        error:
          'no suitable node (scheduling constraints not satisfied on 2 nodes; 1 node not available for new tasks)',
      }),
    },
  ],
  [
    'a crash loop says more than a slow start',
    'crash-loop',
    false,
    'Starting again. Failed 3 times in 2 min, the last time: ended with exit 1.',
    {
      ...buildStarting({}, { timeoutMs: 300_000 }),
      earlier: [buildEnded(1), buildEnded(2), buildEnded(3)],
      slowestStartMs: 1_000,
      nowMs: 30_000,
    },
  ],
  [
    'a check that Docker does not run',
    'health-check-invalid',
    false,
    'Its health check is of a kind that Docker does not run, so it will never become healthy.',
    { task: buildTask({ state: 'starting' }), container: buildContainer({ healthCheckInvalid: true }) },
  ],
  [
    'preparing',
    'preparing',
    true,
    'Being prepared on host-1: image, networks, volumes and container.',
    { task: buildTask({ state: 'preparing' }) },
  ],
  [
    'waits for the old task of an update',
    'preparing',
    true,
    'Waiting for Swarm to start it: the task before it must stop first, or a delay must pass.',
    { task: buildFresh(), earlier: [buildTask({ desiredState: 'shutdown' })] },
  ],
  [
    'paused',
    'paused',
    false,
    'Paused with docker pause: it does nothing, and its health means nothing, until it is unpaused.',
    { container: buildContainer({ state: 'paused' }) },
  ],
  [
    'scaled down',
    'stopping',
    true,
    'Stopping: scaled down or removed.',
    { task: buildTask({ desiredState: 'remove' }) },
  ],
  [
    'drained',
    'stopping',
    true,
    'Stopping: host-1 is being drained.',
    { task: buildTask({ desiredState: 'shutdown' }), node: buildNode({ availability: 'drain' }) },
  ],
  [
    'replaced by an update',
    'stopping',
    true,
    'Stopping: the update replaces it.',
    {
      task: buildTask({ desiredState: 'shutdown' }),
      service: buildService({
        update: { state: 'updating', startedAtMs: 0, completedAtMs: null, message: 'update in progress' },
      }),
    },
  ],
  [
    'job finished',
    'complete',
    true,
    'Finished with exit 0.',
    {
      task: buildTask({ state: 'complete', desiredState: 'complete' }),
      service: buildService({ mode: { kind: 'global-job' } }),
    },
  ],
])('%s', (_situation, cause, expected, sentence, facts) => {
  expect(diagnose(facts)).toMatchObject({ cause, expected, sentence });
});

test.each<[string, Partial<ReplicaFacts>]>([
  ['healthy', { container: buildCheckedContainer() }],
  ['running without a check', { container: buildContainer() }],
  [
    'healthy after failures',
    {
      container: buildCheckedContainer(),
      nowMs: 2_000_000,
      earlier: [buildEnded(1), buildEnded(2), buildEnded(3)],
    },
  ],
  [
    'up longer than it ever was in the loop, though it had run for days before',
    {
      container: buildContainer({ startedAtMs: 1_000_000 }),
      earlier: [buildEnded(1), buildEnded(2), buildEnded(3, { createdAtMs: -800_000_000 })],
      nowMs: 1_110_000,
    },
  ],
])('nothing to say: %s', (_situation, facts) => {
  expect(diagnose(facts)).toBeNull();
});

test('the evidence is what the probe printed', () => {
  expect(diagnose({ container: failing(2) })?.evidence).toEqual({
    label: 'exit 1 after 52 ms',
    text: 'HTTP 503',
  });
});

test('after a crash loop it has proved itself when it was up twice as long as before', () => {
  const loop = {
    container: buildContainer({ startedAtMs: 1_000_000 }),
    earlier: [buildEnded(1), buildEnded(2), buildEnded(3)],
  };
  expect(diagnose({ ...loop, nowMs: 1_099_999 })?.cause).toBe('crash-loop');
  expect(diagnose({ ...loop, nowMs: 1_100_000 })).toBeNull();
});
