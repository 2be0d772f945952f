import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '#lib/engine/port.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { type ContainerTable, createContainerTable, putContainer } from './container-table.ts';
import { decideEvent, followContained, followEvent } from './follow-event.ts';
import { type Tracked, track } from './tracked.ts';

const NOW = 50_000;
const OF = { atMs: NOW, engineAtMs: NOW, containerId: 'container-1' };
type Action = Extract<EngineEvent, { kind: 'container' }>['action'];
const action = (name: Action, taskId: string | null = 'task-1'): EngineEvent => ({
  kind: 'container',
  action: name,
  exitCode: null,
  taskId,
  ...OF,
});
const exec = (exitCode: number | null) =>
  ({ kind: 'exec-die', exitCode, taskId: 'task-1', ...OF }) satisfies EngineEvent;
const health = (status: 'healthy' | 'unhealthy', atMs = NOW): EngineEvent => ({
  kind: 'health',
  status,
  taskId: 'task-1',
  ...OF,
  atMs,
});
const checked = (...of: Parameters<typeof buildCheckedContainer>) =>
  track(buildCheckedContainer(of[0], of[1], { intervalMs: 5_000, retries: 3, ...of[2] }), NOW - 1_000);

function setUp(tracked: Tracked | null) {
  const emitted: Observation[] = [];
  const hints: Hint[] = [];
  const table: ContainerTable = createContainerTable(
    'node-1',
    (observation) => emitted.push(observation),
    (hint) => hints.push(hint),
  );
  if (tracked !== null) putContainer(table, tracked);
  return { table, emitted, hints };
}

describe('a container that is not known', () => {
  it.each([
    ['is created: a list says whether Swarm made it', action('create'), 'confirm'],
    ['is healthy: the same', health('healthy'), 'confirm'],
    ['has no task’s label', action('create', null), 'none'],
    ['is destroyed already', action('destroy'), 'none'],
    ['ran a command: it may be of an exec in whatever container', exec(1), 'none'],
    [
      'is no container',
      { kind: 'node', nodeId: 'n', action: 'update', atMs: 1, engineAtMs: 1 } as const,
      'none',
    ],
  ])('%s', (_, event, kind) => {
    const { table, emitted, hints } = setUp(null);
    expect(followEvent(table, event, NOW)).toEqual({ kind });
    expect([emitted, hints]).toEqual([[], []]);
  });

  it('that Swarm did not make is not asked for again, until it is destroyed', () => {
    const { table } = setUp(null);
    table.ignored.add('container-1');
    expect(followEvent(table, action('start'), NOW).kind).toBe('none');
    followEvent(table, action('destroy'), NOW);
    expect(followEvent(table, action('create'), NOW).kind).toBe('confirm');
  });
});

describe('a known container', () => {
  it.each([
    ['dies: read before it is gone', action('die'), { kind: 'now' }, true],
    ['is being killed: nothing to read', action('kill'), { kind: 'none' }, true],
    ['is paused', action('pause'), { kind: 'now' }, false],
    [
      'is unhealthy: the probe is looked for',
      health('unhealthy'),
      { kind: 'later', delayMs: LIMITS.healthLadderMs[0] },
      true,
    ],
    ['failed a command: the same', exec(1), { kind: 'later', delayMs: LIMITS.probeLadderMs[0] }, false],
    ['passed one', exec(0), { kind: 'none' }, false],
    ['is gone', action('destroy'), { kind: 'gone' }, true],
  ] as const)('%s', (_, event, followUp, isHint) => {
    const { table, hints } = setUp(checked());
    expect(followEvent(table, event, NOW)).toEqual(followUp);
    expect(hints.length).toBe(isHint ? 1 : 0);
  });

  it('that is destroyed leaves nothing behind, and that is emitted once', () => {
    const { table, emitted } = setUp(checked());
    table.flights.set('container-1', []);
    followEvent(table, action('destroy'), NOW);
    followEvent(table, action('destroy'), NOW);
    expect([table.known.size, table.flights.size]).toEqual([0, 0]);
    expect(emitted).toEqual([{ kind: 'container-gone', nodeId: 'node-1', containerId: 'container-1' }]);
  });

  it('is emitted where the event alone changes it, and only there', () => {
    const { table, emitted } = setUp(checked());
    followEvent(table, exec(0), NOW);
    expect(emitted).toEqual([]);
    followEvent(table, health('unhealthy'), NOW);
    expect(emitted).toMatchObject([{ container: { health: { status: 'unhealthy', failingStreak: 3 } } }]);
  });

  it('keeps for its read what happens while that is under way', () => {
    const { table } = setUp(checked());
    table.flights.set('container-1', []);
    followEvent(table, exec(1), NOW);
    expect(table.flights.get('container-1')).toEqual([exec(1)]);
  });
});

describe('decideEvent', () => {
  it('counts commands that ended, and takes one without an exit code for no sign of a probe', () => {
    const first = decideEvent(checked(), exec(0), NOW).tracked;
    expect(first).toMatchObject({ execs: 1, signAtMs: NOW });
    expect(decideEvent(first, exec(null), NOW + 9).tracked).toMatchObject({ execs: 2, signAtMs: NOW });
  });

  it('does not change what it was given', () => {
    const before = Object.freeze(checked());
    const { tracked } = decideEvent(before, exec(1), NOW);
    expect(tracked.want).toEqual({
      probeEndMs: NOW,
      knownEndMs: 0,
      fromMs: NOW,
      offsetsMs: LIMITS.probeLadderMs,
      next: 1,
    });
    expect(before).toMatchObject({ execs: 0, want: null });
  });

  it('reads in its turn, spread over half an interval and a second at most', () => {
    const late = { ...checked(), execs: 3 };
    expect(decideEvent(late, exec(0), NOW).followUp).toEqual({ kind: 'routine', spreadMs: 1_000 });
    const quick = { ...checked({}, {}, { intervalMs: 300 }), execs: 3 };
    expect(decideEvent(quick, exec(0), NOW).followUp).toEqual({ kind: 'routine', spreadMs: 150 });
  });

  it('asks one that did not answer again when something ended in it, but not each time', () => {
    const failed = { sinceMs: 1, count: 3 };
    const long = { ...checked(), failed, readAtMs: NOW - LIMITS.unreadSignMs };
    expect(decideEvent(long, exec(0), NOW).followUp.kind).toBe('now');
    expect(decideEvent({ ...long, readAtMs: NOW - 1 }, exec(0), NOW).followUp.kind).toBe('none');
  });
});

describe('an event that a read holds already', () => {
  it('says when the status began', () => {
    const { table, emitted } = setUp(checked({ status: 'unhealthy' }));
    followContained(table, health('unhealthy', 47_000));
    followContained(table, health('unhealthy', 47_000));
    expect(emitted).toMatchObject([{ container: { health: { statusSinceMs: 47_000 } } }]);
  });

  it.each([health('healthy'), action('die'), exec(1)])('and nothing else: %o', (event) => {
    const { table, emitted } = setUp(checked({ status: 'unhealthy' }));
    followContained(table, event);
    expect(emitted).toEqual([]);
  });
});
