import type { Case } from '#e2e/cases/case.ts';
import type { Json } from '#e2e/cases/made-docker/patch.ts';
import { ago, nanos, probe } from '#e2e/cases/made-docker/times.ts';

const OLD = { Spec: { ContainerSpec: { Image: 'app:0' }, ForceUpdate: 0, Runtime: 'container' } };

function ended(state: string, exitCode: number, age: string, more: Json = {}): Json {
  return {
    DesiredState: 'shutdown',
    ...more,
    Status: {
      State: state,
      Message: state === 'complete' ? 'finished' : 'started',
      Timestamp: ago(age),
      ...(state === 'complete' ? {} : { Err: `task: non-zero exit (${exitCode})` }),
      ContainerStatus: { ContainerID: 'c0ffee', PID: 0, ExitCode: exitCode },
    },
  };
}

/** Written before their rules were looked at: updates, what ends, ports and platforms. */
export const CASES: Case[] = [
  {
    id: 'job-of-new-run',
    title: 'a job was run again, and its new run waits for a node: the one before is over and does not count',
    source: 'https://github.com/kimdre/doco-cd/pull/1825',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 0,
        service: {
          JobStatus: { JobIteration: { Index: faulty ? 4 : 3 }, LastExecution: ago('30 min') },
          Spec: {
            Mode: { Replicated: undefined, ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 2 } },
            TaskTemplate: { RestartPolicy: { Condition: 'on-failure' } },
          },
        },
      });
      for (const slot of [0, 1])
        service.task({
          slot,
          on: 'docker02',
          container: 'none',
          task: ended('complete', 0, '1 d', { DesiredState: 'complete', JobIteration: { Index: 3 } }),
        });
      if (!faulty) return;
      for (const slot of [0, 1])
        service.task({
          slot,
          on: null,
          container: 'none',
          task: {
            JobIteration: { Index: 4 },
            DesiredState: 'complete',
            CreatedAt: ago('30 min'),
            Status: {
              State: 'pending',
              Message: 'pending task scheduling',
              Err: 'no suitable node (insufficient resources on 3 nodes)',
              Timestamp: ago('30 min'),
            },
          },
        });
    },
    expect: {
      code: 503,
      verdict: 'pending',
      says: ['insufficient', /CPU|memory|resources/],
      never: [/Finished: 2 of 2/],
    },
    control: { code: 200, verdict: 'idle', isWell: true },
  },
  {
    id: 'one-shot-paused',
    title:
      'a one-shot was deployed again and ended well: Swarm calls its update paused, since it ended early',
    source: 'https://github.com/Eldara-Tech/swarmcli/pull/649',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 0,
        service: {
          Spec: {
            Mode: { Replicated: { Replicas: 1 } },
            TaskTemplate: { ForceUpdate: 1, RestartPolicy: { Condition: 'none' } },
          },
          UpdateStatus: {
            State: 'paused',
            StartedAt: ago('20 min'),
            Message: 'update paused due to failure or early termination of task u6qkbnvhsf18stifeee5mh50h',
          },
        },
      });
      service.task({
        slot: 1,
        on: 'docker02',
        container: 'none',
        task: { ...ended('complete', 0, '2 d'), CreatedAt: ago('2 d') },
      });
      service.task({
        slot: 1,
        on: 'docker02',
        container: 'none',
        task: {
          ...(faulty ? ended('failed', 3, '20 min') : ended('complete', 0, '20 min')),
          CreatedAt: ago('20 min'),
        },
      });
    },
    expect: { code: 503, says: ['exit 3'] },
    control: { code: 200, verdict: 'idle', isWell: true, has: { 'update.outcome': 'succeeded' } },
  },
  {
    id: 'hourly-check',
    title:
      'checked once an hour after a start of five seconds each: forty minutes without a probe are nothing',
    source: 'https://github.com/moby/moby/pull/40894',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`);
      swarm.service({
        name,
        on: [`${name}1`],
        container: {
          State: {
            Health: {
              Status: 'healthy',
              FailingStreak: 0,
              Log: faulty ? [probe('170 min'), probe('110 min')] : [probe('100 min'), probe('40 min')],
            },
          },
          Config: {
            Healthcheck: {
              Interval: nanos('1 h'),
              Timeout: nanos('30 s'),
              StartPeriod: nanos('5 min'),
              StartInterval: nanos('5 s'),
            },
          },
        },
      });
    },
    expect: { code: 503, status: 'unknown' },
    control: { code: 200, status: 'healthy', isWell: true },
  },
  {
    id: 'timeout-over-interval',
    title: 'a timeout that is longer than the interval: a probe may be under way for a minute',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      swarm.service({
        name,
        on: ['docker02'],
        container: {
          State: {
            Health: {
              Status: 'healthy',
              FailingStreak: 0,
              Log: faulty ? [probe('600 s'), probe('500 s')] : [probe('3600 s'), probe('55 s')],
            },
          },
          Config: { Healthcheck: { Interval: nanos('10 s'), Timeout: nanos('10 min') } },
        },
      });
    },
    expect: { code: 200, status: 'healthy' },
    control: { code: 200, status: 'healthy', isWell: true },
  },
  {
    id: 'ghost-of-no-service',
    title: 'a task of a stack that is gone, on a node that is gone, is to be removed for two months',
    source: 'https://github.com/moby/moby/issues/38988',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, on: ['docker02'] });
      if (!faulty) return;
      service.task({
        slot: 2,
        on: null,
        container: 'none',
        task: {
          ServiceID: '8pylssyt9293h5fvqnbq7h7j2',
          NodeID: '1t4x3p7yhpjceqsv20qavhi0a',
          CreatedAt: ago('60 d'),
          DesiredState: 'remove',
          Status: { State: 'running', Message: 'started', Timestamp: ago('60 d') },
        },
      });
    },
    expect: { code: 200, verdict: 'healthy', counts: [1, 1], isWell: true },
    control: { code: 200, isWell: true },
  },
  {
    id: 'paused-for-the-registry',
    title:
      'an update stopped half-way since the registry did not answer: two run the new image, two the old one',
    source: 'https://github.com/moby/moby/issues/44069',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 4,
        service: faulty && {
          Spec: {
            TaskTemplate: { ContainerSpec: { Image: 'registry.example.com/app:2' } },
            UpdateConfig: { Parallelism: 2, Order: 'start-first', FailureAction: 'pause' },
          },
          UpdateStatus: {
            State: 'paused',
            StartedAt: ago('2 h'),
            Message: 'update paused due to failure or early termination of task q8l5v7xhj8v1d9s2w4y6z0abc',
          },
        },
        task: (slot) => faulty && slot > 2 && OLD,
      });
      if (!faulty) return;
      service.task({
        slot: 3,
        on: 'docker02',
        container: 'none',
        task: {
          ID: 'q8l5v7xhj8v1d9s2w4y6z0abc',
          DesiredState: 'shutdown',
          CreatedAt: ago('2 h'),
          Status: {
            State: 'rejected',
            Message: 'preparing',
            Err: 'No such image: registry.example.com/app:2@sha256:9f1c',
            Timestamp: ago('119 min'),
          },
        },
      });
    },
    expect: {
      code: 503,
      counts: [4, 4],
      cause: 'update-paused',
      says: ['2 of 4', /registry\.example\.com\/app:2/],
    },
  },
  {
    id: 'ended-beside-its-sister',
    title:
      'restart condition on-failure: one of two web servers ended with 0, and Swarm starts none in its place',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      swarm.service({
        name,
        replicas: 2,
        service: { Spec: { TaskTemplate: { RestartPolicy: { Condition: 'on-failure' } } } },
        task: (slot) => faulty && slot === 2 && ended('complete', 0, '20 min'),
        container: (slot) => (faulty && slot === 2 ? 'none' : {}),
      });
    },
    expect: { code: 503, counts: [1, 2], says: ['its restart condition is on-failure'] },
  },
  {
    id: 'batch-with-a-straggler',
    title:
      'restart condition on-failure: two of three that do their work once are done since 2 h, and one works on',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const isDone = (slot: number) => slot !== 1;
      swarm.service({
        name,
        replicas: 3,
        // What has a health check serves.
        check: faulty ? null : '5 min',
        service: { Spec: { TaskTemplate: { RestartPolicy: { Condition: 'on-failure' } } } },
        task: (slot) => isDone(slot) && { CreatedAt: ago('3 h'), ...ended('complete', 0, '2 h') },
        container: (slot) => (isDone(slot) ? 'none' : {}),
      });
    },
    expect: {
      code: 200,
      isWell: true,
      cause: 'others-done',
      level: 'notice',
      says: ['2 replicas of it ended with exit 0 and one runs on'],
    },
    control: { code: 503, counts: [1, 3], says: ['its restart condition is on-failure'] },
  },
  {
    id: 'ended-after-a-deploy',
    title:
      'restart condition on-failure: of three servers that ran for weeks and were deployed anew 3 h ago two ended with 0',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const isDone = (slot: number) => faulty && slot !== 1;
      const service = swarm.service({
        name,
        replicas: 3,
        check: null,
        service: { Spec: { TaskTemplate: { RestartPolicy: { Condition: 'on-failure' } } } },
        task: (slot) => isDone(slot) && { CreatedAt: ago('3 h'), ...ended('complete', 0, '2 h') },
        container: (slot) => (isDone(slot) ? 'none' : {}),
      });
      for (const slot of [1, 2, 3])
        service.task({
          slot,
          on: 'docker02',
          container: 'none',
          task: { CreatedAt: ago('60 d'), ...ended('shutdown', 0, '3 h') },
        });
    },
    expect: {
      code: 503,
      counts: [1, 3],
      says: ['its restart condition is on-failure'],
      never: [/as it should be/],
    },
  },
  {
    id: 'ended-with-a-port',
    title:
      'restart condition none: the only replica of what publishes a port ended with 0: nobody answers there',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const port = { Protocol: 'tcp', TargetPort: 80, PublishedPort: 7444, PublishMode: 'ingress' };
      swarm.service({
        name,
        service: {
          Spec: {
            TaskTemplate: { RestartPolicy: { Condition: 'none' } },
            ...(faulty ? { EndpointSpec: { Mode: 'vip', Ports: [port] } } : {}),
          },
          ...(faulty ? { Endpoint: { Ports: [port] } } : {}),
        },
        task: ended('complete', 0, '20 s'),
        container: 'none',
      });
    },
    expect: { code: 503, verdict: 'down', says: ['its restart condition is none'] },
    control: { code: 200, verdict: 'idle', isWell: true },
  },
  {
    id: 'done-before-its-sister',
    title: 'one of two tasks that are done once is done a minute before the other: nothing is wrong',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      swarm.service({
        name,
        replicas: 2,
        service: { Spec: { TaskTemplate: { RestartPolicy: { Condition: 'none' } } } },
        task: (slot) => slot === 2 && ended('complete', 0, faulty ? '15 min' : '60 s'),
        container: (slot) => (slot === 2 ? 'none' : {}),
      });
    },
    expect: { code: 503, says: ['its restart condition is none'] },
    control: { code: 200, isWell: true },
  },
  {
    id: 'port-of-another-service',
    title: 'the host port is held by another service on the only node that fits',
    source: 'https://github.com/moby/moby/issues/31249',
    lay({ swarm, name, faulty }) {
      const on443 = {
        Spec: {
          EndpointSpec: {
            Mode: 'vip',
            Ports: [{ Protocol: 'tcp', TargetPort: 443, PublishedPort: 7443, PublishMode: 'host' }],
          },
          TaskTemplate: { Placement: { Constraints: ['node.hostname==docker03'] } },
        },
      };
      if (faulty) swarm.service({ name: `${name}-first`, on: ['docker03'], service: on443 });
      swarm.service({
        name,
        on: ['docker03'],
        service: faulty ? on443 : {},
        task: faulty && {
          NodeID: undefined,
          CreatedAt: ago('40 min'),
          Status: {
            State: 'pending',
            Message: 'pending task scheduling',
            Err: 'no suitable node (host-mode port already in use on 1 node; scheduling constraints not satisfied on 2 nodes)',
            Timestamp: ago('40 min'),
            ContainerStatus: undefined,
          },
        },
        container: faulty ? 'none' : {},
      });
    },
    expect: {
      code: 503,
      status: 'pending',
      says: ['host port 7443 already in use on 1 node', 'docker ps --filter publish=7443'],
    },
  },
  {
    id: 'another-architecture',
    title: 'an image of amd64 alone, and nodes of arm64: which, and which',
    source: 'https://github.com/garutilorenzo/docker-swarm-ingress/issues/13',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      for (const made of swarm.nodes)
        if (faulty)
          made.node = {
            ...made.node,
            Description: {
              ...(made.node.Description as Json),
              Platform: { Architecture: 'aarch64', OS: 'linux' },
            },
          };
      swarm.service({
        name,
        on: ['docker02'],
        service: {
          Spec: { TaskTemplate: { Placement: { Platforms: [{ Architecture: 'amd64', OS: 'linux' }] } } },
        },
        task: faulty && {
          NodeID: undefined,
          CreatedAt: ago('10 min'),
          Status: {
            State: 'pending',
            Message: 'pending task scheduling',
            Err: 'no suitable node (unsupported platform on 3 nodes)',
            Timestamp: ago('10 min'),
            ContainerStatus: undefined,
          },
        },
        container: faulty ? 'none' : {},
      });
    },
    expect: { code: 503, status: 'pending', says: ['linux/amd64', '.Description.Platform'] },
  },
  {
    id: 'delay-of-an-hour',
    title: 'an update with a delay of an hour between its replicas is not stuck after fifty minutes',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      swarm.service({
        name,
        replicas: 3,
        service: {
          Spec: {
            TaskTemplate: { ContainerSpec: { Image: 'app:1' } },
            UpdateConfig: { Parallelism: 1, Delay: nanos('1 h'), Monitor: nanos('5 s') },
          },
          UpdateStatus: {
            State: 'updating',
            StartedAt: ago(faulty ? '9 h' : '50 min'),
            Message: 'update in progress',
          },
        },
        task: (slot) =>
          slot === 1
            ? {
                CreatedAt: ago(faulty ? '8.9 h' : '49 min'),
                Status: { Timestamp: ago(faulty ? '8.9 h' : '49 min') },
              }
            : { ...OLD, CreatedAt: ago('5 d'), Status: { Timestamp: ago('5 d') } },
      });
    },
    expect: { code: 503, counts: [3, 3], cause: 'update-stuck', says: ['2 of 3'] },
    control: { code: 200, verdict: 'updating', counts: [3, 3], isWell: true },
  },
  {
    id: 'off-in-the-middle',
    title: 'scaled to 0 in the middle of an update that Swarm never closed',
    source: 'https://github.com/moby/moby/issues/37493',
    lay({ swarm, name }) {
      swarm.service({
        name,
        replicas: 0,
        service: {
          UpdateStatus: { State: 'updating', StartedAt: ago('2 d'), Message: 'update in progress' },
        },
      });
    },
    expect: { code: 200, verdict: 'idle', isWell: true },
    control: null,
  },
];
