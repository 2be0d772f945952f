import type { Case } from '#e2e/cases/case.ts';
import { addLabel } from '#e2e/cases/made-docker/create-made-swarm.ts';
import { ago, probe } from '#e2e/cases/made-docker/times.ts';

/** What Swarm never made, never started, or keeps where nothing is any more. */
export const CASES: Case[] = [
  {
    id: 'never-made',
    title: 'a service without a single task, since weeks: its orchestrator has stopped',
    source: 'https://github.com/docker-archive-public/docker.machine/issues/4485',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: faulty ? 0 : 2,
        service: faulty && { Spec: { Mode: { Replicated: { Replicas: 2 } } } },
      }),
    expect: {
      code: 503,
      verdict: 'down',
      counts: [0, 2],
      cause: 'replicas-missing',
      level: 'problem',
    },
  },
  {
    id: 'made-a-moment-ago',
    title: 'a service that is a few seconds old: Swarm is making its replicas',
    source: 'docker-facts',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: faulty ? 0 : 1,
        // As old whenever it is looked at.
        service: faulty && {
          Spec: { Mode: { Replicated: { Replicas: 1 } } },
          UpdatedAt: new Date(Date.now() + 600_000).toISOString(),
        },
      }),
    expect: { code: 503, verdict: 'starting', isWell: true },
  },
  {
    id: 'job-never-made',
    title: 'a job that was to run weeks ago, and of which no task was made',
    source: 'https://github.com/docker-archive-public/docker.machine/issues/4485',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: faulty ? 0 : 1,
        check: null,
        service: {
          Spec: {
            Mode: { Replicated: undefined, ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } },
          },
          JobStatus: { JobIteration: { Index: 5 } },
        },
        task: {
          JobIteration: { Index: 5 },
          DesiredState: 'complete',
          Status: { State: 'complete', Message: 'finished' },
        },
        container: 'none',
      }),
    expect: { code: 503, verdict: 'degraded', cause: 'replicas-missing', level: 'problem' },
    control: { code: 200, verdict: 'idle', isWell: true },
  },
  {
    id: 'job-no-more',
    title: 'a job of three is done once, and since an hour Swarm makes no more tasks of it',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: faulty ? 1 : 3,
        check: null,
        service: {
          Spec: {
            Mode: { Replicated: undefined, ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 3 } },
          },
          JobStatus: { JobIteration: { Index: 5 } },
        },
        task: {
          JobIteration: { Index: 5 },
          DesiredState: 'complete',
          UpdatedAt: ago('1 h'),
          Status: { State: 'complete', Message: 'finished', Timestamp: ago('1 h') },
        },
        container: 'none',
      }),
    expect: {
      code: 503,
      verdict: 'degraded',
      cause: 'replicas-missing',
      level: 'problem',
      says: ['makes no more tasks of it, though only 1 of 3 is done'],
    },
    control: { code: 200, verdict: 'idle', isWell: true },
  },
  {
    id: 'global-left-out',
    title: 'a node joined, and Swarm made no task of a global service on it',
    source: 'https://github.com/moby/swarmkit/pull/1570',
    lay({ swarm, name, faulty }) {
      swarm.service({ name, mode: 'global', on: ['docker01', 'docker02'] });
      const host = swarm.addNode(`${name}-new`);
      if (faulty) addLabel(host, `runs-${name}`);
    },
    expect: {
      code: 503,
      counts: [2, 3],
      cause: 'node-left-out',
      level: 'problem',
      says: ['no replica on global-left-out-new'],
    },
    control: { code: 200, counts: [2, 2], verdict: 'healthy', isWell: true },
  },
  {
    id: 'global-stopped-and-none',
    title: 'Swarm stopped the task of a global service on one node, and made no other',
    source: 'https://github.com/moby/moby/issues/34001',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        mode: 'global',
        task: (place) =>
          faulty &&
          place === 2 && {
            DesiredState: 'shutdown',
            UpdatedAt: ago('2 h'),
            Status: { State: 'shutdown', Message: 'shutdown', Timestamp: ago('2 h') },
          },
        container: (place) => (faulty && place === 2 ? 'none' : null),
      }),
    expect: {
      code: 503,
      counts: [2, 3],
      cause: 'node-left-out',
      level: 'problem',
      says: ['no replica on docker02'],
    },
  },
  {
    id: 'stopped-and-none',
    title: 'the same of a replicated service: its replica is not stopping any more',
    source: 'https://github.com/moby/moby/issues/34001',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        task: (slot) =>
          faulty &&
          slot === 2 && {
            DesiredState: 'shutdown',
            UpdatedAt: ago('2 h'),
            Status: { State: 'shutdown', Message: 'shutdown', Timestamp: ago('2 h') },
          },
        container: (slot) => (faulty && slot === 2 ? 'none' : null),
      }),
    expect: [
      { code: 503, counts: [1, 2], cause: 'replicas-missing', level: 'problem' },
      { replica: '2', says: ['It was stopped, and Swarm has started no other'], never: [/stops it/] },
    ],
  },
  {
    id: 'global-of-a-paused-node',
    title: 'a node that is paused, drained or just joined is not left out',
    source: 'docker-facts',
    lay({ swarm, name, faulty }) {
      swarm.service({ name, mode: 'global', on: ['docker01', 'docker02'] });
      if (!faulty) return;
      for (const availability of ['pause', 'drain'])
        addLabel(
          swarm.addNode(`${name}-${availability}`, { node: { Spec: { Availability: availability } } }),
          `runs-${name}`,
        );
      const inTenMinutes = new Date(Date.now() + 600_000).toISOString();
      addLabel(swarm.addNode(`${name}-new`, { node: { UpdatedAt: inTenMinutes } }), `runs-${name}`);
    },
    expect: { code: 200, counts: [2, 2], verdict: 'healthy', isWell: true },
  },
  {
    id: 'created-and-called-running',
    title: 'Swarm says that it runs, and its container was never started',
    source: 'https://github.com/moby/swarmkit/issues/2273',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        container: faulty && {
          State: {
            Status: 'created',
            Running: false,
            StartedAt: '0001-01-01T00:00:00Z',
            Health: undefined,
          },
        },
      }),
    expect: {
      code: 503,
      status: 'unknown',
      cause: 'container-missing',
      level: 'problem',
      says: ['never started its container', 'docker service update --force'],
      never: ['reports neither'],
    },
  },
  {
    id: 'prepared-on-a-gone-node',
    title: 'it is being prepared on a node that is no longer in the swarm',
    source: 'https://github.com/moby/moby/issues/37320',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        task: faulty && {
          NodeID: 'gonegonegonegonegonegone1',
          Status: {
            State: 'preparing',
            Message: 'preparing',
            Timestamp: ago('3 min'),
            ContainerStatus: null,
          },
        },
        container: faulty ? 'none' : {},
      }),
    expect: {
      code: 503,
      status: 'lost',
      cause: 'node-gone',
      says: ['no longer in the swarm', 'is being prepared'],
    },
  },
  {
    id: 'streak-left-out',
    title: 'an answer without the number of failed probes, whose log shows them',
    source: 'https://github.com/podman-container-tools/podman/issues/13083',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        container: faulty && {
          State: { Health: { FailingStreak: undefined, Log: [probe('40 s', 1), probe('9 s', 1)] } },
        },
      }),
    expect: { code: 503, status: 'failing', says: ['Failed 2 of 3 probes'] },
  },
  {
    id: 'two-faults-one-hint',
    title: 'one replica waits for a node, another fails its probes: what helps one is not said of the other',
    source: 'https://github.com/moby/moby/issues/25069',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        on: ['docker02', 'docker03'],
        check: '1 min',
        task: (slot) =>
          faulty &&
          slot === 1 && {
            NodeID: undefined,
            Status: {
              State: 'pending',
              Err: 'no suitable node (insufficient resources on 3 nodes)',
              Timestamp: ago('1 min'),
              ContainerStatus: null,
            },
          },
        container: (slot) => {
          if (!faulty) return null;
          if (slot === 1) return 'none';
          return { State: { Health: { FailingStreak: 2, Log: [probe('64 s', 1), probe('4 s', 1)] } } };
        },
      }),
    expect: [
      { code: 503, verdict: 'pending', has: { hint: null } },
      { replica: '2', says: ['docker exec -it'] },
    ],
  },
];
