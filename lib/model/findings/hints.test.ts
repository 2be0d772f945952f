import { expect, test } from 'vitest';
import type { Task } from '#lib/model/docker/task.ts';
import { decideReplicaStatus } from '#lib/model/status/decide-replica-status.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplicaFacts } from '#lib/testing/build-replica-facts.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { word } from '#lib/testing/word-findings.ts';
import { diagnoseReplica } from './diagnose-replica.ts';

const advise = (overrides: Partial<ReplicaFacts>) => {
  const facts = buildReplicaFacts(overrides);
  return word(diagnoseReplica(facts, decideReplicaStatus(facts)))?.hint ?? null;
};
const failed = (error: string, overrides: Partial<Task> = {}) => ({
  task: buildTask({ state: 'failed', desiredState: 'shutdown', error, ...overrides }),
});
const pending = (reason: string, service: Partial<ReplicaFacts['service']> = {}) => ({
  service: buildService(service),
  node: null,
  engine: null,
  task: buildTask({ state: 'pending', nodeId: null, error: `no suitable node (${reason})` }),
});
const failing = (exitCode: number, output: string, test: string[] = ['CMD-SHELL', 'check']) => ({
  container: buildCheckedContainer(
    { failingStreak: 1, probes: [buildProbe({ exitCode, output })] },
    {},
    { test },
  ),
});
const restart = { condition: 'any' as const, delayMs: 5_000, maxAttempts: 2, windowMs: null };

test.each<[situation: string, hint: string | null, facts: Partial<ReplicaFacts>]>([
  ['all is well', null, { container: buildCheckedContainer() }],
  ['probes fail', 'Look inside: docker exec -it container-1 sh, on host-1.', failing(1, 'HTTP 503')],
  ['probes fail, perhaps no shell in the image', null, failing(1, 'HTTP 503', ['CMD', '/check'])],
  [
    'probes time out',
    'If it is only slow, give its probes more time: docker service update --health-timeout TIME web.',
    failing(-1, 'Health check exceeded timeout (3s)'),
  ],
  [
    'the probe is not there',
    'Correct the command of its health check: --health-cmd of the service, or HEALTHCHECK of the image.',
    failing(127, '/bin/sh: curl: not found\n'),
  ],
  [
    'killed before it was ever healthy',
    'If it only needs longer to start, give it a start period: docker service update --health-start-period TIME web.',
    failed('task: non-zero exit (137): dockerexec: unhealthy container', { message: 'starting' }),
  ],
  [
    'killed after it was healthy',
    null,
    failed('task: non-zero exit (137): dockerexec: unhealthy container', { message: 'started' }),
  ],
  [
    'out of memory',
    'Let it use less, or raise its limit: docker service update --limit-memory SIZE web.',
    {
      ...failed('task: non-zero exit (137)'),
      container: buildContainer({ state: 'exited', exitCode: 137, oomKilled: true, finishedAtMs: 12_000 }),
    },
  ],
  [
    'a port that something else holds',
    "See what holds it, on host-1: ss -ltnp 'sport = :8100'.",
    failed(
      'starting container failed: driver failed programming external connectivity on endpoint web.1.x (1f): Bind for 0.0.0.0:8100 failed: port is already allocated',
    ),
  ],
  [
    'a port that something else holds, and the next try may be on another node',
    "See what holds it, on its node: ss -ltnp 'sport = :8100'.",
    {
      task: buildTask({ id: 'next', state: 'ready', desiredState: 'ready', createdAtMs: 9_000 }),
      earlier: [
        buildTask({
          nodeId: 'node-2',
          state: 'failed',
          desiredState: 'shutdown',
          error: 'starting container failed: Bind for 0.0.0.0:8100 failed: port is already allocated',
        }),
      ],
    },
  ],
  [
    'a folder that is not there',
    'Make it on host-1, or keep the service to nodes that have it with a placement constraint.',
    failed('invalid mount config for type "bind": bind source path does not exist: /nope/here', {
      state: 'rejected',
    }),
  ],
  [
    'an image that is not there',
    'Try it on host-1: docker pull nope:1. Swarm calls it missing also where the registry wants a login: docker service update --with-registry-auth gives its nodes one.',
    failed('No such image: nope:1', { state: 'rejected', image: 'nope:1' }),
  ],
  [
    'its own exit code',
    'Read its last log lines: docker service logs --tail 50 task-1.',
    failed('task: non-zero exit (3)', { exitCode: 3 }),
  ],
  [
    'a crash loop: what helps is about its cause',
    'Read its last log lines: docker service logs --tail 50 task-1.',
    {
      ...failed('task: non-zero exit (3)', { exitCode: 3 }),
      earlier: [1, 2].map((n) =>
        buildTask({ id: `t${n}`, state: 'failed', error: 'task: non-zero exit (3)', createdAtMs: 5_000 - n }),
      ),
    },
  ],
  [
    'given up',
    'When its cause is gone, start it again: docker service update --force web.',
    { ...failed('task: non-zero exit (4)', { exitCode: 4 }), service: buildService({ restart }) },
  ],
  [
    'more memory than any node has free',
    'It reserves 500 GiB of memory: free that much on one node, or lower it with docker service update --reserve-memory SIZE web.',
    pending('insufficient resources on 3 nodes', {
      reserved: { cpuNano: null, memoryBytes: 500 * 1024 ** 3, generic: [] },
    }),
  ],
  [
    'a label that no node has',
    'Give a node that label: docker node update --label-add disk=ssd NODE.',
    pending('scheduling constraints not satisfied on 3 nodes', { constraints: ['node.labels.disk==ssd'] }),
  ],
  [
    'two constraints: either may be it',
    null,
    pending('scheduling constraints not satisfied on 3 nodes', {
      constraints: ['node.labels.disk==ssd', 'node.role==worker'],
    }),
  ],
  [
    'a constraint that no label helps',
    null,
    pending('scheduling constraints not satisfied on 3 nodes', { constraints: ['node.hostname==nope'] }),
  ],
  [
    'the port is taken on each node that it may be on',
    'A port in host mode can be had once on each node: run fewer replicas, or add a node.',
    pending('host-mode port already in use on 1 node'),
  ],
  [
    'no node takes tasks',
    'See which nodes are drained, paused or down: docker node ls.',
    pending('1 node not available for new tasks'),
  ],
  [
    'a plugin that no node has',
    'On the nodes that should take it: docker plugin ls shows what is installed and enabled.',
    pending('missing plugin on 3 nodes'),
  ],
  [
    'its node is down',
    'Is host-1 up, and does its engine run? On it: systemctl status docker.',
    { node: buildNode({ status: 'down' }), engine: buildSource({ state: 'unreachable' }) },
  ],
  [
    'its node is cut from the managers alone',
    'The engine of host-1 answers: check the network between it and the managers (TCP port 2377).',
    { node: buildNode({ status: 'down' }), engine: buildSource({ state: 'live' }) },
  ],
  ['paused', 'On host-1: docker unpause container-1.', { container: buildContainer({ state: 'paused' }) }],
])('%s', (_situation, hint, facts) => {
  expect(advise(facts)).toBe(hint);
});
