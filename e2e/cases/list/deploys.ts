import type { Case } from '#e2e/cases/case.ts';
import { ago } from '#e2e/cases/made-docker/times.ts';

const update = (state: string, message: string, started = '20 min', completed: string | null = '18 min') => ({
  UpdateStatus: {
    State: state,
    StartedAt: ago(started),
    ...(completed === null ? {} : { CompletedAt: ago(completed) }),
    Message: message,
  },
});

/** How a deploy ended, for whoever waits for it. */
export const CASES: Case[] = [
  {
    id: 'deploy-called-done',
    title: 'the new image failed, the old one serves, and the pipeline is green',
    source: 'https://github.com/Dokploy/dokploy/issues/3987',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        service: faulty && update('rollback_completed', 'rollback completed', '9 min', '8 min'),
      });
      if (faulty)
        service.task({
          slot: 1,
          on: 'docker01',
          task: {
            CreatedAt: ago('9 min'),
            UpdatedAt: ago('8 min'),
            DesiredState: 'shutdown',
            Status: {
              State: 'failed',
              Message: 'started',
              Err: 'task: non-zero exit (1)',
              Timestamp: ago('8 min'),
            },
          },
          container: 'none',
        });
    },
    expect: {
      code: 200,
      counts: [1, 1],
      cause: 'update-rolled-back',
      level: 'notice',
      says: ['Its last update was rolled back'],
      has: { 'update.outcome': 'rolled-back' },
    },
  },
  {
    id: 'start-first-under-way',
    title: 'a start-first update is under way: the new task starts beside the old one, and nothing failed',
    source: 'https://github.com/DevinoSolutions/dokploy-community/pull/184',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        check: '5 min',
        service: faulty && {
          ...update('updating', 'update in progress', '5 s', null),
          UpdatedAt: ago('5 s'),
          Spec: {
            TaskTemplate: { ContainerSpec: { Image: 'app:2' } },
            UpdateConfig: { Parallelism: 1, Order: 'start-first' },
          },
        },
        task: faulty && { Spec: { ContainerSpec: { Image: 'app:1' }, ForceUpdate: 0, Runtime: 'container' } },
      });
      if (faulty)
        service.task({
          slot: 1,
          on: 'docker02',
          task: {
            CreatedAt: ago('5 s'),
            Status: { State: 'starting', Message: 'starting', Timestamp: ago('4 s') },
          },
          container: {
            Created: ago('4 s'),
            State: { StartedAt: ago('4 s'), Health: { Status: 'starting', FailingStreak: 0, Log: [] } },
          },
        });
    },
    expect: { code: 200, counts: [1, 1], isWell: true, has: { 'update.outcome': 'running' } },
  },
  {
    id: 'called-done-and-killed',
    title: 'Swarm watched each new task for 5 s and called the update done; their check kills them since',
    source: 'https://github.com/Eldara-Tech/swarmcli/issues/475',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        check: '5 min',
        service: faulty && update('completed', 'update completed', '10 min', '9 min'),
        task: faulty && {
          CreatedAt: ago('40 s'),
          Status: { State: 'starting', Message: 'starting', Timestamp: ago('30 s') },
        },
        container: faulty && {
          State: { StartedAt: ago('30 s'), Health: { Status: 'starting', FailingStreak: 0, Log: [] } },
        },
      });
      for (const age of faulty ? ['8 min', '6 min', '4 min', '1 min'] : [])
        service.task({
          slot: 1,
          on: 'docker01',
          task: {
            CreatedAt: ago(age),
            DesiredState: 'shutdown',
            Status: {
              State: 'failed',
              Message: 'starting',
              Err: 'task: non-zero exit (137): dockerexec: unhealthy container',
              Timestamp: ago(age),
            },
          },
          container: 'none',
        });
    },
    expect: { code: 503, counts: [0, 1], level: 'problem', says: [/health/], never: [/is healthy/] },
  },
  {
    id: 'rolling-back',
    title: 'it is being rolled back at this moment',
    source: 'https://github.com/coollabsio/coolify/issues/1856',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        service:
          faulty &&
          update(
            'rollback_started',
            'update rolled back due to failure or early termination of task 8jej8t73el7cgty3t5s4l6gwp',
            '20 s',
            null,
          ),
      }),
    expect: { counts: [2, 2], says: [/roll(ed|ing) back/i], never: [/update succeeded/i] },
  },
  {
    id: 'rollback-stands-still',
    title: 'the way back failed, too, and waits for somebody',
    source: 'https://github.com/docker/cli/pull/6756',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        service:
          faulty &&
          update(
            'rollback_paused',
            'rollback paused due to failure or early termination of task 8jej8t73el7cgty3t5s4l6gwp',
            '20 min',
            null,
          ),
      }),
    expect: { code: 503, level: 'problem', says: [/rollback/i], has: { 'update.state': 'rollback_paused' } },
  },
  {
    id: 'stopped-of-twelve',
    title: 'an update of twelve replicas stopped for one that failed',
    source: 'https://github.com/moby/moby/issues/34245',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 12,
        service:
          faulty &&
          update('paused', 'update paused due to failure or early termination of task abc', '2 h', null),
        task: (slot) =>
          faulty &&
          slot > 3 && { Spec: { ContainerSpec: { Image: 'app:0' }, ForceUpdate: 0, Runtime: 'container' } },
      }),
    expect: {
      code: 503,
      counts: [12, 12],
      cause: 'update-paused',
      level: 'problem',
      has: { 'update.outcome': 'paused' },
    },
  },
  {
    id: 'all-failed',
    title: 'every task of a service failed, and it is called healthy elsewhere',
    source: 'https://github.com/moghtech/komodo/issues/1061',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        service: { Spec: { TaskTemplate: { RestartPolicy: { Condition: 'none' } } } },
        task: faulty && {
          DesiredState: 'shutdown',
          Status: {
            State: 'failed',
            Message: 'started',
            Err: 'task: non-zero exit (1)',
            ContainerStatus: { ExitCode: 1 },
          },
        },
        container: faulty ? 'none' : null,
      }),
    expect: { code: 503, verdict: 'down', counts: [0, 2], status: 'failed', says: ['exit 1'] },
  },
  {
    id: 'former-tasks-complete',
    title: 'tasks of earlier versions are complete and told to shut down: all is well',
    source: 'https://github.com/moghtech/komodo/issues/1469',
    lay({ swarm, name }) {
      const service = swarm.service({ name, replicas: 2, service: update('completed', 'update completed') });
      for (const slot of [1, 2])
        for (const hours of [5, 9])
          service.task({
            slot,
            on: 'docker02',
            task: {
              CreatedAt: ago(`${hours + 5} h`),
              UpdatedAt: ago(`${hours} h`),
              DesiredState: 'shutdown',
              Status: { State: 'complete', Message: 'finished', Timestamp: ago(`${hours} h`) },
            },
            container: 'none',
          });
    },
    expect: { code: 200, verdict: 'healthy', counts: [2, 2], isWell: true },
    control: null,
  },
  {
    id: 'job-of-two-leaders',
    title: 'a job that a former leader started again: more tasks than it asks for, and it is done',
    source: 'https://github.com/moby/moby/issues/53632',
    lay({ swarm, name }) {
      const done = {
        JobIteration: { Index: 100 },
        DesiredState: 'complete',
        Status: { State: 'complete', Message: 'finished', Timestamp: ago('1 h') },
      };
      const service = swarm.service({
        name,
        replicas: 2,
        service: {
          JobStatus: { JobIteration: { Index: 100 }, LastExecution: ago('2 h') },
          Spec: {
            Mode: { Replicated: undefined, ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 2 } },
          },
        },
        task: done,
        container: 'none',
      });
      for (const slot of [1, 2])
        service.task({ slot, on: 'docker03', task: { ...done, CreatedAt: ago('2 h') }, container: 'none' });
    },
    expect: { code: 200, isWell: true, never: [/2 tasks of/] },
    control: null,
  },
];
