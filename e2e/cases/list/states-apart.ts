import type { Case } from '#e2e/cases/case.ts';
import { ago, nanos } from '#e2e/cases/made-docker/times.ts';

const exited = {
  State: {
    Status: 'exited',
    Running: false,
    ExitCode: 137,
    FinishedAt: ago('2 h'),
    Health: { Status: 'unhealthy', FailingStreak: 0 },
  },
};

const waiting = (error: string) => ({
  NodeID: null,
  CreatedAt: ago('20 min'),
  Status: {
    State: 'pending',
    Message: 'pending task scheduling',
    Err: error,
    ContainerStatus: null,
    Timestamp: ago('20 min'),
  },
});

/** States that Docker calls well, or that look like trouble and are none. */
export const CASES: Case[] = [
  {
    id: 'dead-and-called-running',
    title: 'a host rebooted fast: Swarm says that it runs, and its container ended two hours ago',
    source: 'https://github.com/moby/moby/issues/30327',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({ name, replicas: 2, container: (slot) => (faulty && slot === 2 ? exited : null) }),
    expect: { code: 503, counts: [1, 2], level: 'problem', never: [/"All 2/] },
  },
  {
    id: 'five-of-one',
    title: 'a paused update has left five healthy containers of the one replica that is wanted',
    source: 'https://github.com/Dokploy/dokploy/pull/3810',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        on: ['docker01'],
        service: faulty && {
          UpdateStatus: {
            State: 'paused',
            StartedAt: ago('30 h'),
            Message: 'update paused due to failure or early termination of task l38gsrsqg2rl',
          },
        },
      });
      if (faulty)
        for (const on of ['docker02', 'docker03', 'docker01', 'docker02']) service.task({ slot: 1, on });
    },
    expect: [
      { code: 503, counts: [1, 1], cause: 'update-paused', level: 'problem' },
      { cause: 'slot-doubled', level: 'problem', says: ['5 tasks'] },
    ],
  },
  {
    id: 'all-drained',
    title: 'every node is drained or paused: a new service waits for one',
    source: 'ours',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      if (faulty)
        for (const { node } of swarm.nodes) Object.assign(node.Spec as object, { Availability: 'drain' });
      swarm.service({
        name,
        on: faulty ? [] : ['docker01'],
        task: faulty && waiting('no suitable node (3 nodes not available for new tasks)'),
        container: faulty ? 'none' : null,
      });
    },
    expect: {
      code: 503,
      verdict: 'pending',
      counts: [0, 1],
      says: ['3 nodes not available for new tasks (drained, paused or down)'],
      never: [/CPU|memory/i],
    },
  },
  {
    id: 'one-a-node-is-enough',
    title: 'four replicas, one a node, three nodes: the fourth waits for another node',
    source: 'https://github.com/moby/moby/issues/26259',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: faulty ? 4 : 3,
        service: { Spec: { TaskTemplate: { Placement: { MaxReplicas: 1 } } } },
        task: (slot) => slot === 4 && waiting('no suitable node (max replicas per node limit exceed)'),
        container: (slot) => (slot === 4 ? 'none' : null),
      }),
    expect: {
      code: 503,
      verdict: 'pending',
      counts: [3, 4],
      cause: 'no-suitable-node',
      says: [/max(?:imum)? replicas per node|replicas per node/],
      never: [/CPU|memory/i],
    },
  },
  {
    id: 'patient-shutdown',
    title: 'told to stop 20 minutes ago, and it has an hour for it: nothing is wrong',
    source: 'ours',
    lay({ swarm, name }) {
      const service = swarm.service({
        name,
        replicas: 2,
        service: { Spec: { TaskTemplate: { ContainerSpec: { StopGracePeriod: nanos('60 min') } } } },
      });
      service.task({
        slot: 1,
        on: 'docker03',
        task: { DesiredState: 'shutdown', CreatedAt: ago('9 h'), UpdatedAt: ago('20 min') },
      });
    },
    expect: { code: 200, counts: [2, 2], isWell: true },
    control: null,
  },
  {
    id: 'continued-and-failing',
    title: 'an update that goes on whatever fails is complete, and its replicas end again and again',
    source: 'https://github.com/moby/moby/issues/24943',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 2,
        service: {
          Spec: { UpdateConfig: { Parallelism: 1, FailureAction: 'continue' } },
          UpdateStatus: {
            State: 'completed',
            StartedAt: ago('30 min'),
            CompletedAt: ago('20 min'),
            Message: 'update completed',
          },
        },
        task: (slot) =>
          faulty &&
          slot === 2 && {
            DesiredState: 'ready',
            CreatedAt: ago('2 s'),
            Status: { State: 'ready', Message: 'prepared', Timestamp: ago('1 s'), ContainerStatus: null },
          },
        container: (slot) => (faulty && slot === 2 ? 'none' : null),
      });
      if (!faulty) return;
      for (const age of ['3 s', '30 s', '60 s', '90 s'])
        service.task({
          slot: 2,
          on: 'docker02',
          container: 'none',
          task: {
            DesiredState: 'shutdown',
            CreatedAt: ago(age),
            Status: {
              State: 'failed',
              Message: 'started',
              Err: 'task: non-zero exit (1)',
              Timestamp: ago(age),
              ContainerStatus: { ContainerID: 'f'.repeat(64), ExitCode: 1 },
            },
          },
        });
    },
    expect: { code: 503, counts: [1, 2], level: 'problem', says: ['exit 1'] },
  },
  {
    id: 'plugin-as-a-service',
    title: 'a service that installs a plugin on each node has no containers, and is well',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        mode: 'global',
        service: faulty && {
          Spec: {
            TaskTemplate: {
              ContainerSpec: undefined,
              PluginSpec: { Name: 'sshfs', Remote: 'vieux/sshfs' },
              Runtime: 'plugin',
            },
          },
        },
        task: faulty && {
          Spec: {
            ContainerSpec: undefined,
            PluginSpec: { Name: 'sshfs', Remote: 'vieux/sshfs' },
            Runtime: 'plugin',
          },
          Status: { ContainerStatus: undefined },
        },
        container: faulty ? 'none' : null,
      }),
    expect: { code: 200, status: 'running', isWell: true, never: [/has no container of it/] },
  },
  {
    id: 'killed-by-somebody',
    title: 'exit 137 without a word about memory: somebody killed it, or the host did',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, task: faulty && { CreatedAt: ago('1 min') } });
      if (!faulty) return;
      service.task({
        slot: 1,
        on: 'docker02',
        container: { State: { ...exited.State, ExitCode: 137, OOMKilled: false, Health: undefined } },
        task: {
          DesiredState: 'shutdown',
          CreatedAt: ago('1 h'),
          Status: {
            State: 'failed',
            Message: 'started',
            Err: 'task: non-zero exit (137)',
            Timestamp: ago('1 min'),
          },
        },
      });
    },
    expect: { counts: [1, 1], never: [/out of memory/i] },
  },
  {
    id: 'no-health-by-name',
    title: 'an engine of 29 says of a container without a check that its health is none',
    source: 'docker-facts',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        check: null,
        container: faulty && { State: { Health: { Status: 'none', FailingStreak: 0, Log: null } } },
      }),
    expect: { code: 200, verdict: 'running', status: 'running', isWell: true },
  },
  {
    id: 'being-removed',
    title: 'containers of earlier tasks that are dead or being removed: nothing is wrong',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, replicas: 2 });
      if (!faulty) return;
      for (const Status of ['dead', 'removing'])
        service.task({
          slot: 1,
          on: 'docker01',
          container: { State: { ...exited.State, Status, Dead: Status === 'dead' } },
          task: {
            DesiredState: 'shutdown',
            CreatedAt: ago('9 h'),
            Status: { State: 'shutdown', Message: 'shutdown' },
          },
        });
    },
    expect: { code: 200, counts: [2, 2], isWell: true },
  },
  {
    id: 'paused-node-keeps',
    title: 'a node is paused: what runs there goes on, and is well',
    source: 'ours',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      if (faulty) Object.assign(swarm.node('docker02').node.Spec as object, { Availability: 'pause' });
      swarm.service({ name, replicas: 3 });
      swarm.service({ name: `${name}-each`, mode: 'global' });
    },
    expect: [
      { code: 200, counts: [3, 3], isWell: true },
      { service: 'paused-node-keeps-each', code: 200, counts: [3, 3], isWell: true },
    ],
    control: { code: 200, isWell: true },
  },
  {
    id: 'never-again',
    title: 'restart condition none: it failed once, and nothing will start it',
    source: 'https://github.com/moby/moby/issues/34585',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        service: { Spec: { TaskTemplate: { RestartPolicy: { Condition: 'none' } } } },
        task: faulty && {
          DesiredState: 'shutdown',
          Status: {
            State: 'failed',
            Message: 'started',
            Err: 'task: non-zero exit (1)',
            ContainerStatus: { ContainerID: 'e'.repeat(64), ExitCode: 1 },
          },
        },
        container: faulty ? 'none' : null,
      }),
    expect: {
      code: 503,
      verdict: 'down',
      counts: [0, 1],
      level: 'problem',
      never: [/starts a new one after/],
    },
  },
];
