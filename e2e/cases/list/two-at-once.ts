import type { Case } from '#e2e/cases/case.ts';
import {
  addContainer,
  addLabel,
  type MadeSwarm,
  toHash,
  toManager,
} from '#e2e/cases/made-docker/create-made-swarm.ts';
import type { Json } from '#e2e/cases/made-docker/patch.ts';
import { ago, nanos, probe } from '#e2e/cases/made-docker/times.ts';

const OLD_SPEC = { Spec: { ContainerSpec: { Image: 'app:0' }, ForceUpdate: 0, Runtime: 'container' } };

const streak = (count: number) => ({
  State: {
    Health: {
      FailingStreak: count,
      Log: Array.from({ length: count }, (_, index) =>
        probe(`${9 + 30 * (count - 1 - index)} s`, 1, 'db gone\n'),
      ),
    },
  },
});

const refusedTask = (error: string, since: string) => ({
  DesiredState: 'shutdown',
  CreatedAt: ago(since),
  Status: {
    State: 'rejected',
    Message: 'preparing',
    Err: error,
    Timestamp: ago(since),
    ContainerStatus: null,
  },
});

const endedTask = (since: string, exitCode = 1, over: Json = {}) => ({
  DesiredState: 'shutdown',
  CreatedAt: ago(since),
  Status: {
    State: 'failed',
    Message: 'started',
    Err: `task: non-zero exit (${exitCode})`,
    Timestamp: ago(since),
    ContainerStatus: { ExitCode: exitCode },
  },
  ...over,
});

/** No other manager reaches them, and this server neither. */
function loseManagers(swarm: MadeSwarm, hostnames: string[]): void {
  for (const hostname of hostnames) {
    const made = swarm.node(hostname);
    const { Addr } = made.node.ManagerStatus as Json;
    made.node = {
      ...made.node,
      Status: { State: 'down', Message: 'heartbeat failure', Addr: '10.9.0.9' },
      ManagerStatus: { Reachability: 'unreachable', Addr },
    };
    for (const path of ['/_ping', '/version', '/info', '/containers/json']) made.replies.set(path, 'hang');
  }
}

/** Two things that are wrong at once, or one in the middle of another. */
export const CASES: Case[] = [
  {
    id: 'down-and-failing-elsewhere',
    title: 'a node is down, and on another one a probe fails: each has its own reason',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const host = swarm.addNode(`${name}-host`);
      if (faulty) {
        host.node = {
          ...host.node,
          Status: { State: 'down', Message: 'heartbeat failure', Addr: '10.9.0.77' },
        };
        host.isServed = false;
      }
      swarm.service({
        name,
        replicas: 2,
        on: [host.hostname, 'docker02'],
        container: (slot) => (faulty && slot === 2 ? streak(2) : {}),
      });
    },
    expect: [
      { replica: '1', status: 'lost', cause: 'node-down' },
      { replica: '2', status: 'failing', cause: 'probe-failing', because: null, says: ['db gone'] },
      { code: 503, verdict: 'degraded', counts: [1, 2] },
    ],
  },
  {
    id: 'rolled-back-for-the-disk',
    title: 'a deploy found the disk full and was rolled back: what runs is well, and why it failed is told',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 2,
        on: ['docker02', 'docker03'],
        service: faulty
          ? {
              UpdateStatus: {
                State: 'rollback_completed',
                StartedAt: ago('6 min'),
                CompletedAt: ago('5 min'),
                Message: 'rollback completed',
              },
            }
          : {},
      });
      if (faulty)
        service.task({
          slot: 1,
          on: 'docker02',
          container: 'none',
          task: {
            ...refusedTask('failed to register layer: write /usr/lib/x.so: no space left on device', '6 min'),
            Spec: { ContainerSpec: { Image: 'app:2' }, ForceUpdate: 0, Runtime: 'container' },
          },
        });
    },
    expect: {
      code: 200,
      counts: [2, 2],
      isWell: true,
      cause: 'update-rolled-back',
      level: 'notice',
      has: { 'update.outcome': 'rolled-back' },
    },
  },
  {
    id: 'no-quorum-and-updating',
    title: 'the managers lost their quorum in the middle of an update that moves no more',
    source: 'ours',
    ownSwarm: { managers: 3 },
    lay({ swarm, name, faulty }) {
      swarm.service({
        name,
        replicas: 4,
        on: ['docker01'],
        service: faulty
          ? { UpdateStatus: { State: 'updating', StartedAt: ago('2 d'), Message: 'update in progress' } }
          : {},
        task: (slot) => faulty && slot > 2 && OLD_SPEC,
      });
      if (faulty) swarm.later(() => loseManagers(swarm, ['docker02', 'docker03']));
    },
    expect: [
      { swarm: true, cause: 'no-quorum', level: 'problem', has: { 'quorum.state': 'lost' } },
      { code: 503, counts: [4, 4], cause: 'update-stuck', says: ['2 of 4'] },
    ],
  },
  {
    id: 'paused-and-the-old-fail',
    title: 'an update is paused since the new version failed, and now the old one fails its probes',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 3,
        service: faulty
          ? {
              UpdateStatus: {
                State: 'paused',
                StartedAt: ago('20 min'),
                Message: 'update paused due to failure or early termination of task 0f1e',
              },
            }
          : {},
        task: (slot) => faulty && slot > 1 && OLD_SPEC,
        container: (slot) => (faulty && slot > 1 ? streak(2) : {}),
      });
      if (faulty) service.task({ slot: 1, on: 'docker01', container: 'none', task: endedTask('20 min') });
    },
    expect: [
      { code: 503, counts: [3, 3], cause: 'update-paused', level: 'problem' },
      { replica: '2', status: 'failing', cause: 'probe-failing', says: ['db gone'] },
    ],
  },
  {
    id: 'off-while-failing',
    title:
      'a service that fails is scaled to 0, and its container is just being stopped: it is off, and no alarm',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        service: {
          Spec: {
            ...(faulty ? { Mode: { Replicated: { Replicas: 0 } } } : {}),
            TaskTemplate: { ContainerSpec: { StopGracePeriod: nanos('10 min') } },
          },
        },
        task: faulty && { DesiredState: 'remove', UpdatedAt: ago('4 s') },
        container: faulty ? streak(2) : {},
      }),
    expect: { code: 200, verdict: 'updating', counts: [0, 0], isWell: true },
  },
  {
    id: 'removed-and-hangs',
    title: 'a service was removed, and its task is listed on, since its container cannot be stopped',
    source: 'https://github.com/moby/moby/issues/35107',
    lay({ swarm, name, faulty }) {
      const host = swarm.addNode(`${name}-host`);
      const service = swarm.service({
        name,
        on: [host.hostname],
        task: faulty && { DesiredState: 'remove', UpdatedAt: ago('3 h') },
      });
      if (faulty)
        swarm.services.splice(swarm.services.indexOf(service), 1, {
          ...service,
          service: { ID: 'none' },
        } as never);
    },
    expect: {
      node: 'removed-and-hangs-host',
      level: 'problem',
      cause: 'containers-forgotten',
      says: ['docker rm -f'],
    },
    control: WELL_NODE('removed-and-hangs-well-host'),
  },
  {
    id: 'job-half-failed',
    title: 'one of two tasks of a job failed, and it is not to be tried again',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      swarm.service({
        name,
        replicas: 2,
        check: null,
        service: {
          Spec: {
            TaskTemplate: { RestartPolicy: { Condition: 'none' } },
            Mode: { Replicated: undefined, ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 2 } },
          },
          JobStatus: { JobIteration: { Index: 5 }, LastExecution: ago('1 h') },
        },
        task: (slot) => ({
          JobIteration: { Index: 5 },
          DesiredState: 'complete',
          ...(faulty && slot === 2
            ? endedTask('50 min', 4, { DesiredState: 'shutdown' })
            : { Status: { State: 'complete', Message: 'finished', Timestamp: ago('50 min') } }),
        }),
        container: 'none',
      });
    },
    expect: { code: 503, says: ['exit 4'] },
    control: { code: 200, isWell: true },
  },
  {
    id: 'start-first-and-it-fails',
    title: 'start-first: the old one serves while the new one ends again and again, and Swarm goes on',
    source: 'https://github.com/Dokploy/dokploy/issues/5496',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        service: {
          Spec: { UpdateConfig: { Parallelism: 1, Order: 'start-first', FailureAction: 'continue' } },
          ...(faulty
            ? { UpdateStatus: { State: 'updating', StartedAt: ago('4 min'), Message: 'update in progress' } }
            : {}),
        },
        task: faulty && OLD_SPEC,
      });
      if (!faulty) return;
      for (const age of ['220 s', '150 s', '80 s'])
        service.task({ slot: 1, on: 'docker02', container: 'none', task: endedTask(age) });
      service.task({
        slot: 1,
        on: 'docker02',
        container: 'none',
        task: {
          CreatedAt: ago('3 s'),
          DesiredState: 'ready',
          Status: { State: 'ready', Message: 'prepared', Timestamp: ago('2 s'), ContainerStatus: undefined },
        },
      });
    },
    expect: {
      code: 503,
      counts: [1, 1],
      cause: 'update-stuck',
      level: 'problem',
      says: ['New tasks of replica 1 fail again and again', 'non-zero exit (1)'],
    },
  },
  {
    id: 'orphan-holds-the-port',
    title: 'a container that Swarm forgot holds the port that its successor needs',
    source: 'https://github.com/moby/moby/issues/35107',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        on: ['docker02'],
        task: faulty && {
          DesiredState: 'shutdown',
          Status: {
            State: 'rejected',
            Message: 'starting',
            Timestamp: ago('2 min'),
            Err: 'starting container failed: driver failed programming external connectivity on endpoint x: Bind for 0.0.0.0:7009 failed: port is already allocated',
            ContainerStatus: null,
          },
        },
        container: faulty ? 'none' : {},
      });
      if (faulty)
        addContainer(swarm.node('docker02'), {
          id: toHash(`orphan ${name}`),
          check: null,
          over: {},
          labels: {
            'com.docker.swarm.node.id': swarm.node('docker02').id,
            'com.docker.swarm.service.id': service.id,
            'com.docker.swarm.service.name': name,
            'com.docker.swarm.task': '',
            'com.docker.swarm.task.id': 'gone000000000000000000000',
            'com.docker.swarm.task.name': `${name}.1.gone000000000000000000000`,
          },
        });
    },
    expect: [
      { code: 503, counts: [0, 1], cause: 'port-in-use', says: ['Host port 7009'] },
      { cause: 'container-forgotten', level: 'problem', says: ['docker rm -f'] },
    ],
  },
  {
    id: 'staged-for-ever',
    title: 'a cluster volume is being staged on each node for 20 minutes: a global service is being prepared',
    source: 'https://github.com/olljanat/csi-plugins-for-docker-swarm/issues/19',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        mode: 'global',
        on: ['docker02', 'docker03'],
        task: faulty
          ? {
              CreatedAt: ago('20 min'),
              Status: {
                State: 'preparing',
                Message: 'preparing',
                Timestamp: ago('20 min'),
                ContainerStatus: undefined,
              },
            }
          : {},
        container: faulty ? 'none' : {},
      }),
    expect: { code: 503, counts: [0, 2], cause: 'preparing-stuck', level: 'problem' },
  },
  {
    id: 'demoted-in-name',
    title: 'a manager is to be a worker and is one of the three still: it counts',
    source: 'https://github.com/moby/moby/issues/34835',
    ownSwarm: { managers: 3 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker01'] });
      if (!faulty) return;
      const third = swarm.node('docker03');
      third.node = { ...third.node, Spec: { ...(third.node.Spec as Json), Role: 'worker' } };
      const second = swarm.node('docker02');
      second.node = {
        ...second.node,
        Status: { State: 'down', Message: 'heartbeat failure', Addr: '10.9.0.2' },
        ManagerStatus: { Reachability: 'unreachable', Addr: '10.9.0.2:2377' },
      };
      second.isServed = false;
    },
    expect: { swarm: true, cause: 'quorum-edge', says: ['2 of 3 managers'] },
    control: { swarm: true, isWell: true },
  },
  {
    id: 'two-of-four',
    title: 'two of four managers are gone: that is no quorum, though half is there',
    source: 'https://github.com/moby/moby/issues/31758',
    ownSwarm: { managers: 3 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker01'] });
      swarm.addNode('docker04', { node: toManager(4) });
      if (faulty) swarm.later(() => loseManagers(swarm, ['docker03', 'docker04']));
    },
    expect: [
      { swarm: true, cause: 'no-quorum', level: 'problem', has: { 'quorum.state': 'lost' } },
      { code: 503, counts: [1, 1] },
    ],
    control: { swarm: true, isWell: true },
  },
  {
    id: 'drained-in-the-middle',
    title: 'a node is drained while its global replica fails: one less is wanted, and the other is well',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const host = swarm.addNode(`${name}-host`);
      if (faulty) host.node = { ...host.node, Spec: { ...(host.node.Spec as Json), Availability: 'drain' } };
      const service = swarm.service({ name, mode: 'global', on: ['docker02'] });
      addLabel(host, `runs-${name}`);
      service.task({
        slot: null,
        on: host.hostname,
        task: faulty ? { ...endedTask('2 min', 137), DesiredState: 'shutdown' } : {},
        container: faulty ? 'none' : {},
      });
    },
    expect: { code: 200, counts: [1, 1], isWell: true },
  },
  {
    id: 'one-a-node-and-one-down',
    title:
      'one a node at most, three wanted, and one of three nodes is down: the third waits, and why is both',
    source: 'https://github.com/docker/compose/issues/8252',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 2,
        on: ['docker02', 'docker03'],
        service: {
          Spec: {
            Mode: { Replicated: { Replicas: faulty ? 3 : 2 } },
            TaskTemplate: { Placement: { MaxReplicas: 1 } },
          },
        },
      });
      if (faulty)
        service.task({
          slot: 3,
          on: null,
          container: 'none',
          task: {
            CreatedAt: ago('3 min'),
            Status: {
              State: 'pending',
              Message: 'pending task scheduling',
              Err: 'no suitable node (1 node not available for new tasks; max replicas per node limit exceed)',
              Timestamp: ago('3 min'),
              ContainerStatus: undefined,
            },
          },
        });
    },
    expect: {
      code: 503,
      counts: [2, 3],
      cause: 'no-suitable-node',
      says: [/1 node not available/, /replicas per node/i],
    },
  },
];

function WELL_NODE(node: string) {
  return { node, isWell: true } as const;
}
