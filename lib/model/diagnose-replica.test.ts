import { expect, test } from 'vitest';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplicaFacts } from '#lib/testing/build-replica-facts.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import type { ContainerHealth } from './container.ts';
import { decideReplicaStatus } from './decide-replica-status.ts';
import { diagnoseReplica } from './diagnose-replica.ts';
import type { Cause } from './diagnosis.ts';
import type { HealthCheck } from './health-check.ts';
import type { Probe } from './probe.ts';
import type { ReplicaFacts } from './replica-facts.ts';
import type { RestartPolicy } from './service.ts';
import type { Task } from './task.ts';

const diagnose = (facts: Partial<ReplicaFacts>) => {
  const all = buildReplicaFacts(facts);
  return diagnoseReplica(all, decideReplicaStatus(all));
};
const probe = (overrides: Partial<Probe>) =>
  buildProbe({ exitCode: 1, durationMs: 52, output: 'HTTP 503', ...overrides });
const failing = (streak: number, last: Partial<Probe> = {}, check: Partial<HealthCheck> = {}) =>
  buildCheckedContainer({ failingStreak: streak, probes: [probe(last)] }, {}, check);
const unhealthy = (health: Partial<ContainerHealth> = {}) =>
  buildCheckedContainer({
    status: 'unhealthy',
    failingStreak: 4,
    statusSinceMs: 19_000,
    probes: [probe({})],
    ...health,
  });
const starting = (health: Partial<ContainerHealth> = {}, check: Partial<HealthCheck> = {}) => ({
  task: buildTask({ state: 'starting' }),
  container: buildCheckedContainer({ status: 'starting', ...health }, { startedAtMs: 10_000 }, check),
});
const restart = (overrides: Partial<RestartPolicy>) =>
  buildService({
    restart: { condition: 'any', delayMs: 5_000, maxAttempts: null, windowMs: null, ...overrides },
  });
const ended = (n: number, overrides: Partial<Task> = {}) =>
  buildTask({
    id: `ended-${n}`,
    state: 'failed',
    desiredState: 'shutdown',
    error: 'task: non-zero exit (1)',
    createdAtMs: 1_000_000 - n * 60_000,
    stateAtMs: 1_000_000 - n * 60_000 + 50_000,
    ...overrides,
  });
const fresh = (overrides: Partial<Task> = {}) =>
  buildTask({
    id: 'fresh',
    state: 'ready',
    desiredState: 'ready',
    createdAtMs: 1_000_000,
    stateAtMs: 1_000_000,
    ...overrides,
  });
const NOT_READ = 'deploy stack.yml, which puts an agent on every node, or set VITALS_ENGINES';

type Case = [situation: string, cause: Cause, calm: boolean, sentence: string, facts: Partial<ReplicaFacts>];

test.each<Case>([
  [
    'one failure left',
    'probe-failing',
    false,
    'Failed 2 of 3 probes (exit 1); one more failure and Swarm replaces it.',
    { container: failing(2) },
  ],
  [
    'more failures left',
    'probe-failing',
    false,
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
    'no shell in the image',
    'probe-command',
    false,
    'Failed 2 of 3 probes (could not run); one more failure and Swarm replaces it.',
    { container: failing(2, { exitCode: -1, output: 'OCI runtime exec failed: exec failed' }) },
  ],
  [
    'unhealthy',
    'unhealthy',
    false,
    'Failed its health check 4 times in a row (3 allowed), the last with exit 1. Swarm is stopping it and will start a new one.',
    { container: unhealthy() },
  ],
  [
    'unhealthy, streak not read yet',
    'unhealthy',
    false,
    'Failed its health check 3 times in a row (3 allowed), the last with exit 1. Swarm is stopping it and will start a new one.',
    { container: unhealthy({ failingStreak: 2 }) },
  ],
  [
    'unhealthy, restart condition none',
    'unhealthy',
    false,
    'Failed its health check 4 times in a row (3 allowed), the last with exit 1. Swarm is stopping it and will not start a new one.',
    { container: unhealthy(), service: restart({ condition: 'none' }) },
  ],
  [
    'stuck unhealthy',
    'unhealthy-stuck',
    false,
    'Failed its health check 4 times in a row (3 allowed), the last with exit 1. Swarm has missed it and will not act: replace it with docker service update --force web.',
    { container: unhealthy(), nowMs: 60_000 },
  ],
  ['first start', 'starting', true, 'Starting: waiting for its first healthy probe.', starting()],
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
    starting({ failingStreak: 1, probes: [probe({})] }),
  ],
  [
    'probes fail in the start period',
    'starting',
    true,
    'Starting: not healthy yet, last probe: exit 1; failures do not count in its start period of 1 h.',
    starting({ probes: [probe({})] }, { startPeriodMs: 3_600_000 }),
  ],
  [
    'overdue',
    'starting-overdue',
    false,
    'Still not healthy after all the time its health check allows (3 probes every 5 s), last probe: exit 1.',
    { ...starting({ failingStreak: 2, probes: [probe({})] }), nowMs: 40_000 },
  ],
  [
    'overdue after a start period',
    'starting-overdue',
    false,
    'Still not healthy after all the time its health check allows (start period 10 s, then 3 probes every 5 s).',
    { ...starting({}, { startPeriodMs: 10_000 }), nowMs: 50_000 },
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
    { task: fresh(), earlier: [buildTask({ desiredState: 'shutdown' })] },
  ],
  [
    'pending, the scheduler has not tried',
    'scheduling',
    true,
    'Waiting for Swarm to choose a node.',
    { task: buildTask({ state: 'pending', nodeId: null }), node: null },
  ],
  [
    'new',
    'scheduling',
    true,
    'Waiting for Swarm to set up its networks.',
    { task: buildTask({ state: 'new', nodeId: null }), node: null },
  ],
  [
    'unschedulable',
    'no-suitable-node',
    false,
    'No node can take it: insufficient CPU or memory on 6 nodes, constraints not met on 1 node.',
    {
      task: buildTask({
        state: 'pending',
        nodeId: null,
        error:
          'no suitable node (insufficient resources on 6 nodes; scheduling constraints not satisfied on 1 node)',
      }),
    },
  ],
  [
    'unschedulable global',
    'no-suitable-node',
    false,
    'No node can take it: insufficient CPU or memory on 1 node.',
    { task: buildTask({ state: 'pending', slot: null, error: 'insufficient resources on 1 node' }) },
  ],
  [
    'unschedulable without a reason',
    'no-suitable-node',
    false,
    'No node can take it.',
    { task: buildTask({ state: 'pending', error: 'no suitable node' }) },
  ],
  [
    'node down',
    'node-down',
    false,
    'Lost with its node: host-1 is down (heartbeat failure); Swarm starts a new one on another node.',
    { node: buildNode({ status: 'down', statusMessage: 'heartbeat failure' }) },
  ],
  [
    'node of a global service down',
    'node-down',
    false,
    'Lost with its node: host-1 is down; it comes back with the node.',
    { node: buildNode({ status: 'down' }), service: buildService({ mode: { kind: 'global' } }) },
  ],
  [
    'orphaned',
    'orphaned',
    false,
    'Lost with its node, which was down for more than a day or was removed from the swarm.',
    { task: buildTask({ state: 'orphaned' }), node: null },
  ],
  [
    'no endpoint',
    'engine-unread',
    false,
    `Health not known: no endpoint leads to the engine of host-1; ${NOT_READ}.`,
    { engine: null },
  ],
  [
    'engine unreachable',
    'engine-unread',
    false,
    'Health not known: the engine of host-1 cannot be reached: Connection refused.',
    { engine: buildSource({ state: 'unreachable', error: 'Connection refused.' }) },
  ],
  [
    'engine stale',
    'engine-unread',
    false,
    'Health not known: the engine of host-1 has stopped answering.',
    { engine: buildSource({ state: 'stale' }) },
  ],
  [
    'engine connecting',
    'engine-unread',
    true,
    'Health not known yet: connecting to the engine of host-1.',
    { engine: buildSource({ state: 'connecting' }) },
  ],
  [
    'container not read yet',
    'container-unread',
    true,
    'Health not known yet: the engine of host-1 has not told of its container.',
    {},
  ],
  [
    'unpaused',
    'health-unread',
    false,
    'Health not known: Docker calls it unhealthy since it was paused, until its next probe ends.',
    { container: unhealthy({ statusSinceMs: null, failingStreak: 0 }) },
  ],
  [
    'no health despite a check',
    'health-unread',
    false,
    'Health not known: it has a health check, but its engine reports no health.',
    { container: buildCheckedContainer({}, { health: null }) },
  ],
  [
    'unknown task state',
    'state-unknown',
    false,
    'The manager reports a state that this version does not know.',
    { task: buildTask({ state: 'unknown' }) },
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
  [
    'failed, waits for the restart delay',
    'exit-code',
    false,
    'Ended with exit 1. Swarm starts a new one after the restart delay of 5 s.',
    { task: fresh(), earlier: [ended(1)] },
  ],
  [
    'failed, no restart delay',
    'exit-code',
    false,
    'Ended with exit 1. Swarm starts a new one.',
    { task: fresh(), earlier: [ended(1)], service: restart({ delayMs: 0 }) },
  ],
  [
    'starting again',
    'starting-again',
    false,
    'Starting again after a failure: ended with exit 1.',
    { task: fresh({ state: 'preparing', desiredState: 'running' }), earlier: [ended(1)] },
  ],
  [
    'starting again after a kill for health',
    'starting-again',
    false,
    'Starting again after a failure: killed for its health: its health check failed.',
    {
      ...starting(),
      earlier: [ended(1, { error: 'task: non-zero exit (137): dockerexec: unhealthy container' })],
    },
  ],
  [
    'crash loop',
    'crash-loop',
    false,
    'Failed 4 times in 3 min 50 s, the last time: ended with exit 1. Swarm starts a new one after the restart delay of 5 s.',
    { task: fresh(), earlier: [ended(1), ended(2), ended(3), ended(4)] },
  ],
  [
    'crash loop, on its way up',
    'crash-loop',
    false,
    'Starting again. Failed 3 times in 2 min 50 s, the last time: ended with exit 1.',
    { task: fresh({ state: 'preparing', desiredState: 'running' }), earlier: [ended(1), ended(2), ended(3)] },
  ],
  [
    'failures weeks apart are no loop',
    'exit-code',
    false,
    'Ended with exit 1. Swarm starts a new one after the restart delay of 5 s.',
    { task: fresh(), earlier: [ended(1), ended(10_000), ended(20_000)] },
  ],
  [
    'an update between failures ends the loop',
    'exit-code',
    false,
    'Ended with exit 1. Swarm starts a new one after the restart delay of 5 s.',
    { task: fresh(), earlier: [ended(1), ended(2), ended(3, { state: 'shutdown', error: null }), ended(4)] },
  ],
  [
    'gave up',
    'gave-up',
    false,
    'Ended with exit 1. Swarm gave up: the 2 restarts that its restart policy allows are used up.',
    { task: ended(0), service: restart({ maxAttempts: 2 }) },
  ],
  [
    'restart condition none',
    'gave-up',
    false,
    'Ended with exit 1. Swarm does not start it again: its restart condition is none.',
    { task: ended(0), service: restart({ condition: 'none' }) },
  ],
  [
    'killed for health, left with exit 0, restart condition on-failure',
    'gave-up',
    false,
    'Killed for its health: 3 probes in a row failed, the last with exit 1. Swarm does not start it again: it ended with exit 0, and its restart condition is on-failure.',
    {
      task: ended(0, { state: 'complete', error: null }),
      service: restart({ condition: 'on-failure' }),
      container: buildCheckedContainer(
        { status: 'unhealthy', failingStreak: 3, probes: [probe({})] },
        { state: 'exited', exitCode: 0 },
      ),
    },
  ],
  [
    'failed just now',
    'exit-code',
    false,
    'Ended with exit 3.',
    { container: buildContainer({ state: 'exited', exitCode: 3 }) },
  ],
])('%s', (_situation, cause, calm, sentence, facts) => {
  expect(diagnose(facts)).toMatchObject({ cause, calm, sentence });
});

test.each<[string, Partial<ReplicaFacts>]>([
  ['healthy', { container: buildCheckedContainer() }],
  ['running without a check', { container: buildContainer() }],
  ['healthy after failures', { container: buildCheckedContainer(), earlier: [ended(1), ended(2), ended(3)] }],
])('nothing to say: %s', (_situation, facts) => {
  expect(diagnose(facts)).toBeNull();
});

test('the evidence is what the probe printed', () => {
  expect(diagnose({ container: failing(2) })?.evidence).toEqual({
    label: 'exit 1 after 52 ms',
    text: 'HTTP 503',
  });
});

test('the evidence of a restart is what the dead container is remembered by', () => {
  const lastWords = buildCheckedContainer(
    { status: 'unhealthy', failingStreak: 3, probes: [probe({})] },
    { state: 'exited', exitCode: 0 },
  );
  const diagnosis = diagnose({
    task: fresh(),
    earlier: [ended(1, { state: 'complete', error: null })],
    lastWordsOf: () => lastWords,
  });
  expect(diagnosis).toMatchObject({ cause: 'killed-for-health', evidence: { text: 'HTTP 503' } });
});

test('start-first update whose new tasks fail one after the other, while the old one stays up', () => {
  const old = buildTask({ id: 'old', createdAtMs: 0 });
  const diagnosis = diagnose({
    task: fresh({ state: 'preparing', desiredState: 'running' }),
    earlier: [old, ended(1), ended(2), ended(3)],
  });
  expect(diagnosis?.cause).toBe('crash-loop');
});
