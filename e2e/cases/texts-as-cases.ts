import type { Case, Expected } from '#e2e/cases/case.ts';
import type { Json } from '#e2e/cases/made-docker/patch.ts';
import { probe } from '#e2e/cases/made-docker/times.ts';

/** A task that a node refused, or that could not be started, with what Docker says of it. */
export function refused(
  id: string,
  title: string,
  source: string,
  error: string,
  expect: Pick<Expected, 'cause' | 'says' | 'never'>,
  service: Json = {},
): Case {
  return {
    id,
    title,
    source,
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        service: faulty && service,
        task: faulty && {
          DesiredState: 'shutdown',
          Status: { State: 'rejected', Message: 'preparing', Err: error, ContainerStatus: null },
        },
        container: faulty && 'none',
      }),
    expect: { code: 503, verdict: 'down', status: 'failed', level: 'problem', ...expect },
  };
}

/** Probes that fail with this output, two in a row of three. */
export function failing(
  id: string,
  title: string,
  source: string,
  last: { exitCode: number; output: string; test?: string[] },
  expect: Pick<Expected, 'cause' | 'says' | 'never'>,
): Case {
  const entries = ['40 s', '9 s'].map((age) => ({ ...probe(age, last.exitCode), Output: last.output }));
  return {
    id,
    title,
    source,
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        container: faulty && {
          Config: last.test === undefined ? {} : { Healthcheck: { Test: last.test } },
          State: { Health: { FailingStreak: 2, Log: entries } },
        },
      }),
    expect: { code: 503, verdict: 'failing', status: 'failing', level: 'problem', ...expect },
  };
}
