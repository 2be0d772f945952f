import type { Case } from '#e2e/cases/case.ts';
import { ago, nanos, probe } from '#e2e/cases/made-docker/times.ts';

const waits = (state: string, since: string, more: object = {}) => ({
  CreatedAt: ago(since),
  UpdatedAt: ago(since),
  Status: { State: state, Message: state, Timestamp: ago(since), ContainerStatus: undefined, ...more },
});

/** Everything ages: no state may stay expected without end. */
export const CASES: Case[] = [
  {
    id: 'c01',
    title: 'the prober hangs, and the last probe that passed is hours old',
    source: 'https://github.com/moby/moby/issues/36680',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        check: '10 s',
        container: faulty && { State: { Health: { Log: [probe('3 h')] } } },
      }),
    expect: {
      code: 503,
      verdict: 'unknown',
      status: 'unknown',
      counts: [0, 2],
      cause: 'probe-overdue',
      level: 'problem',
      says: ['No probe for 3 h though one is due every 10 s: its health is not known'],
    },
  },
  {
    id: 'first-probe-never-came',
    title: 'starting for an hour, and no probe was ever run',
    source: 'https://github.com/moby/moby/issues/41871',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        task: faulty && { Status: { State: 'starting', Message: 'starting' } },
        container: faulty && { State: { Health: { Status: 'starting', Log: [] } } },
      }),
    expect: { code: 503, cause: 'probe-overdue', level: 'problem', says: ['No probe for 3 h'] },
  },
  {
    id: 'paused-long-ago',
    title: 'a paused container runs no probe, and says that it is paused',
    source: 'https://github.com/moby/moby/issues/46203',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        container: faulty && {
          State: { Status: 'paused', Paused: true, Health: { Status: 'unhealthy', Log: [probe('3 h')] } },
        },
      }),
    expect: { code: 503, status: 'paused', cause: 'paused', never: ['No probe'] },
  },
  {
    id: 'c02',
    title: 'the container is healthy, and Swarm missed it: no traffic',
    source: 'https://github.com/moby/moby/issues/33681',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        task: faulty && { Status: { State: 'starting', Message: 'starting', Timestamp: ago('1 h') } },
      }),
    expect: [
      {
        code: 503,
        status: 'starting',
        counts: [0, 1],
        cause: 'start-missed',
        level: 'problem',
        says: ['is healthy', 'it gets no traffic', 'docker service update --force c02'],
      },
      { replica: '1', has: { inRotation: false } },
    ],
  },
  {
    id: 'start-missed-without-check',
    title: 'the container runs without a check, and its task starts for an hour',
    source: 'https://github.com/moby/moby/issues/37067',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        check: null,
        task: faulty && { Status: { State: 'starting', Message: 'starting', Timestamp: ago('1 h') } },
      }),
    expect: { code: 503, counts: [0, 1], cause: 'start-missed', says: ['runs', 'no traffic'] },
  },
  {
    id: 'preparing-and-up',
    title: 'the container is healthy, and its task is listed as being prepared for an hour',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        task: (slot) =>
          faulty && slot === 2
            ? { Status: { State: 'preparing', Message: 'preparing', Timestamp: ago('1 h') } }
            : null,
      }),
    expect: {
      code: 503,
      counts: [1, 2],
      cause: 'start-missed',
      level: 'problem',
      says: ['is healthy', 'it gets no traffic'],
    },
  },
  {
    id: 'checked-each-second',
    title: 'healthy and missed by Swarm, with a check so frequent that its log goes back four seconds alone',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        check: '1 s',
        task: faulty && { Status: { State: 'starting', Message: 'starting', Timestamp: ago('1 h') } },
      }),
    expect: { code: 503, status: 'starting', cause: 'start-missed', says: ['it gets no traffic'] },
  },
  {
    id: 'starting-and-nothing-leads-there',
    title: 'starting for an hour on a node that nothing leads to: nobody can look how far it is',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      if (faulty) swarm.addNode('dark01').isServed = false;
      swarm.service({
        name,
        replicas: 2,
        on: faulty ? ['docker01', 'dark01'] : ['docker01', 'docker02'],
        task: (slot) =>
          faulty && slot === 2
            ? { Status: { State: 'starting', Message: 'starting', Timestamp: ago('1 h') } }
            : null,
      });
    },
    expect: { code: 503, verdict: 'unknown', counts: [1, 2], cause: 'engine-unread' },
  },
  {
    id: 'c07',
    title: 'preparing for days: a pull or a mount hangs',
    source: 'https://github.com/moby/moby/issues/31246',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        task: faulty && waits('preparing', '2 d'),
        container: faulty ? 'none' : null,
      }),
    expect: {
      code: 503,
      status: 'preparing',
      cause: 'preparing-stuck',
      level: 'problem',
      says: ['Being prepared on docker02 for 2 d', 'a pull, a network or a volume hangs'],
    },
  },
  {
    id: 'pull-of-five-minutes',
    title: 'preparing for five minutes: a large image is pulled',
    source: 'https://github.com/moby/moby/issues/34563',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        task: (slot) => faulty && slot === 2 && waits('preparing', '5 min'),
        container: (slot) => (faulty && slot === 2 ? 'none' : null),
      }),
    expect: { code: 200, verdict: 'starting', isWell: true },
  },
  {
    id: 'assigned-for-hours',
    title: 'assigned for hours: the agent never took it',
    source: 'https://github.com/chanzuckerberg/miniwdl/issues/374',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker03'],
        task: faulty && waits('assigned', '4 h'),
        container: faulty ? 'none' : null,
      }),
    expect: { code: 503, cause: 'assigned-stuck', level: 'problem', says: ['docker03', '4 h'] },
  },
  {
    id: 'accepted-for-hours',
    title: 'accepted for hours, of a global service',
    source: 'https://github.com/moby/swarmkit/issues/2344',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        mode: 'global',
        on: ['docker03'],
        task: faulty && waits('accepted', '4 h'),
        container: faulty ? 'none' : null,
      }),
    expect: { code: 503, cause: 'assigned-stuck', level: 'problem' },
  },
  {
    id: 'ready-for-hours',
    title: 'ready for hours, though it should run: the start hangs',
    source: 'https://github.com/moby/moby/issues/28291',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        task: faulty && waits('ready', '2 h'),
        container: faulty && { State: { Status: 'created', Running: false, Health: undefined } },
      }),
    expect: {
      code: 503,
      cause: 'starting-stuck',
      level: 'problem',
      says: ['has not started on docker01 for 2 h'],
    },
  },
  {
    id: 'waits-for-its-turn',
    title: 'a replacement waits for ever for the task before it',
    source: 'https://github.com/moby/moby/issues/28291',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        task: faulty && { ...waits('ready', '1 h'), DesiredState: 'ready' },
        container: faulty && { State: { Status: 'created', Running: false, Health: undefined } },
      }),
    expect: { code: 503, cause: 'waiting-stuck', level: 'problem', says: ['has waited for 1 h'] },
  },
  {
    id: 'c09',
    title: 'new for ever, no error: no address is left',
    source: 'https://github.com/moby/moby/issues/35849',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        task: (slot) =>
          faulty && slot === 2 && { ...waits('new', '4 min', { Message: 'created' }), NodeID: undefined },
        container: (slot) => (faulty && slot === 2 ? 'none' : null),
      }),
    expect: {
      code: 503,
      verdict: 'pending',
      cause: 'allocating-stuck',
      level: 'problem',
      says: [/has not given it an address for [4-9] min/, 'no address is left in its networks'],
    },
  },
  {
    id: 'pending-without-reason',
    title: 'pending for an hour, and the scheduler says nothing',
    source: 'https://github.com/moby/moby/issues/25069',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        task: faulty && { ...waits('pending', '1 h'), NodeID: undefined },
        container: faulty ? 'none' : null,
      }),
    expect: { code: 503, verdict: 'pending', cause: 'scheduling-stuck', level: 'problem', says: ['1 h'] },
  },
  {
    id: 'reason-of-yesterday',
    title: 'insufficient resources, said a day ago; there is room by now',
    source: 'https://github.com/moby/moby/issues/32999',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        service: { Spec: { TaskTemplate: { Resources: { Reservations: { MemoryBytes: 1024 ** 3 } } } } },
        task: faulty && {
          ...waits('pending', '1 d', { Err: 'no suitable node (insufficient resources on 3 nodes)' }),
          NodeID: undefined,
        },
        container: faulty ? 'none' : null,
      }),
    expect: {
      code: 503,
      cause: 'no-suitable-node',
      says: ['Swarm said so 1 d ago', /docker0\d has room for it/],
    },
  },
  {
    id: 'c13',
    title: 'old tasks told to stop days ago still run',
    source: 'https://github.com/moby/moby/issues/41885',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, replicas: 3 });
      if (faulty)
        service.task({
          slot: 1,
          on: 'docker01',
          task: { DesiredState: 'shutdown', CreatedAt: ago('20 d'), UpdatedAt: ago('8 d') },
        });
    },
    expect: {
      code: 503,
      verdict: 'degraded',
      status: 'healthy',
      counts: [3, 3],
      cause: 'task-lingering',
      level: 'problem',
      says: ['1 old replica was told to stop 8 d ago and still runs on docker01', 'may still reach it'],
    },
  },
  {
    id: 'drained-and-still-wanted',
    title: 'a node was drained two hours ago, and Swarm still has a replica run there',
    source: 'https://github.com/moby/moby/issues/42295',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`, {
        node: faulty && {
          UpdatedAt: ago('2 h'),
          Spec: { Labels: {}, Role: 'worker', Availability: 'drain' },
        },
      });
      swarm.service({ name, replicas: 2, on: [`${name}1`, 'docker01'] });
    },
    expect: {
      code: 503,
      counts: [2, 2],
      cause: 'drain-ignored',
      level: 'problem',
      says: [
        'is drained, and Swarm still has 1 replica',
        'for 2 h',
        'docker node update --availability active',
      ],
    },
  },
  {
    id: 'drained-a-moment-ago',
    title: 'a node was drained just now: nothing is wrong',
    source: 'https://github.com/moby/moby/issues/42295',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`, {
        node: faulty && {
          UpdatedAt: ago('10 s'),
          Spec: { Labels: {}, Role: 'worker', Availability: 'drain' },
        },
      });
      swarm.service({ name, replicas: 2, on: [`${name}1`, 'docker01'] });
    },
    expect: { code: 200, counts: [2, 2], never: ['drained, and Swarm'] },
  },
  {
    id: 'told-to-stop-a-moment-ago',
    title: 'told to stop within its grace: nothing is wrong',
    source: 'https://github.com/moby/moby/issues/41885',
    lay({ swarm, name, faulty }) {
      const grace = { Spec: { TaskTemplate: { ContainerSpec: { StopGracePeriod: nanos('10 min') } } } };
      const service = swarm.service({ name, service: grace });
      if (faulty)
        service.task({
          slot: 1,
          on: 'docker01',
          task: { DesiredState: 'shutdown', UpdatedAt: ago('5 min') },
        });
    },
    expect: { code: 200, isWell: true },
  },
  {
    id: 'removed-and-still-there',
    title: 'scaled down hours ago, and the replica is still there',
    source: 'https://github.com/docker/for-linux/issues/494',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name });
      if (faulty)
        service.task({ slot: 2, on: 'docker02', task: { DesiredState: 'remove', UpdatedAt: ago('5 h') } });
    },
    expect: {
      code: 503,
      counts: [1, 1],
      cause: 'stopping-stuck',
      level: 'problem',
      says: ['told to stop 5 h ago', 'docker02'],
      never: ['has not made'],
    },
  },
  {
    id: 'c37a',
    title: 'an update that Swarm never closed, and all of it is done',
    source: 'https://github.com/moby/moby/issues/37493',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        service: faulty && {
          UpdateStatus: { State: 'updating', StartedAt: ago('30 d'), Message: 'update in progress' },
        },
      }),
    expect: {
      code: 200,
      verdict: 'healthy',
      cause: 'update-unclosed',
      level: 'notice',
      says: ['never closed its update of 30 d ago'],
      has: { 'update.outcome': 'succeeded' },
    },
  },
  {
    id: 'c37b',
    title: 'an update that stopped moving with half the replicas old',
    source: 'https://github.com/containrrr/shepherd/issues/93',
    lay({ swarm, name, faulty }) {
      const spec = { ContainerSpec: { Image: 'app:0' }, ForceUpdate: 0, Runtime: 'container' };
      swarm.service({
        name,
        replicas: 4,
        service: faulty && {
          UpdateStatus: { State: 'updating', StartedAt: ago('30 d'), Message: 'update in progress' },
        },
        task: (slot) => ({
          CreatedAt: ago(slot <= 2 ? '30 d' : '60 d'),
          Status: { Timestamp: ago(slot <= 2 ? '30 d' : '60 d') },
          ...(faulty && slot > 2 ? { Spec: spec } : {}),
        }),
      });
    },
    expect: {
      code: 503,
      verdict: 'degraded',
      counts: [4, 4],
      cause: 'update-stuck',
      level: 'problem',
      says: ['The update stopped moving 30 d ago: 2 of 4 replicas still run the old version'],
      has: { 'update.outcome': 'stuck' },
    },
  },
  {
    id: 'c28',
    title: 'the first probe is minutes away: starting is not slow',
    source: 'https://github.com/moby/moby/issues/35126',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        check: '20 min',
        task: faulty && { Status: { State: 'starting', Message: 'starting', Timestamp: ago('90 s') } },
        container: faulty && { State: { StartedAt: ago('90 s'), Health: { Status: 'starting', Log: [] } } },
      }),
    expect: {
      status: 'starting',
      cause: 'starting',
      says: ['its first probe runs 20 min after its start, since its interval is 20 min', 'no traffic'],
      never: ['longer than it ever took', 'No probe', 'Still not healthy'],
    },
  },
];
