import { describe, expect, it } from 'vitest';
import { toEvent } from './to-event.ts';

const AT_MS = 1_795_415_226_077;
// As JSON.parse rounds it: it is beyond 2^53.
const NANO = Number('1795415226077440850');
const HEALTH = {
  status: 'health_status: healthy',
  id: 'e45b',
  from: 'web:1',
  Type: 'container',
  Action: 'health_status: healthy',
  Actor: { ID: 'e45b', Attributes: { 'com.docker.swarm.task.id': 't', image: 'web:1', name: 'web.2.t' } },
  scope: 'local',
  time: 1_795_415_226,
  timeNano: NANO,
};
const act = (Action: string, attributes: object = {}) => ({
  ...HEALTH,
  Action,
  Actor: { ID: 'e45b', Attributes: { ...HEALTH.Actor.Attributes, ...attributes } },
});
const TIMES = { atMs: AT_MS, engineAtMs: AT_MS };
const OF = { containerId: 'e45b', taskId: 't' };

describe('toEvent', () => {
  it.each([
    ['healthy', HEALTH, { ...TIMES, ...OF, kind: 'health', status: 'healthy' }],
    ['unhealthy', act('health_status: unhealthy'), { ...TIMES, ...OF, kind: 'health', status: 'unhealthy' }],
    [
      'a probe failed',
      act('exec_die', { exitCode: '1' }),
      { ...TIMES, ...OF, kind: 'exec-die', exitCode: 1 },
    ],
    [
      'a label took the name',
      act('exec_die', { exitCode: 'blue' }),
      { ...TIMES, ...OF, kind: 'exec-die', exitCode: null },
    ],
    ['no exit code', act('exec_die'), { ...TIMES, ...OF, kind: 'exec-die', exitCode: null }],
    [
      'die',
      act('die', { exitCode: '137' }),
      { ...TIMES, ...OF, kind: 'container', action: 'die', exitCode: 137 },
    ],
    [
      'kill',
      act('kill', { signal: '15' }),
      { ...TIMES, ...OF, kind: 'container', action: 'kill', exitCode: null },
    ],
    ['destroy', act('destroy'), { ...TIMES, ...OF, kind: 'container', action: 'destroy', exitCode: null }],
  ])('%s', (_, raw, expected) => {
    expect(toEvent(raw, 0)).toEqual(expected);
  });

  it.each(['node', 'service'] as const)('a %s changed', (kind) => {
    const raw = {
      Type: kind,
      Action: 'update',
      Actor: { ID: 'x', Attributes: { name: 'y' } },
      timeNano: NANO,
    };
    const id = kind === 'node' ? { nodeId: 'x' } : { serviceId: 'x' };
    expect(toEvent(raw, 0)).toEqual({ ...TIMES, kind, action: 'update', ...id });
  });

  it('keeps the engine’s time beside ours', () => {
    expect(toEvent(HEALTH, 5000)).toMatchObject({ atMs: AT_MS - 5000, engineAtMs: AT_MS });
    expect(toEvent({ ...HEALTH, timeNano: undefined }, 0)).toMatchObject({ engineAtMs: 1_795_415_226_000 });
  });

  it.each([
    ['a command line', act('exec_create: /bin/sh -c curl -H "Authorization: hunter2"')],
    ['a container that Swarm did not make', { ...HEALTH, Actor: { ID: 'e45b', Attributes: {} } }],
    ['an unknown health word', act('health_status: running')],
    ['another type', { ...HEALTH, Type: 'network', Action: 'create' }],
    ['another action', act('update')],
    ['no actor', { ...HEALTH, Actor: null }],
    ['no time', { ...HEALTH, time: undefined, timeNano: 0 }],
    ['no action', { ...HEALTH, Action: undefined }],
    ['null', null],
    ['a list', []],
  ])('says nothing of %s', (_, raw) => {
    expect(toEvent(raw, 0)).toBeNull();
  });
});
