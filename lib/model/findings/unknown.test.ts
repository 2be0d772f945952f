import { expect, test } from 'vitest';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { buildUnhealthy, diagnose, type ReplicaCase } from '#lib/testing/replica-situations.ts';

const NOT_READ =
  'deploy the agents (docker stack deploy -c stack.yml vitals), or set VITALS_ENGINES, for example to tcp://{addr}:2375';

test.each<ReplicaCase>([
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
    'No node can take it: insufficient resources on 6 nodes, constraints not met on 1 node.',
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
    'No node can take it: insufficient resources on 1 node.',
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
    'Lost with its node: host-1 is down; it comes back if the node does.',
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
    `Health not known: nothing that answers leads to the engine of host-1; ${NOT_READ}.`,
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
    'its agent is not up yet',
    'engine-unread',
    true,
    'Health not known yet: connecting to the engine of host-1: the agent on host-1 is starting (ready).',
    { engine: buildSource({ state: 'connecting', error: 'The agent on host-1 is starting (ready).' }) },
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
    'Health not known yet: the engine of host-1 has not reported its container.',
    {},
  ],
  [
    'unpaused',
    'health-unread',
    false,
    'Health not known: Docker calls it unhealthy since it was paused, until its next probe ends.',
    { container: buildUnhealthy({ statusSinceMs: null, failingStreak: 0 }) },
  ],
  [
    'no health despite a check',
    'health-unread',
    false,
    'Health not known: it has a health check, but its engine reports neither healthy nor unhealthy.',
    { container: buildCheckedContainer({}, { health: null }) },
  ],
  [
    'unknown task state',
    'state-unknown',
    false,
    'The manager reports a state that this version does not know.',
    { task: buildTask({ state: 'unknown' }) },
  ],
])('%s', (_situation, cause, expected, sentence, facts) => {
  expect(diagnose(facts)).toMatchObject({ cause, expected, sentence });
});
