import type { Case, Expected } from '#e2e/cases/case.ts';
import type { Json } from '#e2e/cases/made-docker/patch.ts';
import { ago } from '#e2e/cases/made-docker/times.ts';
import { toCase } from '#e2e/cases/texts-as-cases.ts';

const pending = (error: string | undefined, since = '3 h') => ({
  NodeID: null,
  CreatedAt: ago(since),
  Status: {
    State: 'pending',
    Message: 'pending task scheduling',
    Err: error,
    ContainerStatus: null,
    Timestamp: ago(since),
  },
});

/** A task that no node takes, in the scheduler's words. */
function unplaced(
  id: string,
  title: string,
  source: string,
  error: string,
  expect: Pick<Expected, 'says' | 'never'>,
  service: Json = {},
): Case {
  return toCase(
    id,
    title,
    source,
    { service, task: pending(error), container: 'none' },
    { code: 503, counts: [0, 1], status: 'pending', cause: 'no-suitable-node', ...expect },
  );
}

/** What no node takes, what the scheduler forgets, and an update that waits for a node. */
export const CASES: Case[] = [
  unplaced(
    'cluster-volume',
    'a cluster volume that no node can mount',
    'https://github.com/moby/swarmkit/issues/3207',
    'no suitable node (cannot fulfill requested CSI volume mounts on 1 node)',
    { says: ['volumes cannot be mounted on 1 node'], never: [/CPU|memory/i] },
  ),
  unplaced(
    'wrong-platform',
    'an image for another processor',
    'https://github.com/garutilorenzo/docker-swarm-ingress/issues/13',
    'no suitable node (unsupported platform on 1 node)',
    { says: ['the image does not run on the platform of 1 node'], never: [/CPU|memory/i] },
  ),
  unplaced(
    'fourteen-nodes',
    'fourteen nodes are not meant, and on the one that is the port is taken',
    'https://github.com/docker/cli/issues/6604',
    'no suitable node (scheduling constraints not satisfied on 14 nodes; host-mode port already in use on 1 node)',
    {
      says: ['constraint node.hostname==node-de1 not met on 14 nodes', 'host port already in use on 1 node'],
    },
    { Spec: { TaskTemplate: { Placement: { Constraints: ['node.hostname==node-de1'] } } } },
  ),
  {
    id: 'pending-of-preferences',
    title: 'after scaling with placement preferences the scheduler places nothing, and says nothing',
    source: 'https://github.com/moby/moby/pull/50203',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 3,
        service: {
          Spec: {
            TaskTemplate: {
              Placement: { Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.zone' } }] },
            },
          },
        },
        task: (slot) => faulty && slot > 1 && pending(undefined, '40 min'),
        container: (slot) => (faulty && slot > 1 ? 'none' : null),
      }),
    expect: { code: 503, counts: [1, 3], level: 'problem', says: [/4\d min/], never: [/insufficient/] },
  },
  {
    id: 'port-of-its-own',
    title: 'start-first with a host port: the new task waits for the port that the old one holds',
    source: 'https://github.com/Dokploy/dokploy/issues/2150',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        on: ['docker02'],
        service: {
          Spec: { UpdateConfig: { Parallelism: 1, Order: 'start-first', FailureAction: 'rollback' } },
          ...(faulty
            ? { UpdateStatus: { State: 'updating', StartedAt: ago('39 min'), Message: 'update in progress' } }
            : {}),
        },
        task: faulty && { Spec: { ContainerSpec: { Image: 'app:0' }, ForceUpdate: 0, Runtime: 'container' } },
      });
      if (faulty)
        service.task({
          slot: 1,
          on: null,
          task: pending('no suitable node (host-mode port already in use on 1 node)', '39 min'),
        });
    },
    expect: {
      code: 503,
      status: 'healthy',
      counts: [1, 1],
      cause: 'update-stuck',
      level: 'problem',
      says: [
        '1 of 1 replica still runs the old version',
        'host-mode port already in use',
        '--update-order stop-first',
      ],
      has: { 'update.outcome': 'stuck' },
    },
  },
];
