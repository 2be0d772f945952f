import { describe, expect, test } from 'vitest';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { SourceState } from '#lib/model/docker/source.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplicaFacts } from '#lib/testing/build-replica-facts.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { decideReplicaStatus } from './decide-replica-status.ts';
import type { ReplicaFacts } from './replica-facts.ts';

type Case = [situation: string, status: ReplicaStatus, facts: Partial<ReplicaFacts>];

const failed = buildProbe({ exitCode: 1, output: 'HTTP 503' });
const onFailure = buildService({
  restart: { condition: 'on-failure', delayMs: 0, maxAttempts: null, windowMs: null },
});
const job = buildService({ mode: { kind: 'replicated-job', maxConcurrent: 1, totalCompletions: 3 } });
const task = (overrides: Partial<Task>) => ({ task: buildTask(overrides) });
const waiting = buildTask({ id: 'task-2', state: 'ready', desiredState: 'ready' });
const shutDown = { task: buildTask({ desiredState: 'shutdown' }) };
const dead = (overrides: Partial<Container>) => ({
  container: buildContainer({ state: 'exited', exitCode: 1, finishedAtMs: 19_000, ...overrides }),
});

const HEALTH: Case[] = [
  ['healthy, streak 0', 'healthy', { container: buildCheckedContainer() }],
  ['no health check', 'running', { container: buildContainer() }],
  ['healthy with a streak of 1', 'failing', { container: buildCheckedContainer({ failingStreak: 1 }) }],
  [
    'healthy with a streak of 604800',
    'failing',
    { container: buildCheckedContainer({ failingStreak: 604_800 }) },
  ],
  [
    'health starting, task starting',
    'starting',
    { ...task({ state: 'starting' }), container: buildCheckedContainer({ status: 'starting' }) },
  ],
  ['health starting, task running', 'starting', { container: buildCheckedContainer({ status: 'starting' }) }],
  [
    'healthy event before the list: task still starting',
    'healthy',
    { ...task({ state: 'starting' }), container: buildCheckedContainer({ statusSinceMs: 19_000 }) },
  ],
  [
    'healthy before the list, then a failed probe',
    'failing',
    {
      ...task({ state: 'starting' }),
      container: buildCheckedContainer({ failingStreak: 1, statusSinceMs: 19_000 }),
    },
  ],
  [
    'healthy for long, and Swarm still waits for that',
    'starting',
    { ...task({ state: 'starting' }), container: buildCheckedContainer({ statusSinceMs: 9_000 }) },
  ],
  [
    'running container before the list: task still ready',
    'starting',
    { ...task({ state: 'ready' }), container: buildCheckedContainer({ status: 'starting' }) },
  ],
  [
    'unhealthy, streak at retries',
    'unhealthy',
    { container: buildCheckedContainer({ status: 'unhealthy', failingStreak: 3, statusSinceMs: 19_000 }) },
  ],
  [
    'unhealthy by an event, streak not read yet',
    'unhealthy',
    { container: buildCheckedContainer({ status: 'unhealthy', failingStreak: 2, statusSinceMs: 19_000 }) },
  ],
  [
    'never healthy, then unhealthy',
    'unhealthy',
    {
      ...task({ state: 'starting' }),
      container: buildCheckedContainer({ status: 'unhealthy', failingStreak: 3 }),
    },
  ],
  [
    'unpaused: forced unhealthy until the next probe',
    'unknown',
    { container: buildCheckedContainer({ status: 'unhealthy', failingStreak: 0 }) },
  ],
  [
    'paused: forced unhealthy means nothing',
    'paused',
    { container: buildCheckedContainer({ status: 'unhealthy', failingStreak: 0 }, { state: 'paused' }) },
  ],
  ['a health check, and no health', 'unknown', { container: buildCheckedContainer({}, { health: null }) }],
  [
    'task starting, a health check, and no health yet',
    'starting',
    { ...task({ state: 'starting' }), container: buildCheckedContainer({}, { health: null }) },
  ],
  [
    'a check that Docker does not run (BOGUS): starting for ever',
    'starting',
    { ...task({ state: 'starting' }), container: buildContainer({ healthCheckInvalid: true }) },
  ],
];

const ENGINE: Case[] = [
  ...(['stale', 'unreachable', 'unconfigured', 'connecting'] as SourceState[]).map(
    (state): Case => [
      `task running, engine ${state}`,
      'unknown',
      { engine: buildSource({ state }), container: buildCheckedContainer() },
    ],
  ),
  ['task running, no source for the engine', 'unknown', { engine: null, container: buildCheckedContainer() }],
  ['task running, container not read yet', 'unknown', { container: null }],
  [
    'task starting, engine not read: the manager decides',
    'starting',
    { ...task({ state: 'starting' }), engine: null, container: null },
  ],
  [
    'node unknown after a leader change, engine live',
    'healthy',
    { node: buildNode({ status: 'unknown' }), container: buildCheckedContainer() },
  ],
  [
    'node disconnected, engine live',
    'healthy',
    { node: buildNode({ status: 'disconnected' }), container: buildCheckedContainer() },
  ],
  [
    'node not listed yet, engine live',
    'healthy',
    { ...task({ stateAtMs: 15_000 }), node: null, container: buildCheckedContainer() },
  ],
  ['node gone for long', 'lost', { node: null, container: buildCheckedContainer() }],
  ['died, the manager still says running', 'failed', dead({ exitCode: 137 })],
  ['dead container, the manager still says running', 'failed', dead({ state: 'dead' })],
  ['being removed, the manager still says running', 'failed', dead({ state: 'removing', exitCode: null })],
  ['died while it should stop', 'stopping', { ...shutDown, ...dead({ exitCode: 143 }) }],
  ['exit 0, restart condition any', 'failed', dead({ exitCode: 0 })],
  ['exit 0, restart condition on-failure', 'complete', { service: onFailure, ...dead({ exitCode: 0 }) }],
  ['exit 0 of a job', 'complete', { service: job, ...dead({ exitCode: 0 }) }],
  ['exit 1 of a job', 'failed', { service: job, ...dead({ exitCode: 1 }) }],
  [
    'killed for health and exit 0, restart condition on-failure',
    'failed',
    {
      service: onFailure,
      container: buildCheckedContainer(
        { status: 'unhealthy', failingStreak: 3, probes: [failed] },
        { state: 'exited', exitCode: 0 },
      ),
    },
  ],
  [
    'a container that is only created',
    'preparing',
    { ...task({ state: 'starting' }), container: buildContainer({ state: 'created', startedAtMs: null }) },
  ],
];

const MANAGER: Case[] = [
  ['no task', 'unknown', { task: null }],
  ['a state this version does not know', 'unknown', task({ state: 'unknown' })],
  ['a desired state this version does not know', 'unknown', task({ desiredState: 'unknown' })],
  ['new', 'pending', task({ state: 'new', nodeId: null })],
  ['pending', 'pending', task({ state: 'pending', nodeId: null })],
  ['pending of a global service has a node', 'pending', task({ state: 'pending', slot: null })],
  ...(['assigned', 'accepted', 'preparing', 'ready'] as const).map(
    (state): Case => [state, 'preparing', task({ state })],
  ),
  ['failed', 'failed', task({ state: 'failed', desiredState: 'shutdown' })],
  ['rejected', 'failed', task({ state: 'rejected', desiredState: 'shutdown' })],
  [
    'gave up: exit 0 on SIGTERM after unhealthy leaves complete',
    'failed',
    {
      ...task({ state: 'complete', desiredState: 'shutdown' }),
      service: onFailure,
      container: buildCheckedContainer(
        { status: 'unhealthy', failingStreak: 3, probes: [failed] },
        { state: 'exited', exitCode: 0 },
      ),
    },
  ],
  [
    'complete, restart condition any, replacement not there yet',
    'failed',
    task({ state: 'complete', desiredState: 'shutdown' }),
  ],
  [
    'complete, restart condition on-failure',
    'complete',
    { service: onFailure, ...task({ state: 'complete', desiredState: 'shutdown' }) },
  ],
  ['complete job', 'complete', { service: job, ...task({ state: 'complete', desiredState: 'complete' }) }],
  [
    'running job',
    'running',
    { service: job, ...task({ desiredState: 'complete' }), container: buildContainer() },
  ],
  ['shut down', 'stopping', task({ state: 'shutdown', desiredState: 'shutdown' })],
  ['should stop, container still up', 'stopping', { ...shutDown, container: buildCheckedContainer() }],
  ['should stop, engine not read', 'stopping', { ...shutDown, engine: null }],
  ['to be removed', 'stopping', task({ desiredState: 'remove' })],
  ['orphaned', 'lost', task({ state: 'orphaned', nodeId: 'gone', desiredState: 'shutdown' })],
  ['node down, task running', 'lost', { node: buildNode({ status: 'down' }) }],
  ['node down, task should stop', 'lost', { ...shutDown, node: buildNode({ status: 'down' }) }],
  [
    'node down, engine still live',
    'lost',
    { node: buildNode({ status: 'down' }), container: buildCheckedContainer() },
  ],
  [
    'failed before its node went down',
    'failed',
    { ...task({ state: 'failed' }), node: buildNode({ status: 'down' }) },
  ],
];

const RESTART: Case[] = [
  [
    'restart delay after a failure',
    'failed',
    { task: waiting, earlier: [buildTask({ state: 'failed', desiredState: 'shutdown' })] },
  ],
  [
    'restart delay after a rejection',
    'failed',
    { task: waiting, earlier: [buildTask({ state: 'rejected', desiredState: 'shutdown' })] },
  ],
  [
    'restart delay after exit 0, restart condition any',
    'failed',
    { task: waiting, earlier: [buildTask({ state: 'complete', desiredState: 'shutdown' })] },
  ],
  [
    'waits for the old task of an update to stop',
    'preparing',
    { task: waiting, earlier: [buildTask({ desiredState: 'shutdown' })] },
  ],
  [
    'the old task of an update died as it should, the manager does not know yet',
    'preparing',
    {
      task: waiting,
      earlier: [buildTask({ desiredState: 'shutdown' })],
      lastContainerOf: () => buildContainer({ state: 'exited', exitCode: 143 }),
    },
  ],
  ['waits, with nothing before it', 'preparing', { task: waiting }],
  [
    'replacement is prepared',
    'preparing',
    { ...task({ state: 'preparing' }), earlier: [buildTask({ state: 'failed', desiredState: 'shutdown' })] },
  ],
  [
    'replacement has started',
    'starting',
    {
      ...task({ state: 'starting' }),
      container: null,
      earlier: [buildTask({ state: 'failed', desiredState: 'shutdown' })],
    },
  ],
  [
    'failed, and the manager has not made a replacement',
    'failed',
    task({ state: 'failed', desiredState: 'running' }),
  ],
];

describe.each([
  ['health', HEALTH],
  ['what the engine reports', ENGINE],
  ['what the manager reports', MANAGER],
  ['restarts', RESTART],
])('%s', (_group, cases) => {
  test.each(cases)('%s: %s', (_situation, status, facts) => {
    expect(decideReplicaStatus(buildReplicaFacts(facts)).status).toBe(status);
  });
});
