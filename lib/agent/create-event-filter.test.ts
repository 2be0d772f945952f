import { describe, expect, it } from 'vitest';
import { createEventFilter } from './create-event-filter.ts';

const ID = 'c'.repeat(64);

function event(Action: string, attributes: Record<string, string> = {}, more: object = {}) {
  return {
    status: Action,
    id: ID,
    from: 'image',
    Type: 'container',
    Action,
    Actor: {
      ID,
      Attributes: { 'com.docker.swarm.task.id': 't1', image: 'app:1', 'my.secret': 'planted', ...attributes },
    },
    scope: 'local',
    time: 1,
    timeNano: 1_000_000_000,
    ...more,
  };
}

describe('the events that the agent lets through', () => {
  it('leaves out labels and everything else that was not asked for', () => {
    expect(createEventFilter()(event('die', { exitCode: '137' }))).toEqual({
      Type: 'container',
      Action: 'die',
      Actor: { ID, Attributes: { 'com.docker.swarm.task.id': 't1', exitCode: '137' } },
      timeNano: 1_000_000_000,
    });
  });

  it('says when it was in seconds where the engine says no more', () => {
    expect(createEventFilter()(event('die', {}, { timeNano: undefined }))).toMatchObject({ time: 1 });
  });

  it.each(['planted', '0 planted', '', '1234567'])(
    'leaves out the label of a container that stands in the place of its exit code (%j)',
    (exitCode) => {
      const passed = createEventFilter()(event('die', { exitCode }));
      expect(passed).toMatchObject({ Actor: { Attributes: { 'com.docker.swarm.task.id': 't1' } } });
      expect(JSON.stringify(passed)).not.toContain('exitCode');
    },
  );

  it('passes every failed probe, the first that passes after it, and then every fourth', () => {
    const choose = createEventFilter();
    const passed = [...'00000000011000000'].map((exitCode) =>
      choose(event('exec_die', { exitCode })) === null ? '-' : exitCode,
    );
    expect(passed.join('')).toBe('0---0---0110---0-');
  });

  it('tells of a command that never ended, without its words, when the next one begins', () => {
    const choose = createEventFilter();
    const start = (execID: string) => choose(event('exec_start: /bin/sh -c curl planted', { execID }));
    expect(start('1')).toBeNull();
    expect(start('2')).toEqual({
      Type: 'container',
      Action: 'exec_die',
      Actor: { ID, Attributes: { 'com.docker.swarm.task.id': 't1' } },
      timeNano: 1_000_000_000,
    });
    choose(event('exec_die', { execID: '2', exitCode: '0' }));
    expect(start('3')).toBeNull();
  });

  it('begins anew with a container that ended', () => {
    const choose = createEventFilter();
    choose(event('exec_die', { exitCode: '0' }));
    choose(event('die', { exitCode: '0' }));
    expect(choose(event('exec_die', { exitCode: '0' }))).not.toBeNull();
  });

  it.each([
    ['a command that a probe runs', event('exec_create: /bin/sh -c curl -H token=planted')],
    ['a command that starts', event('exec_start: /bin/sh -c curl -H token=planted')],
    ['an action it does not know', event('commit')],
    ['a health status it does not know', event('health_status: /bin/sh planted')],
    ['a container that Swarm did not make', event('die', { 'com.docker.swarm.task.id': undefined as never })],
    ['another kind of thing', event('create', {}, { Type: 'secret' })],
    ['no object', 'die'],
    ['nothing', null],
    ['no actor', event('die', {}, { Actor: null })],
  ])('keeps back %s', (_what, given) => {
    expect(createEventFilter()(given)).toBeNull();
  });
});
