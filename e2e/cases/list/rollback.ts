import type { Case } from '#e2e/cases/case.ts';
import { ago } from '#e2e/cases/made-docker/times.ts';

const updated = (state: string, message: string, completed = true) => ({
  UpdateStatus: {
    State: state,
    StartedAt: ago('20 min'),
    ...(completed ? { CompletedAt: ago('18 min') } : {}),
    Message: message,
  },
});

/** A rollback is told, and so is every other end of an update. */
export const CASES: Case[] = [
  {
    id: 'rolled-back',
    title: 'the last deploy failed and was rolled back: the service is well, and both are said',
    source: 'https://github.com/docker/cli/issues/6752',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        service: faulty && updated('rollback_completed', 'rollback completed'),
      }),
    expect: {
      code: 200,
      verdict: 'healthy',
      cause: 'update-rolled-back',
      level: 'notice',
      says: ['Its last update was rolled back'],
      has: { 'update.outcome': 'rolled-back', 'update.state': 'rollback_completed' },
    },
  },
  {
    id: 'rollback-stuck',
    title: 'the way back stopped moving: what is left of the failed version is not called old',
    source: 'https://github.com/moby/moby/issues/37493',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 4,
        service: faulty && {
          UpdateStatus: { State: 'rollback_started', StartedAt: ago('3 d'), Message: 'rolling back' },
        },
        task: (slot) =>
          faulty &&
          slot > 2 && { Spec: { ContainerSpec: { Image: 'app:2' }, ForceUpdate: 0, Runtime: 'container' } },
      }),
    expect: {
      code: 503,
      counts: [4, 4],
      cause: 'update-stuck',
      says: ['2 of 4 replicas still run the version that it goes back from'],
      never: [/old version/, /docker service rollback/],
    },
  },
  {
    id: 'update-paused',
    title: 'the deploy failed and waits for somebody',
    source: 'https://github.com/moby/moby/issues/37493',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        service:
          faulty && updated('paused', 'update paused due to failure or early termination of task abc', false),
      }),
    expect: {
      code: 503,
      cause: 'update-paused',
      level: 'problem',
      says: ['paused because a new task failed'],
      has: { 'update.outcome': 'paused' },
    },
  },
  {
    id: 'update-succeeded',
    title: 'a deploy that is done',
    source: 'https://github.com/docker/cli/issues/6752',
    lay: ({ swarm, name }) => void swarm.service({ name, service: updated('completed', 'update completed') }),
    expect: { code: 200, isWell: true, has: { 'update.outcome': 'succeeded' } },
    control: null,
  },
];
