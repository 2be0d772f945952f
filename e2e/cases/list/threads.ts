import type { Case, Lay } from '#e2e/cases/case.ts';
import { ago } from '#e2e/cases/made-docker/times.ts';
import { refused } from '#e2e/cases/texts-as-cases.ts';

const NOT_THE_COMMAND = /its command|The command/i;

/** Public threads of 2023 to 2026, and open ones of before that people still meet. */
export const CASES: Case[] = [
  {
    id: 'one-shot-failed',
    title: 'a one-shot service of a stack failed and is not tried again; one that is done is well at 0 of 1',
    source: 'https://github.com/Eldara-Tech/swarmcli/pull/494',
    lay: (lay) => layOneShot(lay, 'none'),
    expect: { code: 503, status: 'failed', says: ['exit 3'] },
    control: { code: 200, isWell: true, status: 'complete' },
  },
  {
    id: 'one-shot-tried-again',
    title: 'the same, tried again while it fails',
    source: 'https://github.com/Eldara-Tech/swarmcli/pull/494',
    lay: (lay) => layOneShot(lay, 'on-failure'),
    expect: { code: 503, says: ['exit 3'] },
    control: { code: 200, isWell: true, status: 'complete' },
  },
  {
    id: 'cron-between-runs',
    title: 'a service that a scheduler scales to 0 between its runs',
    source: 'https://github.com/crazy-max/swarm-cronjob/issues/426',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 0,
        service: { Spec: { TaskTemplate: { RestartPolicy: { Condition: 'none' } } } },
      });
      for (const age of faulty ? ['3 h', '2 h', '1 h'] : [])
        service.task({
          slot: 1,
          on: 'docker02',
          container: 'none',
          task: {
            CreatedAt: ago(age),
            DesiredState: 'remove',
            Status: { State: 'complete', Message: 'finished', Timestamp: ago(age) },
          },
        });
    },
    expect: { code: 200, verdict: 'idle', counts: [0, 0], isWell: true },
    control: { code: 200, verdict: 'idle', isWell: true },
  },
  {
    id: 'raft-log-broken',
    title: 'a manager lost power, and its Raft log cannot be read',
    source: 'https://github.com/moby/swarmkit/issues/2959',
    ownSwarm: { managers: 3 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker01'] });
      if (!faulty) return;
      const broken = swarm.node('docker03');
      Object.assign(broken.node, {
        Status: { State: 'down', Message: 'heartbeat failure', Addr: '10.9.0.3' },
        UpdatedAt: ago('5 min'),
        ManagerStatus: { Reachability: 'unreachable', Addr: '10.9.0.3:2377' },
      });
      broken.info = {
        ...broken.info,
        Swarm: {
          NodeID: '',
          NodeAddr: '10.9.0.3',
          LocalNodeState: 'error',
          ControlAvailable: false,
          Error: "manager stopped: can't initialize raft node: WAL error cannot be repaired: unexpected EOF",
        },
      };
    },
    expect: [
      { swarm: true, cause: 'quorum-edge', level: 'problem' },
      { node: 'docker03', cause: 'node-down', level: 'problem', never: ['docker swarm init'] },
      { swarm: true, says: ['WAL error cannot be repaired'] },
      { code: 200, status: 'healthy' },
    ],
    control: [
      { swarm: true, has: { 'quorum.state': 'safe' } },
      { code: 200, isWell: true },
    ],
  },
  {
    id: 'max-replicas-and-paused',
    title: 'the nodes left are full by the service’s own limit, and one is paused',
    source: 'https://github.com/docker-archive/classicswarm/issues/2979',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 3,
        service: { Spec: { TaskTemplate: { Placement: { MaxReplicas: 1 } } } },
        task: (slot) =>
          faulty &&
          slot === 3 && {
            NodeID: undefined,
            Status: {
              State: 'pending',
              Message: 'pending task scheduling',
              Err: 'no suitable node (1 node not available for new tasks; max replicas per node limit exceed)',
              Timestamp: ago('2 min'),
              ContainerStatus: null,
            },
          },
        container: (slot) => (faulty && slot === 3 ? 'none' : {}),
      }),
    expect: {
      code: 503,
      counts: [2, 3],
      cause: 'no-suitable-node',
      says: ['1 node not available', 'max replicas per node'],
    },
  },
  {
    id: 'pending-told-to-stop',
    title: 'a task that never found a node was told to stop days ago, and is listed on',
    source: 'https://github.com/moby/moby/issues/36699',
    lay: (lay) => layPending(lay, 'shutdown', 1),
    expect: { code: 200, verdict: 'healthy', counts: [1, 1], isWell: true },
  },
  {
    id: 'pending-of-what-is-off',
    title: 'the same of a service that was scaled to 0',
    source: 'https://github.com/moby/moby/issues/36527',
    lay: (lay) => layPending(lay, 'remove', 0),
    expect: { code: 200, verdict: 'idle', counts: [0, 0], isWell: true },
  },
  refused(
    'network-of-id-not-found',
    'a node knows no network of the id that its tasks have, and all others do',
    'https://github.com/moby/moby/issues/36966',
    'network 63mnint3pmusidlnpvfphsmvk not found',
    { cause: 'network-failed', says: ['63mnint3pmusidlnpvfphsmvk', 'docker02'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'store-key-modified',
    'two tasks take a network of a node at the same time',
    'https://github.com/moby/moby/issues/35466',
    'Unable to complete atomic operation, key modified',
    { cause: 'network-failed', says: ['docker02', 'key modified'], never: [NOT_THE_COMMAND] },
  ),
  refused(
    'volume-by-a-path',
    'a volume is named by a path',
    'https://github.com/moby/moby/issues/25912',
    'invalid volume mount source, must not be an absolute path: /srv/data',
    { cause: 'mount-missing', says: ['/srv/data'], never: [NOT_THE_COMMAND] },
  ),
  {
    id: 'ports-not-published',
    title: 'a service publishes a port by its spec, and Swarm gave it none',
    source: 'https://github.com/moby/moby/issues/35380',
    lay({ swarm, name, faulty }) {
      const ports = [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 7777, PublishMode: 'ingress' }];
      swarm.service({
        name,
        service: {
          Spec: { EndpointSpec: { Mode: 'vip', Ports: ports } },
          Endpoint: {
            Spec: { Mode: 'vip', Ports: ports },
            ...(faulty ? {} : { Ports: ports, VirtualIPs: [{ NetworkID: 'ingress', Addr: '10.0.0.9/24' }] }),
          },
        },
      });
    },
    expect: {
      code: 503,
      counts: [1, 1],
      cause: 'ports-ungiven',
      level: 'problem',
      says: ['Swarm has not published port 7777'],
    },
  },
];

function layOneShot({ swarm, name, faulty }: Lay, condition: string): void {
  const failed = { State: 'failed', Message: 'started', Err: 'task: non-zero exit (3)' };
  const done = { State: 'complete', Message: 'finished' };
  swarm.service({
    name,
    on: ['docker02'],
    service: { Spec: { TaskTemplate: { RestartPolicy: { Condition: condition, MaxAttempts: 1 } } } },
    task: {
      DesiredState: 'shutdown',
      Status: {
        ...(faulty ? failed : done),
        Timestamp: ago('1 h'),
        ContainerStatus: { ContainerID: 'c0ffee', PID: 0, ExitCode: faulty ? 3 : 0 },
      },
    },
    container: 'none',
  });
}

/** Beside one that runs, where one is wanted. */
function layPending({ swarm, name, faulty }: Lay, desired: string, replicas: number): void {
  const service = swarm.service({ name, replicas });
  if (!faulty) return;
  service.task({
    slot: 1,
    container: 'none',
    task: {
      CreatedAt: ago('5 d'),
      UpdatedAt: ago('4 d'),
      DesiredState: desired,
      Status: {
        State: 'pending',
        Message: 'pending task scheduling',
        Err: 'no suitable node (insufficient resources on 3 nodes)',
        Timestamp: ago('5 d'),
      },
    },
  });
}
