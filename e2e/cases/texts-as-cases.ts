import type { Json } from '#e2e/cases/made-docker/patch.ts';
import { probe } from '#e2e/cases/made-docker/times.ts';
import type { Case, Expected } from './case.ts';

/** What is wrong with the one task of a service, on docker02. */
interface Fault {
  service?: Json;
  task?: Json;
  /** `none`: it has no container. */
  container: Json | 'none';
}

/** A service of one replica that has this fault, with what must be said of it. */
export function toCase(id: string, title: string, source: string, fault: Fault, expect: Expected): Case {
  return {
    id,
    title,
    source,
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        on: ['docker02'],
        service: faulty && (fault.service ?? {}),
        task: faulty && (fault.task ?? {}),
        container: faulty && fault.container,
      }),
    expect,
  };
}

/** A task that a node refused, or that could not be started, with what Docker says of it. */
export function refused(
  id: string,
  title: string,
  source: string,
  error: string,
  expect: Pick<Expected, 'cause' | 'says' | 'never'>,
  service: Json = {},
): Case {
  const task = {
    DesiredState: 'shutdown',
    Status: { State: 'rejected', Message: 'preparing', Err: error, ContainerStatus: null },
  };
  return toCase(
    id,
    title,
    source,
    { service, task, container: 'none' },
    { code: 503, verdict: 'down', status: 'failed', level: 'problem', ...expect },
  );
}

/** Probes that fail with this output, two in a row of three. */
export function failing(
  id: string,
  title: string,
  source: string,
  last: { exitCode: number; output: string; test?: string[] },
  expect: Pick<Expected, 'cause' | 'says' | 'never'>,
): Case {
  const entries = ['11 min', '1 min'].map((age) => ({ ...probe(age, last.exitCode), Output: last.output }));
  const container = {
    Config: last.test === undefined ? {} : { Healthcheck: { Test: last.test } },
    State: { Health: { FailingStreak: 2, Log: entries } },
  };
  return toCase(
    id,
    title,
    source,
    { container },
    { code: 503, verdict: 'failing', status: 'failing', level: 'problem', ...expect },
  );
}
