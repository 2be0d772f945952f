import type { Case, Expected, Lay } from '#e2e/cases/case.ts';
import { addContainer, addLabel, toHash, toManager } from '#e2e/cases/made-docker/create-made-swarm.ts';
import type { Json } from '#e2e/cases/made-docker/patch.ts';
import { ago } from '#e2e/cases/made-docker/times.ts';

const pending = (error: string, since: string) => ({
  NodeID: undefined,
  CreatedAt: ago(since),
  UpdatedAt: ago(since),
  Status: {
    State: 'pending',
    Message: 'pending task scheduling',
    Err: error,
    Timestamp: ago(since),
    ContainerStatus: undefined,
  },
});

const ended = (state: string, desired: string, since: string) => ({
  DesiredState: desired,
  UpdatedAt: ago(since),
  Status: { State: state, Message: state === 'complete' ? 'finished' : state, Timestamp: ago(since) },
});

/** A service of four, of which two run another spec. */
function layHalf({ swarm, name }: Lay, service: Json, isOld: boolean): void {
  swarm.service({
    name,
    replicas: 4,
    service,
    task: (slot) =>
      isOld &&
      slot > 2 && { Spec: { ContainerSpec: { Image: 'app:0' }, ForceUpdate: 0, Runtime: 'container' } },
  });
}

/** Modes, limits and states that seldom meet. */
export const CASES: Case[] = [
  {
    id: 'label-met-again',
    title: 'a label went and came back, and Swarm schedules nothing: what it said then holds no more',
    source: 'https://github.com/moby/moby/issues/31014',
    lay({ swarm, name, faulty }) {
      const host = swarm.addNode(`${name}-host`, { node: { UpdatedAt: ago('20 min') } });
      addLabel(host, name);
      swarm.service({
        name,
        on: [host.hostname],
        service: { Spec: { TaskTemplate: { Placement: { Constraints: [`node.labels.${name}==yes`] } } } },
        task:
          faulty && pending('no suitable node (scheduling constraints not satisfied on 3 nodes)', '40 min'),
        container: faulty ? 'none' : {},
      });
    },
    expect: {
      code: 503,
      counts: [0, 1],
      cause: 'no-suitable-node',
      says: [/said so|no longer|room|meets/],
    },
  },
  {
    id: 'global-thrice',
    title:
      'docker restart each night: the containers that Swarm forgot run on beside each of a global service',
    source: 'https://github.com/moby/moby/issues/39130',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, mode: 'global', on: ['docker02', 'docker03'] });
      for (const on of faulty ? ['docker02', 'docker03'] : [])
        service.task({
          slot: null,
          on,
          task: { ...ended('complete', 'shutdown', '9 h'), CreatedAt: ago('33 h') },
        });
    },
    expect: { code: 503, counts: [2, 2], cause: 'container-forgotten', level: 'problem' },
  },
  {
    id: 'half-without-check',
    title: 'the check was taken away by an update: what it left is up, and nothing is unknown',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        check: faulty ? null : '30 s',
        service: faulty
          ? {
              Spec: { TaskTemplate: { ContainerSpec: { Healthcheck: { Test: ['NONE'] } } } },
              UpdateStatus: {
                State: 'completed',
                StartedAt: ago('3 h'),
                CompletedAt: ago('3 h'),
                Message: 'update completed',
              },
            }
          : {},
      }),
    expect: { code: 200, counts: [2, 2], verdict: 'running', isWell: true },
  },
  {
    id: 'all-at-once-stuck',
    title: 'an update of all at once (parallelism 0) stands still with half of it old',
    source: 'https://github.com/docker/cli/issues/2866',
    lay: (lay) =>
      layHalf(
        lay,
        {
          Spec: { UpdateConfig: { Parallelism: 0 }, RollbackConfig: { Parallelism: 0 } },
          ...(lay.faulty
            ? { UpdateStatus: { State: 'updating', StartedAt: ago('2 d'), Message: 'update in progress' } }
            : {}),
        },
        lay.faulty,
      ),
    expect: { code: 503, counts: [4, 4], cause: 'update-stuck', says: ['2 of 4 replicas'] },
  },
  {
    id: 'shut-down-and-wanted',
    title: 'a node was rebooted: its task is shut down and wanted at once, and Swarm starts none',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        task: (slot) => faulty && slot === 2 && ended('shutdown', 'running', '2 h'),
        container: (slot) => (faulty && slot === 2 ? 'none' : {}),
      }),
    expect: { code: 503, counts: [1, 2] },
  },
  {
    id: 'complete-and-wanted',
    title: 'a task of a service ended with 0 two hours ago, is wanted on, and Swarm starts none',
    source: 'https://github.com/moby/moby/issues/35080',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        task: (slot) => faulty && slot === 2 && ended('complete', 'running', '2 h'),
        container: (slot) => (faulty && slot === 2 ? 'none' : {}),
      }),
    expect: { code: 503, counts: [1, 2] },
  },
  {
    id: 'failed-and-wanted',
    title: 'a task failed two hours ago, is wanted on, and Swarm starts none',
    source: 'https://github.com/moby/moby/issues/35080',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        task: (slot) =>
          faulty &&
          slot === 2 && {
            ...ended('failed', 'running', '2 h'),
            Status: {
              State: 'failed',
              Message: 'started',
              Err: 'task: non-zero exit (1)',
              Timestamp: ago('2 h'),
            },
          },
        container: (slot) => (faulty && slot === 2 ? 'none' : {}),
      }),
    expect: { code: 503, counts: [1, 2], says: [/exit 1/] },
  },
  {
    id: 'network-attachment',
    title: 'a plain container on an attachable overlay has a task of its own, and no service',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name });
      if (!faulty) return;
      const made = service.task({ slot: 9, on: 'docker02', container: 'none' });
      made.task = {
        ...made.task,
        ServiceID: '',
        Slot: undefined,
        Spec: { NetworkAttachmentSpec: { ContainerID: toHash(name) }, Runtime: 'attachment', ForceUpdate: 0 },
      };
    },
    expect: { code: 200, counts: [1, 1], isWell: true },
  },
  {
    id: 'dnsrr-without-ports',
    title: 'a service by DNS alone, without a virtual address or ports: nothing is missing',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        service: faulty
          ? {
              Spec: { EndpointSpec: { Mode: 'dnsrr' } },
              Endpoint: { Spec: { Mode: 'dnsrr' } },
            }
          : {},
      }),
    expect: { code: 200, isWell: true },
  },
  {
    id: 'dnsrr-with-host-ports',
    title: 'the same with a host-mode port, which Swarm has given it',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const ports = [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 18080, PublishMode: 'host' }];
      const Mode = faulty ? 'dnsrr' : 'vip';
      swarm.service({
        name,
        service: {
          Spec: { EndpointSpec: { Mode, Ports: ports } },
          Endpoint: { Spec: { Mode, Ports: ports }, Ports: ports },
        },
      });
    },
    expect: { code: 200, isWell: true },
  },
  {
    id: 'image-of-two-stores',
    title: 'one image by digest, on engines of two image stores, which call it by two ids',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const image = `app:1@sha256:${'ab'.repeat(32)}`;
      swarm.service({
        name,
        replicas: 2,
        on: ['docker01', 'docker03'],
        service: { Spec: { TaskTemplate: { ContainerSpec: { Image: image } } } },
        container: (slot) => ({
          Image: `sha256:${(slot === 2 && faulty ? 'ab' : 'cd').repeat(32)}`,
          ...(slot === 2 && faulty
            ? { ImageManifestDescriptor: { mediaType: 'x', digest: `sha256:${'ef'.repeat(32)}`, size: 1 } }
            : {}),
          Config: { Image: image },
        }),
      });
    },
    expect: { code: 200, isWell: true, never: [/2 different images/] },
  },
  {
    id: 'ipv6-only',
    title: 'a swarm whose nodes have IPv6 addresses alone',
    source: 'ours',
    ownSwarm: { managers: 3 },
    lay({ swarm, name, faulty }) {
      if (faulty)
        swarm.nodes.forEach((made, index) => {
          made.node = {
            ...made.node,
            Status: { State: 'ready', Addr: `fd00::${index + 1}` },
            ManagerStatus: {
              ...(index === 0 ? { Leader: true } : {}),
              Reachability: 'reachable',
              Addr: `[fd00::${index + 1}]:2377`,
            },
          };
        });
      swarm.service({ name, replicas: 3 });
    },
    expect: [
      { swarm: true, verdict: 'healthy', has: { 'quorum.state': 'safe' } },
      { node: 'docker03', has: { address: 'fd00::3' } },
      { code: 200, counts: [3, 3], isWell: true },
    ],
    control: [{ swarm: true, verdict: 'healthy' }],
  },
  {
    id: 'down-and-called-reachable',
    title: 'five managers, one of them down and called reachable, and none leads',
    source: 'ours',
    ownSwarm: { managers: 3 },
    lay({ swarm, name, faulty }) {
      for (const index of [4, 5]) swarm.addNode(`docker0${index}`, { node: toManager(index) });
      swarm.service({ name, on: ['docker01'] });
      if (!faulty) return;
      Object.assign(swarm.node('docker01').node, {
        ManagerStatus: { Reachability: 'reachable', Addr: '10.9.0.1:2377' },
      });
      Object.assign(swarm.node('docker05').node, {
        Status: { State: 'down', Message: 'heartbeat failure', Addr: '10.9.0.5' },
        UpdatedAt: ago('5 min'),
      });
    },
    expect: { swarm: true, cause: 'none-leads', level: 'problem', says: ['None of the managers'] },
    control: { swarm: true, verdict: 'healthy' },
  },
  {
    id: 'root-held-up',
    title: 'the root certificate is being changed, and a node that is gone holds it up',
    source: 'ours',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker01'] });
      for (const made of swarm.nodes) {
        const isGone = faulty && made.hostname === 'docker03';
        (made.node.Description as Json).TLSInfo = { CertIssuerPublicKey: isGone ? 'b2xk' : 'bmV3' };
        if (isGone)
          Object.assign(made.node, {
            Status: { State: 'down', Message: 'heartbeat failure' },
            UpdatedAt: ago('3 h'),
          });
      }
      if (!faulty) return;
      const { info } = swarm.node('docker01');
      Object.assign((info.Swarm as Json).Cluster as Json, {
        RootRotationInProgress: true,
        TLSInfo: { CertIssuerPublicKey: 'bmV3' },
      });
    },
    expect: {
      swarm: true,
      cause: 'root-rotating',
      level: 'notice',
      says: ['root certificate is being changed', 'docker03', '1 of them is down', 'docker node rm'],
    },
    control: { swarm: true, verdict: 'healthy', never: [/root certificate/] },
  },
  {
    id: 'root-just-begun',
    title: 'the root certificate is being changed since a moment ago, as /info alone tells',
    source: 'ours',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker01'] });
      const { info } = swarm.node('docker01');
      Object.assign((info.Swarm as Json).Cluster as Json, { RootRotationInProgress: faulty });
    },
    expect: [
      { swarm: true, cause: 'root-rotating', level: 'notice', verdict: 'healthy' },
      { code: 200, isWell: true },
    ],
    control: { swarm: true, verdict: 'healthy', never: [/root certificate/] },
  },
  {
    id: 'locked-after-restart',
    title: 'a manager of a swarm with autolock was started again, and waits for its key',
    source: 'ours',
    ownSwarm: { managers: 3 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker01'] });
      if (!faulty) return;
      const locked = swarm.node('docker03');
      Object.assign(locked.node, {
        Status: { State: 'down', Message: 'heartbeat failure', Addr: '10.9.0.3' },
        UpdatedAt: ago('5 min'),
        ManagerStatus: { Reachability: 'unreachable', Addr: '10.9.0.3:2377' },
      });
      locked.info = {
        ...locked.info,
        Swarm: { NodeID: '', NodeAddr: '', LocalNodeState: 'locked', ControlAvailable: false, Error: '' },
      };
    },
    expect: [
      { swarm: true, cause: 'quorum-edge', level: 'problem' },
      { swarm: true, says: [/unlock/] },
      { node: 'docker03', cause: 'node-down', level: 'problem', never: ['docker swarm init'] },
      { code: 200, status: 'healthy' },
    ],
    control: { code: 200, isWell: true },
  },
  {
    id: 'job-cut-short',
    title: 'a job of which one task cannot be placed is not done, whatever its others are',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 0,
        service: {
          UpdatedAt: ago('2 h'),
          JobStatus: { JobIteration: { Index: 3 }, LastExecution: ago('2 h') },
          Spec: { Mode: { Replicated: undefined, ReplicatedJob: { MaxConcurrent: 3, TotalCompletions: 3 } } },
        },
      });
      for (const slot of [0, 1, 2])
        service.task({
          slot,
          on: 'docker02',
          container: 'none',
          task: {
            JobIteration: { Index: 3 },
            ...(faulty && slot === 2
              ? {
                  ...pending('no suitable node (insufficient resources on 3 nodes)', '2 h'),
                  DesiredState: 'complete',
                }
              : ended('complete', 'complete', '90 min')),
          },
        });
    },
    expect: { code: 503, says: [/insufficient resources/], level: 'problem' },
    control: { code: 200, isWell: true },
  },
  {
    id: 'job-task-hangs',
    title: 'a task of a job is being prepared since yesterday',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 0,
        service: {
          UpdatedAt: ago('1 d'),
          JobStatus: { JobIteration: { Index: 1 }, LastExecution: ago('1 d') },
          Spec: { Mode: { Replicated: undefined, ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } } },
        },
      });
      service.task({
        slot: 0,
        on: 'docker02',
        container: 'none',
        task: {
          JobIteration: { Index: 1 },
          ...(faulty
            ? {
                DesiredState: 'complete',
                Status: {
                  State: 'preparing',
                  Message: 'preparing',
                  Timestamp: ago('1 d'),
                  ContainerStatus: undefined,
                },
              }
            : ended('complete', 'complete', '23 h')),
        },
      });
    },
    expect: { code: 503, level: 'problem', says: ['Being prepared on docker02'] },
    control: { code: 200, isWell: true },
  },
  {
    id: 'forgotten-on-a-drained-node',
    title: 'a node was drained, and a container of it was never stopped: requests may reach it',
    source: 'https://github.com/moby/moby/issues/42815',
    lay({ swarm, name, faulty }) {
      const drained = swarm.addNode(`${name}-host`, {
        node: { Spec: { Availability: 'drain' }, UpdatedAt: ago('2 h') },
      });
      const service = swarm.service({ name, on: ['docker01'] });
      if (!faulty) return;
      addContainer(drained, {
        id: toHash(`left ${name}`),
        labels: {
          'com.docker.swarm.node.id': drained.id,
          'com.docker.swarm.service.id': service.id,
          'com.docker.swarm.service.name': name,
          'com.docker.swarm.task': '',
          'com.docker.swarm.task.id': 'left'.padEnd(25, '0'),
          'com.docker.swarm.task.name': `${name}.1.${'left'.padEnd(25, '0')}`,
        },
        check: '30 s',
        over: null,
      });
    },
    expect: { code: 503, counts: [1, 1], cause: 'container-forgotten', level: 'problem' },
  },
  {
    id: 'one-shot-after-a-failure',
    title: 'a one-shot failed, was tried again and ended well four minutes ago: it is done at 0 of 1',
    source: 'https://github.com/Eldara-Tech/swarmcli/pull/633',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        service: { Spec: { TaskTemplate: { RestartPolicy: { Condition: 'on-failure' } } } },
        task: { ...ended('complete', 'shutdown', '4 min'), CreatedAt: ago('6 min') },
        container: 'none',
      });
      if (faulty)
        service.task({
          slot: 1,
          on: 'docker02',
          container: 'none',
          task: {
            ...ended('failed', 'shutdown', '8 min'),
            CreatedAt: ago('9 min'),
            Status: {
              State: 'failed',
              Message: 'started',
              Err: 'task: non-zero exit (1)',
              Timestamp: ago('8 min'),
            },
          },
        });
    },
    expect: { code: 200, isWell: true, status: 'complete' },
    control: { code: 200, isWell: true, status: 'complete' },
  },
  {
    id: 'scheduled-is-not-up',
    title: 'a rollout waits for a node: what is scheduled is not up',
    source: 'https://github.com/Eldara-Tech/swarmcli/pull/489',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 3,
        task: (slot) =>
          faulty && slot === 3 && pending('no suitable node (1 node not available for new tasks)', '2 h'),
        container: (slot) => (faulty && slot === 3 ? 'none' : {}),
      }),
    expect: { code: 503, counts: [2, 3], cause: 'no-suitable-node' },
  },
  {
    id: 'job-of-a-stack',
    title: 'a job that prepares a stack is done, and nothing of it is unhealthy or unknown',
    source: 'https://github.com/moghtech/komodo/issues/1194',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 0,
        service: {
          UpdatedAt: ago('2 h'),
          JobStatus: { JobIteration: faulty ? {} : { Index: 1 }, LastExecution: ago('2 h') },
          Spec: {
            Mode: { Replicated: undefined, ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } },
            TaskTemplate: { RestartPolicy: { Condition: 'none' } },
          },
        },
      });
      service.task({
        slot: null,
        on: 'docker02',
        container: 'none',
        task: { JobIteration: faulty ? {} : { Index: 1 }, ...ended('complete', 'complete', '110 min') },
      });
    },
    expect: { code: 200, isWell: true },
    control: { code: 200, isWell: true },
  },
  {
    id: 'slot-doubled-another-empty',
    title: 'two tasks are in one slot, and another slot is empty: three run, and two of three are there',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 3,
        task: (slot) => faulty && slot === 3 && { Slot: 1 },
      }),
    expect: { code: 503, counts: [2, 3] },
  },
  {
    id: 'global-doubled-another-empty',
    title: 'two tasks of a global service are on one node, and another node has none',
    source: 'https://github.com/moby/moby/issues/39130',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, mode: 'global', on: ['docker01', 'docker02', 'docker03'] });
      if (!faulty) return;
      service.tasks.pop();
      service.task({ slot: null, on: 'docker02' });
    },
    expect: { code: 503, level: 'problem' },
  },
  {
    id: 'four-managers-two-left',
    title: 'two of four managers are there: half is no majority',
    source: 'ours',
    ownSwarm: { managers: 3 },
    lay({ swarm, name, faulty }) {
      swarm.addNode('docker04', { node: toManager(4) });
      swarm.service({ name, on: ['docker01'] });
      for (const host of faulty ? ['docker03', 'docker04'] : [])
        Object.assign(swarm.node(host).node, {
          Status: { State: 'down', Message: 'heartbeat failure', Addr: '10.9.0.9' },
          UpdatedAt: ago('5 min'),
          ManagerStatus: { Reachability: 'unreachable', Addr: '10.9.0.9:2377' },
        });
    },
    expect: { swarm: true, has: { 'quorum.state': 'lost' }, cause: 'no-quorum', level: 'problem' },
    control: { swarm: true, has: { 'quorum.state': 'safe' } },
  },
  inState(
    'paused-without-check',
    'somebody paused a container that has no check',
    { Status: 'paused', Paused: true },
    { check: null },
  ),
  inState(
    'restarting-by-itself',
    'somebody gave a container a restart policy of its own, and it starts again and again',
    {
      Status: 'restarting',
      Restarting: true,
      ExitCode: 1,
      StartedAt: ago('9 s'),
      FinishedAt: ago('4 s'),
    },
    { expect: { replica: '2', status: 'starting' } },
  ),
  inState('dead-on-its-engine', 'the engine could not remove a container whole, and calls it dead', {
    Status: 'dead',
    Running: false,
    Dead: true,
    ExitCode: 255,
    FinishedAt: ago('2 h'),
  }),
  inState(
    'started-anew-in-place',
    'a container was started anew in place: its check has not passed yet',
    {
      StartedAt: ago('20 s'),
      Health: { Status: 'starting', FailingStreak: 0, Log: [] },
    },
    { expect: { replica: '2', status: 'starting' } },
  ),
  inState('created-and-starting', 'a container was made an hour ago, and its start hangs', {
    Status: 'created',
    Running: false,
    StartedAt: '0001-01-01T00:00:00Z',
    Health: undefined,
  }),
];

/** One of two replicas whose container is in this state, while Swarm lists its task as running. */
function inState(
  id: string,
  title: string,
  state: Json,
  { check = '30 s', expect = { code: 503 } }: { check?: string | null; expect?: Expected } = {},
): Case {
  return {
    id,
    title,
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        check,
        container: (slot) => (faulty && slot === 2 ? { State: state } : {}),
      }),
    expect: { counts: [1, 2], ...expect },
  };
}
