import type { Case, Lay } from '#e2e/cases/case.ts';
import { type Json, patch } from '#e2e/cases/made-docker/patch.ts';
import { ago, nanos, probe } from '#e2e/cases/made-docker/times.ts';

const failed = (age: string, err: string, exitCode = 1): Json => ({
  DesiredState: 'shutdown',
  Status: {
    State: 'failed',
    Message: 'started',
    Timestamp: ago(age),
    Err: err,
    ContainerStatus: { ContainerID: 'c0ffee', PID: 0, ExitCode: exitCode },
  },
});

const downNode = (age: string): Json => ({
  Status: { State: 'down', Message: 'heartbeat failure' },
  UpdatedAt: ago(age),
});

function job({ swarm, name }: Lay, mode: Json, iteration = 1) {
  return swarm.service({
    name,
    replicas: 0,
    service: {
      JobStatus: { JobIteration: { Index: iteration }, LastExecution: ago('1 h') },
      Spec: {
        Mode: { Replicated: undefined, ...mode },
        TaskTemplate: { RestartPolicy: { Condition: 'on-failure', MaxAttempts: 2 } },
      },
    },
  });
}

/** Written before their rules were looked at: what changes, two at once, jobs and membership. */
export const CASES: Case[] = [
  {
    id: 'job-out-of-attempts',
    title: 'a job of two: one is done, the other failed three times and may not be tried again',
    source: 'https://github.com/kimdre/doco-cd/pull/1825',
    lay(lay) {
      const service = job(lay, { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 2 } });
      const done = {
        JobIteration: { Index: 1 },
        DesiredState: 'complete',
        Status: {
          State: 'complete',
          Message: 'finished',
          Timestamp: ago('50 min'),
          ContainerStatus: { ExitCode: 0 },
        },
      };
      service.task({ slot: 0, on: 'docker02', container: 'none', task: done });
      if (lay.faulty)
        for (const age of ['50 min', '45 min', '40 min'])
          service.task({
            slot: 1,
            on: 'docker03',
            container: 'none',
            task: {
              JobIteration: { Index: 1 },
              CreatedAt: ago(age),
              ...failed(age, 'task: non-zero exit (4)', 4),
            },
          });
      else service.task({ slot: 1, on: 'docker03', container: 'none', task: done });
    },
    expect: { code: 503, says: ['exit 4', 'Swarm gave up'] },
    control: { code: 200, verdict: 'idle', isWell: true },
  },
  {
    id: 'global-job-on-a-lost-node',
    title: 'a job on every node, and one node went down before its task ended',
    source: 'https://github.com/moby/moby/issues/39447',
    lay(lay) {
      const { swarm, name, faulty } = lay;
      swarm.addNode(`${name}1`, { node: faulty && downNode('10 min') });
      swarm.node(`${name}1`).isServed = !faulty;
      const service = job(lay, { GlobalJob: {} });
      service.service = patch(service.service, {
        Spec: { TaskTemplate: { Placement: { Constraints: [`node.hostname==${name}1`] } } },
      });
      service.task({
        slot: null,
        on: `${name}1`,
        container: 'none',
        task: {
          JobIteration: { Index: 1 },
          DesiredState: 'complete',
          Status: faulty
            ? { State: 'running', Message: 'started', Timestamp: ago('50 min') }
            : { State: 'complete', Message: 'finished', Timestamp: ago('50 min') },
        },
      });
    },
    expect: { code: 503, says: ['global-job-on-a-lost-node1'], never: [/Finished: 1 of 1/] },
    control: { code: 200, verdict: 'idle' },
  },
  {
    id: 'goes-down-while-watched',
    title: 'its node goes down and it starts elsewhere: once the new one is healthy the service is well',
    source: 'https://github.com/moby/moby/issues/45922',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, on: ['docker03'] });
      if (!faulty) return;
      swarm.later(() => {
        const gone = swarm.node('docker03');
        gone.node = patch(gone.node, downNode('0 s'));
        for (const path of ['/_ping', '/info', '/containers/json', '/version', '/events'])
          gone.replies.set(path, 'hang');
        const old = service.tasks[0];
        if (old) old.task = patch(old.task, { DesiredState: 'shutdown' });
        service.task({ slot: 1, on: 'docker02', task: { CreatedAt: ago('0 s') } });
        swarm.node('docker01').emit({
          Type: 'node',
          Action: 'update',
          scope: 'swarm',
          Actor: { ID: gone.id, Attributes: { name: 'docker03', 'state.old': 'ready', 'state.new': 'down' } },
        });
      });
    },
    expect: [
      { code: 200, counts: [1, 1], verdict: 'healthy' },
      { node: 'docker03', cause: 'node-down', level: 'problem' },
    ],
    control: { code: 200, isWell: true },
  },
  {
    id: 'label-taken-mid-life',
    title:
      'a label that a global service asks for was taken from a node: one replica less, and nothing is wrong',
    source: 'https://github.com/moby/moby/issues/52652',
    lay({ swarm, name, faulty }) {
      const hosts = [`${name}1`, `${name}2`];
      for (const host of hosts) swarm.addNode(host);
      const service = swarm.service({ name, mode: 'global', on: hosts });
      if (!faulty) return;
      const node = swarm.node(`${name}2`);
      node.node = patch(node.node, { Spec: { Labels: { [`runs-${name}`]: undefined } } });
      const task = service.tasks[1];
      if (!task) return;
      task.task = patch(task.task, {
        DesiredState: 'shutdown',
        Status: {
          State: 'shutdown',
          Message: 'shutdown',
          Timestamp: ago('10 min'),
        },
      });
      node.containers.clear();
    },
    expect: { code: 200, counts: [1, 1], verdict: 'healthy', isWell: true },
    control: { code: 200, counts: [2, 2], isWell: true },
  },
  {
    id: 'rollback-without-a-before',
    title:
      'the first update of a service fails and is to be rolled back, and Swarm knows no version before it',
    source: 'https://github.com/moby/moby/issues/33427',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 2,
        service: {
          Spec: {
            UpdateConfig: {
              Parallelism: 1,
              FailureAction: 'rollback',
              Order: 'start-first',
              Monitor: nanos('5 s'),
            },
          },
          ...(faulty
            ? { UpdateStatus: { State: 'updating', StartedAt: ago('40 min'), Message: 'update in progress' } }
            : {}),
        },
        task: faulty && { Spec: { ContainerSpec: { Image: 'app:0' }, ForceUpdate: 0, Runtime: 'container' } },
      });
      if (!faulty) return;
      for (const age of ['39 min', '38 min'])
        service.task({
          slot: 1,
          on: 'docker02',
          container: 'none',
          task: { CreatedAt: ago(age), ...failed(age, 'task: non-zero exit (78)', 78) },
        });
    },
    expect: { code: 503, counts: [2, 2], says: ['The update stopped moving', 'exit (78)'] },
  },
  {
    id: 'crash-beside-a-dead-node',
    title:
      'one of three is on a node that is down, and what replaces it cannot find its image: both are said',
    source: 'https://github.com/moby/moby/issues/52570',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`, { node: faulty && downNode('9 min') });
      swarm.node(`${name}1`).isServed = !faulty;
      const service = swarm.service({
        name,
        replicas: 3,
        on: ['docker01', 'docker02', `${name}1`],
        task: (slot) => faulty && slot === 3 && { DesiredState: 'shutdown' },
      });
      if (!faulty) return;
      for (const age of ['8 min', '4 min', '30 s'])
        service.task({
          slot: 3,
          on: 'docker03',
          container: 'none',
          task: {
            CreatedAt: ago(age),
            DesiredState: 'shutdown',
            Status: {
              State: 'rejected',
              Message: 'preparing',
              Timestamp: ago(age),
              Err: 'No such image: registry.gitlab.example.com/team/app:5@sha256:77aa',
            },
          },
        });
    },
    expect: [
      { code: 503, counts: [2, 3], says: ['docker03', 'registry.gitlab.example.com/team/app:5'] },
      { node: 'crash-beside-a-dead-node1', cause: 'node-down' },
    ],
  },
  {
    id: 'paused-by-docker',
    title: 'somebody paused one container of three by hand: it answers nothing, and Swarm counts it',
    source: 'https://github.com/moby/moby/issues/46203',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 3,
        container: (slot) =>
          faulty && slot === 2
            ? {
                State: {
                  Status: 'paused',
                  Paused: true,
                  Health: { Status: 'unhealthy', FailingStreak: 0, Log: [probe('10 min')] },
                },
              }
            : {},
      }),
    expect: [
      { code: 503, counts: [2, 3], verdict: 'degraded' },
      { replica: '2', status: 'paused', says: [/docker unpause/] },
    ],
  },
  {
    id: 'renamed-by-hand',
    title: 'a container of Swarm was renamed by hand: it is the replica still',
    source: 'ours',
    lay: ({ swarm, name }) =>
      void swarm.service({ name, on: ['docker02'], container: { Name: '/my-own-name' } }),
    expect: { code: 200, verdict: 'healthy', counts: [1, 1], isWell: true },
    control: null,
  },
  {
    id: 'unknown-for-twenty-minutes',
    title: 'a node is unknown since an election twenty minutes ago, and its engine answers',
    source: 'https://github.com/moby/moby/issues/46490',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`, {
        node: faulty && {
          Status: {
            State: 'unknown',
            Message: 'Node moved to "unknown" state due to leadership change in cluster',
          },
          UpdatedAt: ago('20 min'),
        },
      });
      swarm.service({ name, on: [`${name}1`] });
    },
    expect: [
      { status: 'healthy', counts: [1, 1] },
      { node: 'unknown-for-twenty-minutes1', level: 'problem', says: [/unknown/i] },
    ],
    control: { code: 200, isWell: true },
  },
  {
    id: 'memory-of-a-paused-update',
    title: 'an update was paused, and a second one went through: nothing is left of the first',
    source: 'https://github.com/moby/moby/issues/43081',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 2,
        service: faulty && {
          UpdateStatus: {
            State: 'completed',
            StartedAt: ago('10 min'),
            CompletedAt: ago('9 min'),
            Message: 'update completed',
          },
        },
      });
      if (faulty)
        service.task({
          slot: 1,
          on: 'docker02',
          container: 'none',
          task: { CreatedAt: ago('4 h'), ...failed('4 h', 'task: non-zero exit (78)', 78) },
        });
    },
    expect: {
      code: 200,
      verdict: 'healthy',
      counts: [2, 2],
      isWell: true,
      has: { 'update.outcome': 'succeeded' },
    },
    control: { code: 200, isWell: true },
  },
  {
    id: 'all-on-one-that-is-drained',
    title: 'the only node with a label was drained: its service has nowhere to go, and that is the reason',
    source: 'https://github.com/docker/cli/issues/877',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`, {
        node: { Spec: { Availability: faulty ? 'drain' : 'active', Labels: { disk: name } } },
      });
      const constraint = {
        Spec: { TaskTemplate: { Placement: { Constraints: [`node.labels.disk==${name}`] } } },
      };
      const service = swarm.service({
        name,
        on: [`${name}1`],
        service: constraint,
        task: faulty && {
          DesiredState: 'shutdown',
          Status: { State: 'shutdown', Message: 'shutdown', Timestamp: ago('15 min') },
        },
        container: faulty ? 'none' : {},
      });
      if (!faulty) return;
      service.task({
        slot: 1,
        on: null,
        container: 'none',
        task: {
          CreatedAt: ago('15 min'),
          Status: {
            State: 'pending',
            Message: 'pending task scheduling',
            Err: 'no suitable node (scheduling constraints not satisfied on 3 nodes; 1 node not available for new tasks)',
            Timestamp: ago('15 min'),
          },
        },
      });
    },
    expect: {
      code: 503,
      status: 'pending',
      says: [
        'all-on-one-that-is-drained1 meets it, and is drained',
        '--availability active all-on-one-that-is-drained1',
      ],
      never: ['--label-add'],
    },
  },
  {
    id: 'spread-over-one',
    title: 'four replicas and one address left on their network: three wait, and are pending for addresses',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      swarm.service({
        name,
        replicas: 4,
        task: (slot) =>
          faulty &&
          slot > 1 && {
            NodeID: undefined,
            CreatedAt: ago('30 min'),
            Status: {
              State: 'new',
              Message: 'created',
              Timestamp: ago('30 min'),
              ContainerStatus: undefined,
            },
          },
        container: (slot) => (faulty && slot > 1 ? 'none' : {}),
      });
    },
    expect: { code: 503, counts: [1, 4], verdict: 'pending', says: [/address/] },
  },
];
