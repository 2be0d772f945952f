import { describe, expect, it } from 'vitest';
import { project } from './project.ts';
import { CONTAINER, INFO, SUMMARY } from './shapes.ts';

describe('what is left of an answer', () => {
  it('keeps what is named and nothing that a later engine adds', () => {
    const given = {
      Id: 'c1',
      Args: ['planted'],
      Config: {
        Image: 'app:1',
        Env: ['A=planted'],
        Cmd: ['planted'],
        Labels: { mine: 'planted', 'com.docker.swarm.task.id': 't1' },
      },
      State: {
        Status: 'running',
        Pid: 7,
        Health: {
          Status: 'healthy',
          FailingStreak: 0,
          Log: [{ ExitCode: 0, Output: 'ok', More: 'planted' }],
        },
      },
      Mounts: [{ Source: '/planted' }],
    };
    expect(project(given, CONTAINER)).toEqual({
      Id: 'c1',
      Config: { Image: 'app:1', Labels: { 'com.docker.swarm.task.id': 't1' } },
      State: {
        Status: 'running',
        Health: { Status: 'healthy', FailingStreak: 0, Log: [{ ExitCode: 0, Output: 'ok' }] },
      },
    });
  });

  it.each([
    ['an object where a scalar should be', { Id: { planted: true } }, {}],
    ['a scalar where an object should be', { Labels: 'planted', Health: 1 }, {}],
    ['a list where an object should be', { Labels: ['planted'] }, {}],
    ['null', { Id: null }, {}],
    ['members of the prototype', JSON.parse('{"__proto__": {"Id": "planted"}}'), {}],
  ])('drops %s', (_what, given, left) => {
    expect(project(given, SUMMARY)).toEqual(left);
  });

  it.each([[null], ['text'], [[{ ID: 'x' }]], [7]])('is nothing for %j', (given) => {
    expect(project(given, INFO)).toBeNull();
  });

  it('has no join token in it, wherever a manager puts one', () => {
    const given = {
      ID: 'e1',
      Swarm: {
        NodeID: 'n1',
        Cluster: {
          ID: 's1',
          JoinTokens: { Worker: 'planted' },
          Spec: { Name: 'default', CAConfig: { ExternalCAs: ['planted'] } },
        },
      },
      RegistryConfig: { Mirrors: ['planted'] },
    };
    expect(JSON.stringify(project(given, INFO))).not.toContain('planted');
  });
});
