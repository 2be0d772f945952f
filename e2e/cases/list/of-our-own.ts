import type { Case, Lay } from '#e2e/cases/case.ts';
import { addLabel } from '#e2e/cases/made-docker/create-made-swarm.ts';
import { ago, later, probe } from '#e2e/cases/made-docker/times.ts';
import { toCase } from '#e2e/cases/texts-as-cases.ts';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const done = {
  DesiredState: 'complete',
  Status: {
    State: 'complete',
    Message: 'finished',
    ContainerStatus: { ExitCode: 0 },
    Timestamp: ago('2 h'),
  },
};
const ended = (state: string) => ({
  State: { Status: state, Running: false, Pid: 0, FinishedAt: ago('1 h') },
});

/** What nobody has told of, as far as we know, and can be. */
export const CASES: Case[] = [
  {
    id: 'job-not-on-every-node',
    title: 'a global job that Swarm never ran on one of its nodes is not finished',
    source: 'ours',
    lay: (lay) => layGlobalJob(lay, 'missed'),
    expect: {
      code: 503,
      cause: 'node-left-out',
      level: 'problem',
      says: ['Swarm has not run it to its end on docker03'],
      never: [/Finished: 2 of 2/],
    },
    control: { code: 200, verdict: 'idle', isWell: true, says: ['Finished: 3 of 3 completed'] },
  },
  {
    id: 'job-before-its-node',
    title: 'a global job was done before a node came: it has not run there, and that is said',
    source: 'docker-facts',
    lay: (lay) => layGlobalJob(lay, 'begun'),
    expect: [
      { code: 200, verdict: 'idle', isWell: true },
      { cause: 'node-left-out', level: 'notice', says: ['It has not run on job-before-its-node3'] },
    ],
    control: { code: 200, verdict: 'idle', never: ['node-left-out'] },
  },
  {
    id: 'job-of-three',
    title: 'two tasks of a job are done, and the third fails again and again',
    source: 'docker-facts',
    lay({ swarm, name, faulty }) {
      const job = { JobIteration: { Index: 3 }, ...done };
      const service = swarm.service({
        name,
        replicas: 0,
        service: {
          JobStatus: { JobIteration: { Index: 3 } },
          Spec: { Mode: { Replicated: undefined, ReplicatedJob: { MaxConcurrent: 3, TotalCompletions: 3 } } },
        },
      });
      for (const slot of faulty ? [0, 1] : [0, 1, 2])
        service.task({ slot, on: 'docker02', container: 'none', task: job });
      for (const age of faulty ? ['40 min', '30 min', '20 min', '10 min'] : [])
        service.task({
          slot: 2,
          on: 'docker02',
          container: 'none',
          task: {
            ...job,
            CreatedAt: ago(age),
            DesiredState: 'shutdown',
            Status: {
              State: 'failed',
              Message: 'started',
              Err: 'task: non-zero exit (3)',
              Timestamp: ago(age),
            },
          },
        });
    },
    expect: { code: 503, says: ['exit 3'], never: [/Finished: \d of \d completed/] },
    control: { code: 200, verdict: 'idle', isWell: true },
  },
  {
    id: 'another-build-of-its-tag',
    title: 'an update to another build of the same tag is called completed, and one replica runs the old one',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 3,
        service: {
          UpdatedAt: ago('10 min'),
          UpdateStatus: {
            State: 'completed',
            StartedAt: ago('10 min'),
            CompletedAt: ago('9 min'),
            Message: 'update completed',
          },
          Spec: { TaskTemplate: { ContainerSpec: { Image: `app:1@${digest('b')}` } } },
        },
        task: (slot) =>
          faulty &&
          slot === 2 && {
            Spec: {
              ContainerSpec: { Image: `app:1@${digest('a')}` },
              ForceUpdate: 0,
              Runtime: 'container',
            },
          },
      }),
    expect: {
      code: 503,
      cause: 'version-old',
      level: 'problem',
      says: ['runs app:1@sha256:aaaaaaaaaaaa', 'app:1@sha256:bbbbbbbbbbbb has been wanted'],
    },
  },
  {
    id: 'left-by-a-rollback',
    title: 'rolled back, and one replica still runs the version that failed',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 3,
        service: {
          UpdatedAt: ago('10 min'),
          UpdateStatus: {
            State: 'rollback_completed',
            StartedAt: ago('10 min'),
            CompletedAt: ago('9 min'),
            Message: 'rollback completed',
          },
        },
        task: (slot) =>
          faulty &&
          slot === 3 && { Spec: { ContainerSpec: { Image: 'app:2' }, ForceUpdate: 0, Runtime: 'container' } },
      }),
    expect: { code: 503, cause: 'version-old', level: 'problem', says: ['runs app:2'] },
  },
  toCase(
    'starting-since-tomorrow',
    'it has been starting for two hours, by an engine whose clock was hours ahead when it said so',
    'ours',
    {
      task: {
        CreatedAt: ago('2 h'),
        UpdatedAt: ago('2 h'),
        Status: { State: 'starting', Message: 'starting', Timestamp: later('5 h') },
      },
      container: { State: { Health: undefined }, Config: { Healthcheck: undefined } },
    },
    { code: 503, cause: 'start-missed', level: 'problem', says: ['no traffic'] },
  ),
  {
    id: 'probe-of-tomorrow',
    title: 'the prober hangs, and its last probe passed five hours from now: the clock was set back since',
    source: 'https://github.com/moby/moby/issues/36680',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        check: '2 s',
        container: faulty && {
          State: { Health: { Log: [{ ...probe('2 s'), Start: later('5 h'), End: later('5 h') }] } },
        },
      }),
    expect: {
      code: 503,
      verdict: 'unknown',
      status: 'unknown',
      cause: 'probe-overdue',
      level: 'problem',
      says: ['though one is due every 2 s: its health is not known'],
    },
  },
  {
    id: 'label-came-back',
    title: 'pending for an hour by a constraint that a node meets by now',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      addLabel(swarm.node('docker01'), name);
      swarm.service({
        name,
        service: { Spec: { TaskTemplate: { Placement: { Constraints: [`node.labels.${name}==yes`] } } } },
        task: faulty && {
          NodeID: undefined,
          Status: {
            State: 'pending',
            Message: 'pending task scheduling',
            Err: 'no suitable node (scheduling constraints not satisfied on 3 nodes)',
            Timestamp: ago('1 h'),
            ContainerStatus: null,
          },
        },
        container: faulty ? 'none' : {},
      });
    },
    expect: {
      code: 503,
      cause: 'no-suitable-node',
      says: ['Swarm said so 1 h ago: docker01 meets its constraints now'],
    },
  },
  toCase(
    'never-begun',
    'Swarm says running, and its container was made and never started',
    'ours',
    { container: { State: { Status: 'created', Running: false, Pid: 0, Health: undefined } } },
    { code: 503, level: 'problem' },
  ),
  ...['dead', 'removing'].map((state) =>
    toCase(
      `container-${state}`,
      `Swarm says running, and its container is ${state}`,
      'ours',
      { container: ended(state) },
      { code: 503, level: 'problem', says: [/1 h/] },
    ),
  ),
  toCase(
    'healthy-without-a-probe',
    'healthy for three hours, and no probe was ever written down',
    'ours',
    { container: { State: { Health: { Status: 'healthy', FailingStreak: 0, Log: null } } } },
    { code: 503, says: ['its health is not known'] },
  ),
  toCase(
    'failed-and-still-wanted',
    'the newest task failed an hour ago, is still wanted, and no other one comes',
    'ours',
    {
      task: {
        Status: {
          State: 'failed',
          Message: 'started',
          Err: 'task: non-zero exit (2)',
          Timestamp: ago('1 h'),
        },
      },
      container: 'none',
    },
    { code: 503, status: 'failed', says: ['exit 2'] },
  ),
];

/** On three nodes that take its tasks; on the third of them it was never run. */
function layGlobalJob({ swarm, name, faulty }: Lay, how: 'missed' | 'begun'): void {
  const hosts = how === 'missed' ? ['docker01', 'docker02', 'docker03'] : [1, 2, 3].map((n) => `${name}${n}`);
  if (how === 'begun')
    hosts.forEach((host, index) => {
      swarm.addNode(
        host,
        index === 2 && faulty ? { node: { CreatedAt: ago('1 h'), UpdatedAt: ago('1 h') } } : {},
      );
    });
  for (const host of hosts) addLabel(swarm.node(host), name);
  const service = swarm.service({
    name,
    replicas: 0,
    service: {
      UpdatedAt: ago('2 h'),
      JobStatus: { JobIteration: { Index: 3 }, LastExecution: ago('2 h') },
      Spec: {
        Mode: { Replicated: undefined, GlobalJob: {} },
        TaskTemplate: { Placement: { Constraints: [`node.labels.${name}==yes`] } },
      },
    },
  });
  for (const on of faulty ? hosts.slice(0, 2) : hosts)
    service.task({ slot: null, on, container: 'none', task: { JobIteration: { Index: 3 }, ...done } });
}
