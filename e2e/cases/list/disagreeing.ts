import type { Case } from '#e2e/cases/case.ts';
import { ago } from '#e2e/cases/made-docker/times.ts';

const down = (since: string) => ({
  UpdatedAt: ago(since),
  Status: { State: 'down', Message: 'heartbeat failure' },
});

/** The manager and the engines are held against each other. */
export const CASES: Case[] = [
  {
    id: 'c14',
    title: 'the task failed, and its container runs on',
    source: 'https://github.com/moby/moby/issues/42815',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, replicas: 2 });
      if (faulty)
        service.task({
          slot: 2,
          on: 'docker02',
          task: {
            DesiredState: 'shutdown',
            CreatedAt: ago('9 h'),
            Status: { State: 'failed', Err: 'No such container', Timestamp: ago('5 h') },
          },
        });
    },
    expect: [
      {
        code: 503,
        status: 'healthy',
        counts: [2, 2],
        cause: 'container-forgotten',
        level: 'problem',
        says: [
          'A forgotten container of c14.2 still runs on docker02',
          'Swarm does not know it',
          'docker rm -f',
        ],
      },
      { node: 'docker02', cause: 'containers-forgotten', says: ['that Swarm does not know'] },
    ],
  },
  {
    id: 'forgotten-of-no-task',
    title: 'scaled down: the task is gone, the container is still there',
    source: 'https://github.com/moby/moby/issues/35107',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name });
      if (!faulty) return;
      service.task({ slot: 2, on: 'docker03' });
      // The manager lists it no longer.
      service.tasks.pop();
    },
    expect: { code: 503, counts: [1, 1], cause: 'container-forgotten', says: ['docker03'] },
  },
  {
    id: 'container-of-no-service',
    title: 'the service was removed, its container runs on',
    source: 'https://github.com/moby/moby/issues/39028',
    lay({ swarm, name, faulty }) {
      if (!faulty) return void swarm.service({ name });
      swarm.addNode('left-behind');
      swarm.service({ name: `${name}-gone`, on: ['left-behind'] });
      // Both its service and its task are listed no longer.
      swarm.services.pop();
      swarm.service({ name, on: ['left-behind'] });
    },
    expect: { code: 200, isWell: true },
  },
  {
    id: 'container-missing',
    title: 'Swarm says running, and the engine has no such container',
    source: 'https://github.com/moby/moby/issues/34280',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, replicas: 2, on: ['docker01', 'docker02'] });
      const { on, containerId } = service.tasks[1] ?? {};
      if (faulty && containerId) on?.containers.delete(containerId);
    },
    expect: {
      code: 503,
      counts: [1, 2],
      cause: 'container-missing',
      level: 'problem',
      says: ['The engine of docker02 has no container of it'],
    },
  },
  {
    id: 'c16',
    title: 'down for Swarm, and the engine answers: two copies run',
    source: 'https://github.com/moby/swarmkit/issues/1741',
    lay({ swarm, name, faulty }) {
      if (faulty) swarm.addNode('cut01', { node: down('10 min') });
      const service = swarm.service({ name, replicas: 1, on: ['docker01'] });
      if (faulty)
        service.task({
          slot: 1,
          on: 'cut01',
          task: { DesiredState: 'shutdown', CreatedAt: ago('20 d'), UpdatedAt: ago('10 min') },
        });
      swarm.service({
        name: `${name}-each`,
        mode: 'global',
        on: faulty ? ['docker01', 'cut01'] : ['docker01'],
        task: (place) => faulty && place === 2 && { DesiredState: 'shutdown' },
      });
    },
    expect: [
      {
        node: 'cut01',
        cause: 'node-cut-off',
        level: 'problem',
        says: ['Down for Swarm (heartbeat failure), but its engine answers', '2377'],
      },
      {
        code: 503,
        counts: [1, 1],
        cause: 'copy-running',
        because: 'node-cut-off',
        says: ['still runs healthy there, besides its replacement', 'two copies'],
      },
      {
        service: 'c16-each',
        code: 503,
        says: ['Swarm counts it as lost', 'still runs healthy on cut01'],
        never: ['comes back with the node'],
      },
    ],
  },
  {
    id: 'slot-doubled',
    title: 'two tasks run as one replica, and no update made them',
    source: 'https://github.com/moby/moby/issues/37654',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, replicas: 2 });
      if (faulty)
        service.task({
          slot: 2,
          on: 'docker03',
          task: { CreatedAt: ago('2 h'), Status: { Timestamp: ago('2 h') } },
        });
    },
    expect: {
      code: 503,
      counts: [2, 2],
      cause: 'slot-doubled',
      level: 'problem',
      says: ['2 tasks of slot-doubled as replica 2', 'docker03'],
    },
  },
  {
    id: 'global-doubled',
    title: 'a global service has two tasks on one node',
    source: 'https://github.com/moby/moby/issues/36380',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, mode: 'global' });
      if (faulty) service.task({ on: 'docker02' });
    },
    expect: {
      code: 503,
      counts: [3, 3],
      cause: 'slot-doubled',
      says: ['2 tasks of global-doubled on docker02'],
    },
  },
  {
    id: 'exited-and-called-running',
    title: 'a container ended hours ago, and Swarm still lists its task as running',
    source: 'https://github.com/moby/moby/issues/36710',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        container: faulty && {
          State: { Status: 'exited', Running: false, Pid: 0, ExitCode: 0, FinishedAt: ago('2 h') },
        },
      }),
    expect: {
      code: 503,
      counts: [0, 1],
      cause: 'container-missing',
      level: 'problem',
      says: [
        'Its container on docker02 ended 2 h ago with exit 0, though Swarm says that it runs',
        '--force',
      ],
    },
  },
  {
    id: 'more-than-wanted',
    title: 'a service was scaled down, and Swarm goes on running all that there were',
    source: 'https://github.com/moby/moby/issues/27382',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 3,
        service: faulty && { UpdatedAt: ago('2 h'), Spec: { Mode: { Replicated: { Replicas: 2 } } } },
      }),
    expect: {
      code: 503,
      cause: 'slot-doubled',
      level: 'problem',
      says: ['3 replicas of more-than-wanted run for 2 h, where 2 are wanted', 'docker service scale'],
    },
  },
  {
    id: 'updated-and-old',
    title: 'an update is called completed, and one replica still runs the image from before',
    source: 'https://github.com/moby/moby/issues/37913',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        service: {
          UpdatedAt: ago('2 h'),
          UpdateStatus: { State: 'completed', StartedAt: ago('2 h'), CompletedAt: ago('2 h') },
        },
        task: (slot) => faulty && slot === 2 && { Spec: { ContainerSpec: { Image: 'app:0' } } },
      }),
    expect: {
      code: 503,
      cause: 'version-old',
      level: 'problem',
      says: ['Swarm sees nothing to update, and replica 2 on', 'runs app:0, where', '--force'],
    },
  },
  {
    id: 'times-of-a-new-leader',
    title: 'a task is newer than its container, since its node was away for a while: all is well',
    source: 'https://github.com/moby/moby/issues/43049',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        task: faulty && { Status: { Timestamp: ago('2 d') } },
        container: faulty && { Created: ago('21 d'), State: { StartedAt: ago('21 d') } },
      }),
    expect: { code: 200, isWell: true },
  },
  {
    id: 'node-gone',
    title: 'running on a node that is no longer in the swarm',
    source: 'https://github.com/moby/moby/issues/37320',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        task: (slot) => faulty && slot === 2 && { NodeID: 'qqqqqqqqqqqqqqqqqqqqqqqqq' },
        container: (slot) => (faulty && slot === 2 ? 'none' : null),
      }),
    expect: {
      code: 503,
      counts: [1, 2],
      cause: 'node-gone',
      level: 'problem',
      says: ['no longer in the swarm'],
      never: ['leads to the engine'],
    },
  },
];
