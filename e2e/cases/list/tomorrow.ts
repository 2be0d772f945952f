import type { Case, Lay } from '#e2e/cases/case.ts';
import { ago, later } from '#e2e/cases/made-docker/times.ts';

const spec = (image: string) => ({ ContainerSpec: { Image: image }, ForceUpdate: 0, Runtime: 'container' });
const ahead = { CreatedAt: later('3 h'), UpdatedAt: later('3 h') };

/** All of them were written by a clock that was hours ahead, and has been put right since. */
export const CASES: Case[] = [
  {
    id: 'drained-tomorrow',
    title: 'a node is drained, and its replica stays: the leader’s clock was hours ahead then',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      swarm.addNode(`${name}1`, {
        node: {
          UpdatedAt: later('5 h'),
          Spec: { Labels: {}, Role: 'worker', Availability: faulty ? 'drain' : 'active' },
        },
      });
      swarm.service({ name, replicas: 2, on: [`${name}1`, 'docker01'], task: ahead });
    },
    expect: { code: 503, counts: [2, 2], cause: 'drain-ignored', level: 'problem', says: ['is drained'] },
  },
  {
    id: 'scaled-down-tomorrow',
    title: 'scaled down to two, and three run: both written by a clock that was ahead',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 3,
        service: { UpdatedAt: later('4 h'), Spec: { Mode: { Replicated: { Replicas: faulty ? 2 : 3 } } } },
        task: ahead,
      }),
    expect: { code: 503, cause: 'slot-doubled', level: 'problem' },
  },
  {
    id: 'updated-tomorrow',
    title: 'an update that was completed tomorrow left a replica on the old image',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 3,
        service: {
          UpdatedAt: later('2 h'),
          UpdateStatus: {
            State: 'completed',
            StartedAt: later('1 h'),
            CompletedAt: later('2 h'),
            Message: 'update completed',
          },
        },
        task: (slot) => ({ ...ahead, ...(faulty && slot === 2 ? { Spec: spec('app:0') } : {}) }),
      }),
    expect: { code: 503, cause: 'version-old', level: 'problem', says: ['runs app:0'] },
  },
  {
    id: 'updating-since-tomorrow',
    title: 'an update that began tomorrow moves nothing',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 4,
        service: faulty && {
          UpdatedAt: later('6 h'),
          UpdateStatus: { State: 'updating', StartedAt: later('6 h'), Message: 'update in progress' },
        },
        task: (slot) => faulty && slot > 2 && { Spec: spec('app:0') },
      }),
    expect: {
      code: 503,
      says: ['stopped moving', '2 of 4 replicas still run the old version'],
      has: { 'update.outcome': 'stuck' },
    },
  },
  {
    id: 'stopped-tomorrow',
    title: 'an old task was told to stop tomorrow, and runs on',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name, task: ahead });
      if (!faulty) return;
      service.task({ slot: 1, on: 'docker02', task: { DesiredState: 'shutdown', UpdatedAt: later('4 h') } });
    },
    expect: { code: 503, counts: [1, 1], cause: 'task-lingering', says: ['docker02'] },
  },
  {
    id: 'forgotten-since-tomorrow',
    title: 'a forgotten container that was started tomorrow, by its engine’s clock of then',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const started = { State: { StartedAt: later('7 h') } };
      const service = swarm.service({ name, container: { Created: later('7 h'), ...started } });
      if (!faulty) return;
      service.task({ slot: 2, on: 'docker03', container: { Created: later('7 h'), ...started } });
      service.tasks.pop();
    },
    expect: { code: 503, counts: [1, 1], cause: 'container-forgotten', says: ['docker03'] },
  },
  {
    id: 'ended-tomorrow',
    title: 'a task ended tomorrow, and its container runs on',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({ name });
      if (!faulty) return;
      service.task({
        slot: 1,
        on: 'docker02',
        task: {
          DesiredState: 'shutdown',
          UpdatedAt: later('4 h'),
          Status: { State: 'failed', Err: 'task: non-zero exit (1)', Timestamp: later('4 h') },
        },
      });
    },
    expect: { code: 503, cause: 'container-forgotten', says: ['docker02'] },
  },
  {
    id: 'remade-after-tomorrow',
    title: 'the task before was made tomorrow and completed, the last one failed by the clock put right',
    source: 'ours',
    lay({ swarm, name, faulty }) {
      const service = swarm.service({
        name,
        replicas: 0,
        service: {
          Spec: {
            Mode: { Replicated: { Replicas: 1 } },
            TaskTemplate: { RestartPolicy: { Condition: 'none' } },
          },
        },
      });
      const end = (state: string, code: number, at: string) => ({
        CreatedAt: at,
        UpdatedAt: at,
        DesiredState: 'shutdown',
        Status: { State: state, Timestamp: at, ContainerStatus: { ContainerID: '', PID: 0, ExitCode: code } },
      });
      const place = { slot: 1, on: 'docker01', container: 'none' } as const;
      service.task({ ...place, task: { ...end('complete', 0, later('3 h')), Version: { Index: 210 } } });
      if (!faulty) return void service.task({ slot: 1, on: 'docker01' });
      service.task({ ...place, task: { ...end('failed', 3, ago('1 h')), Version: { Index: 220 } } });
    },
    expect: { code: 503, says: ['ended with exit 3'] },
  },
  {
    id: 'made-tomorrow',
    title: 'a service was made tomorrow, and has no task',
    source: 'ours',
    lay: (lay) => layWithoutTasks(lay),
    expect: { code: 503, says: ['Swarm has made none of its 2 replicas'] },
  },
  {
    id: 'preparing-since-tomorrow',
    title: 'a task is being prepared since tomorrow, its manager wrote an hour ago',
    source: 'ours',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        task: faulty && {
          UpdatedAt: ago('1 h'),
          CreatedAt: later('9 h'),
          Status: {
            State: 'preparing',
            Message: 'preparing',
            Timestamp: later('9 h'),
            ContainerStatus: null,
          },
        },
        container: faulty ? 'none' : {},
      }),
    expect: { code: 503, says: ['Being prepared on docker01'] },
  },
];

function layWithoutTasks({ swarm, name, faulty }: Lay): void {
  swarm.service({
    name,
    replicas: faulty ? 0 : 2,
    service: {
      CreatedAt: later('3 h'),
      UpdatedAt: later('3 h'),
      Spec: { Mode: { Replicated: { Replicas: 2 } } },
    },
  });
}
