import type { Case } from '#e2e/cases/case.ts';
import { ago } from '#e2e/cases/made-docker/times.ts';

/** What a Docker of tomorrow may say: it is there, it is not known, and it is in Docker's own word. */
export const CASES: Case[] = [
  {
    id: 'mode-of-tomorrow',
    title: 'a service in a mode that this version does not know',
    source: 'https://github.com/moby/moby/pull/40307',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        service: faulty && {
          Spec: { Mode: { Replicated: undefined, ReplicatedCron: { Schedule: '* * * * *' } } },
        },
      }),
    expect: {
      code: 503,
      verdict: 'unknown',
      counts: [2, 2],
      cause: 'mode-unknown',
      level: 'notice',
      says: ['a mode that this version does not know (ReplicatedCron)'],
      has: { 'mode.word': 'ReplicatedCron' },
    },
  },
  {
    id: 'mode-left-out',
    title: 'a service without a mode, and one without a task of such a mode',
    source: 'https://github.com/moby/moby/pull/40307',
    lay({ swarm, name, faulty }) {
      const service = faulty && { Spec: { Mode: { Replicated: undefined } } };
      swarm.service({ name, replicas: 1, service });
      if (faulty) swarm.service({ name: `${name}-empty`, replicas: 0, service });
    },
    expect: [
      { code: 503, verdict: 'unknown', cause: 'mode-unknown' },
      { service: 'mode-left-out-empty', code: 503, verdict: 'unknown', cause: 'mode-unknown' },
    ],
  },
  {
    id: 'update-of-tomorrow',
    title: 'an update in a state that this version does not know',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        service: {
          UpdateStatus: {
            State: faulty ? 'canary_held' : 'completed',
            StartedAt: ago('2 h'),
            CompletedAt: ago('1 h'),
            Message: faulty ? 'held at 10 %' : 'update completed',
          },
        },
      }),
    expect: {
      code: 503,
      verdict: 'unknown',
      cause: 'update-unknown',
      says: ['a state that this version does not know: canary_held: held at 10 %'],
      has: { 'update.state': 'unknown', 'update.outcome': 'unknown' },
    },
  },
  {
    id: 'task-of-tomorrow',
    title: 'a task in a state that this version does not know, and one that is to reach such a state',
    source: 'ours',
    lay: ({ swarm, name, faulty }) => {
      swarm.service({
        name,
        on: ['docker02'],
        task: faulty && { Status: { State: 'hibernating', Message: 'waits for traffic' } },
      });
      swarm.service({
        name: `${name}-desired`,
        on: ['docker03'],
        task: faulty && { DesiredState: 'asleep' },
      });
    },
    expect: [
      {
        code: 503,
        status: 'unknown',
        cause: 'state-unknown',
        says: ['does not know', 'hibernating: waits for traffic'],
      },
      {
        service: 'task-of-tomorrow-desired',
        code: 503,
        status: 'unknown',
        cause: 'state-unknown',
        says: ['asleep'],
      },
    ],
  },
  {
    id: 'node-of-tomorrow',
    title: 'a node whose availability and role this version does not know',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`, { node: faulty && { Spec: { Availability: 'standby', Role: 'witness' } } });
      swarm.service({ name, on: [`${name}1`] });
    },
    expect: [
      { code: 200, status: 'healthy' },
      {
        node: 'node-of-tomorrow1',
        cause: 'node-not-understood',
        level: 'notice',
        says: ['availability standby and role witness'],
        has: { availability: 'unknown' },
      },
    ],
    control: [
      { code: 200 },
      { node: 'node-of-tomorrow-well1', never: ['does not know'], has: { availability: 'active' } },
    ],
  },
  {
    id: 'node-state-of-tomorrow',
    title: 'a node in a state that this version does not know',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`, { node: faulty && { Status: { State: 'quarantined' } } });
      swarm.service({ name, on: [`${name}1`] });
    },
    expect: {
      node: 'node-state-of-tomorrow1',
      cause: 'node-not-understood',
      says: ['state quarantined'],
      has: { status: 'unknown' },
    },
    control: { node: 'node-state-of-tomorrow-well1', isWell: true },
  },
  {
    id: 'health-of-tomorrow',
    title: 'a container whose health is a word that this version does not know',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        container: faulty && { State: { Health: { Status: 'degraded', FailingStreak: 0 } } },
      }),
    expect: { code: 503, verdict: 'unknown', status: 'unknown', cause: 'health-unread' },
  },
  {
    id: 'global-nowhere',
    title: 'a global service whose constraint no node meets',
    source: 'https://github.com/moby/moby/issues/29724',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        mode: 'global',
        on: faulty ? [] : ['docker01', 'docker02'],
        service: faulty && {
          Spec: { TaskTemplate: { Placement: { Constraints: ['node.labels.gpu==yes'] } } },
        },
      }),
    expect: {
      code: 503,
      verdict: 'pending',
      counts: [0, 0],
      cause: 'no-node-fits',
      level: 'problem',
      says: [
        'No node takes it: constraint node.labels.gpu==yes not met on',
        'docker node update --label-add gpu=yes',
      ],
    },
  },
  {
    id: 'global-all-drained',
    title: 'a global service whose only node is drained',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`, { node: faulty && { Spec: { Availability: 'drain' } } });
      swarm.service({
        name,
        mode: 'global',
        on: faulty ? [] : [`${name}1`],
        service: faulty && {
          Spec: { TaskTemplate: { Placement: { Constraints: [`node.hostname==${name}1`] } } },
        },
      });
    },
    expect: {
      code: 503,
      verdict: 'pending',
      cause: 'no-node-fits',
      says: ['1 node not available for new tasks (drained, paused or down)', 'docker node ls'],
    },
  },
  {
    id: 'global-not-judged',
    title: 'a global service without a task, by a constraint of a kind that nobody here can judge',
    source: 'https://github.com/moby/moby/issues/29724',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        mode: 'global',
        on: faulty ? [] : ['docker02'],
        service: { Spec: { TaskTemplate: { Placement: { Constraints: ['engine.labels.disk==ssd'] } } } },
      }),
    expect: {
      code: 503,
      verdict: 'pending',
      cause: 'no-node-fits',
      says: ['No node takes it.', 'engine.labels.disk==ssd'],
    },
  },
];
