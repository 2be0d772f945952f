import type { Case, Expected } from '#e2e/cases/case.ts';
import { toHash } from '#e2e/cases/made-docker/create-made-swarm.ts';
import { probe } from '#e2e/cases/made-docker/times.ts';

/** Well, and said quietly: monitors get 200, nothing is a problem, and the control says nothing of it. */
const quiet = (
  id: string,
  title: string,
  source: string,
  lay: Case['lay'],
  expect: Pick<Expected, 'cause' | 'says'>,
): Case => ({
  id,
  title,
  source,
  lay,
  expect: { code: 200, verdict: 'healthy', isWell: true, level: 'notice', ...expect },
});

const checkOf = (test: string[]) => ({ Config: { Healthcheck: { Test: test } } });

/** What is worth knowing of a service that is well. */
export const CASES: Case[] = [
  quiet(
    'c38-builds',
    'replicas of one service run different builds under one tag',
    'https://github.com/dockersamples/docker-swarm-visualizer/issues/63',
    ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        replicas: 2,
        on: ['docker01', 'docker02'],
        container: (slot) => ({ Image: `sha256:${toHash(faulty && slot === 2 ? 'other' : 'one')}` }),
      }),
    {
      cause: 'builds-differ',
      says: ['2 different builds under the name app:1', 'docker02', toHash('other').slice(0, 12)],
    },
  ),
  quiet(
    'check-that-cannot-fail',
    'a check that ends in || true',
    'docker-facts',
    ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        container: checkOf(['CMD-SHELL', `curl -f http://localhost/ || ${faulty ? 'true' : 'exit 1'}`]),
      }),
    { cause: 'check-flawed', says: ['cannot fail', '|| true'] },
  ),
  quiet(
    'check-of-nothing',
    'a check that asks nothing: exit 0',
    'docker-facts',
    ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        container: checkOf(['CMD-SHELL', faulty ? 'exit 0' : 'test -e /tmp/ready']),
      }),
    { cause: 'check-flawed', says: ['proves nothing', 'exit 0', '--no-healthcheck'] },
  ),
  quiet(
    'check-of-any-answer',
    'curl without -f: an answer of 500 is healthy',
    'docker-facts',
    ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        container: checkOf(['CMD', 'curl', ...(faulty ? ['-s'] : ['-sf']), 'http://localhost/']),
      }),
    { cause: 'check-flawed', says: ['answer of 500', '--fail'] },
  ),
  quiet(
    'check-every-20-minutes',
    'a check that asks every 20 minutes: what hangs is healthy for an hour',
    'docker-facts',
    ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        container: {
          Config: { Healthcheck: { Interval: faulty ? 1_200e9 : 30e9, Timeout: 30e9, Retries: 3 } },
        },
      }),
    { cause: 'check-slow', says: ['only after 1 h 1 min', '3 failed probes', '--health-interval'] },
  ),
  quiet(
    'probe-that-complains',
    'the check passes, and what it printed is an error',
    'docker-facts',
    ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        container: {
          State: {
            Health: {
              Log: [{ ...probe('5 s', 0), Output: faulty ? 'nc: localhost: Connection refused\n' : 'ok\n' }],
            },
          },
        },
      }),
    { cause: 'probe-complains', says: ['docker02', 'Connection refused'] },
  ),
  quiet(
    'process-killed-inside',
    'a worker process is killed for memory, and the container runs on',
    'docker-facts',
    ({ swarm, name, faulty }) =>
      void swarm.service({ name, on: ['docker02'], container: { State: { OOMKilled: faulty } } }),
    { cause: 'process-out-of-memory', says: ['killed for memory', 'docker02'] },
  ),
];
