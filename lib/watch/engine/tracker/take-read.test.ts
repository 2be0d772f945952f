import { describe, expect, it } from 'vitest';
import { type ContainerSummary, EngineError, type EngineEvent } from '#lib/engine/port.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { createContainerTable, putContainer } from './container-table.ts';
import { denyRunning, foldRead, foldUnread, takeRead, takeUnread } from './take-read.ts';
import { type Tracked, track } from './tracked.ts';

const NOW = 50_000;
const read = (...of: Parameters<typeof buildCheckedContainer>) =>
  buildCheckedContainer(of[0], of[1], { intervalMs: 5_000 });
const EXEC: EngineEvent = {
  kind: 'exec-die',
  exitCode: 1,
  taskId: 'task-1',
  containerId: 'container-1',
  atMs: NOW,
  engineAtMs: NOW,
};
const SUMMARY: ContainerSummary = {
  id: 'container-1',
  taskId: 'task-1',
  state: 'running',
  healthStatus: null,
  failingStreak: null,
  isHealthWhole: false,
  up: null,
  createdAtMs: null,
  skewMs: 0,
};

function setUp(tracked: Tracked | null) {
  const emitted: Observation[] = [];
  const hints: Hint[] = [];
  const table = createContainerTable(
    'node-1',
    (observation) => emitted.push(observation),
    (hint) => hints.push(hint),
  );
  if (tracked !== null) putContainer(table, tracked);
  return { table, emitted, hints };
}

describe('the newest probe', () => {
  const HOUR = 3_600_000;
  const withProbe = (startedAtMs: number, overrides: object) =>
    buildCheckedContainer(
      { probes: [buildProbe({ startedAtMs })] },
      { startedAtMs: 10_000 - HOUR, skewMs: 0, ...overrides },
    );
  const first = withProbe(NOW - 1_000, { probeSeenAtMs: NOW });
  const seen = (read: ReturnType<typeof withProbe>) =>
    foldRead(track(first, NOW), read, [], NOW + 9_000).tracked.container.probeSeenAtMs;

  it('was seen when it was first read, also once its clock was set back', () => {
    expect(seen(withProbe(NOW - 1_000, { probeSeenAtMs: NOW + 9_000 }))).toBe(NOW);
    const stepped = { startedAtMs: 10_000, skewMs: -HOUR, probeSeenAtMs: NOW + 9_000 };
    expect(seen(withProbe(NOW - 1_000 + HOUR, stepped))).toBe(NOW);
  });

  it('that is another is seen now', () => {
    expect(seen(withProbe(NOW + 8_000, { probeSeenAtMs: NOW + 9_000 }))).toBe(NOW + 9_000);
  });
});

describe('an answer', () => {
  it('of a container that is new is emitted, and the manager is asked for its task', () => {
    const { table, emitted, hints } = setUp(null);
    table.confirmed.set('container-1', SUMMARY);
    expect(takeRead(table, 'container-1', read({}, { nodeId: '' }), NOW)).toEqual({ kind: 'none' });
    expect(emitted).toMatchObject([{ kind: 'container', container: { nodeId: 'node-1' } }]);
    expect(hints).toEqual([{ serviceId: 'service-1', taskId: 'task-1' }]);
    expect(table.confirmed.size).toBe(0);
  });

  it('of a new one that is dead asks nothing of the manager, which had it long before', () => {
    const { table, hints } = setUp(null);
    takeRead(table, 'container-1', read({}, { state: 'exited' }), NOW);
    expect(hints).toEqual([]);
  });

  it('that it is not there removes it', () => {
    const { table, emitted } = setUp(track(read(), 1));
    expect(takeRead(table, 'container-1', null, NOW)).toEqual({ kind: 'gone' });
    expect(emitted.map(({ kind }) => kind)).toEqual(['container-gone']);
    expect(table.known.size).toBe(0);
  });

  it('without a task is none of Swarm’s', () => {
    const { table, emitted } = setUp(null);
    takeRead(table, 'container-1', read({}, { taskId: null }), NOW);
    expect(table.ignored.has('container-1')).toBe(true);
    expect(emitted).toEqual([]);
  });

  it('without the probe that is looked for says when to look again, until there are no looks left', () => {
    const want = { probeEndMs: NOW, knownEndMs: 0, fromMs: NOW, offsetsMs: [0, 40, 150], next: 1 };
    const { table } = setUp({ ...track(read(), 1), want });
    expect(takeRead(table, 'container-1', read(), NOW)).toEqual({ kind: 'look', atMs: NOW + 40 });
    expect(takeRead(table, 'container-1', read(), NOW + 40)).toEqual({ kind: 'look', atMs: NOW + 150 });
    expect(takeRead(table, 'container-1', read(), NOW + 150)).toEqual({ kind: 'none' });
    expect(table.known.get('container-1')).toMatchObject({ want: null, misses: 1 });
  });

  it('with it ends the looking', () => {
    const want = { probeEndMs: NOW, knownEndMs: 0, fromMs: NOW, offsetsMs: [0, 40], next: 1 };
    const { table } = setUp({ ...track(read(), 1), want, misses: 1 });
    const found = read({ probes: [buildProbe({ startedAtMs: NOW - 50, endedAtMs: NOW })] });
    expect(takeRead(table, 'container-1', found, NOW)).toEqual({ kind: 'none' });
    expect(table.known.get('container-1')).toMatchObject({ want: null, misses: 0 });
  });
});

describe('foldRead', () => {
  const before = { ...track(read(), 1), execs: 4, looks: 3, failed: { sinceMs: 1, count: 2 } };

  it('counts anew the commands that ended while it was under way', () => {
    expect(foldRead(before, read(), [EXEC], NOW).tracked).toMatchObject({
      execs: 1,
      readAtMs: NOW,
      failed: null,
      addedAtMs: 1,
    });
  });

  it('looks less often for a probe as long as there is none', () => {
    expect(foldRead(before, read(), [], NOW).tracked.looks).toBe(3);
    expect(foldRead(before, read({ probes: [buildProbe()] }), [], NOW).tracked.looks).toBe(0);
  });
});

describe('no answer', () => {
  const timeout = new EngineError('timeout', 'It does not answer.');
  const broken = new EngineError('http', '500');

  it('the first time may be chance, the second time is said, since the first', () => {
    const { table, emitted } = setUp(track(read(), 1));
    takeUnread(table, 'container-1', timeout, NOW);
    expect(emitted).toEqual([]);
    takeUnread(table, 'container-1', timeout, NOW + 5_000);
    takeUnread(table, 'container-1', timeout, NOW + 10_000);
    expect(emitted).toMatchObject([
      { container: { unread: { sinceMs: NOW - LIMITS.inspectMs, hangs: true } } },
    ]);
    expect(table.known.get('container-1')?.failed?.count).toBe(3);
  });

  it('about one that does not run, as its engine says, is said the first time', () => {
    const { table, emitted } = setUp(track(read(), 1));
    denyRunning(table, 'container-1');
    takeUnread(table, 'container-1', timeout, NOW);
    expect(emitted).toMatchObject([{ container: { unread: { hangs: true } } }]);
    takeRead(table, 'container-1', read(), NOW + 1_000);
    takeUnread(table, 'container-1', timeout, NOW + 6_000);
    expect(emitted.at(-1)).toMatchObject({ container: { unread: null } });
  });

  it.each([
    ['a proxy that refuses it', new EngineError('forbidden', '403', 403)],
    ['a proxy that has no answer to it', new EngineError('unreachable', '502', 502)],
    ['a runtime that hangs, in words that managers have, too', new EngineError('no-quorum', '500', 500)],
  ])('because of %s is said the second time', (_, error) => {
    const { table, emitted } = setUp(track(read(), 1));
    takeUnread(table, 'container-1', error, NOW);
    takeUnread(table, 'container-1', error, NOW + 500);
    expect(emitted).toMatchObject([{ container: { unread: { sinceMs: NOW, hangs: false } } }]);
  });

  it('about one that was never read is said at once, as the list knows it', () => {
    const { table, emitted } = setUp(null);
    table.confirmed.set('container-1', SUMMARY);
    takeUnread(table, 'container-1', broken, NOW);
    expect(emitted).toMatchObject([
      { container: { id: 'container-1', nodeId: 'node-1', unread: { sinceMs: NOW, hangs: false } } },
    ]);
    expect(table.confirmed.size).toBe(0);
  });

  it.each([
    [
      'of the engine itself says nothing of the container',
      track(read(), 1),
      new EngineError('unreachable', 'x'),
    ],
    ['about a dead one: it stays as it was', track(read({}, { state: 'exited' }), 1), timeout],
    ['about one that nobody knows', null, timeout],
  ])('%s', (_, tracked, error) => {
    const { table, emitted } = setUp(tracked);
    takeUnread(table, 'container-1', error, NOW);
    takeUnread(table, 'container-1', error, NOW);
    expect(emitted).toEqual([]);
    expect(table.known.get('container-1') ?? null).toBe(tracked);
  });

  it('foldUnread does not change what it was given', () => {
    const before = Object.freeze(track(read(), 1));
    expect(foldUnread(before, null, timeout, 'node-1', NOW)?.failed?.count).toBe(1);
    expect(before.failed).toBeNull();
  });
});
