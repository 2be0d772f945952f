import { describe, expect, it } from 'vitest';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { type ContainerTable, createContainerTable, putContainer } from './container-table.ts';
import { createSweep, findSweepMs, takeDue } from './sweep.ts';
import { type Tracked, track } from './tracked.ts';

const START = 10_000;
const checked = (id = 'a', change: Partial<Tracked> = {}): Tracked => ({
  ...track(buildCheckedContainer({}, { id, startedAtMs: START }, { intervalMs: 10_000 }), START),
  ...change,
});

function setUp(...all: Tracked[]): ContainerTable {
  const table = createContainerTable(
    'node-1',
    () => {},
    () => {},
  );
  for (const tracked of all) putContainer(table, tracked);
  return table;
}

describe('findSweepMs', () => {
  it.each([
    ['a probe is due an interval and a second after the start', checked(), 21_000],
    ['after the last sign of one', checked('a', { signAtMs: 30_000 }), 41_000],
    [
      'it failed to answer once: after what the reader tries again by itself',
      checked('a', { failed: { sinceMs: 1, count: 1 } }),
      START + LIMITS.unreadMs,
    ],
    ['twice: soon', checked('a', { failed: { sinceMs: 1, count: 2 } }), START + 1_000],
    ['three times', checked('a', { failed: { sinceMs: 1, count: 3 } }), START + 2_000],
    ['four times: later', checked('a', { failed: { sinceMs: 1, count: 4 } }), START + LIMITS.unreadMs],
    ['eleven times: the same', checked('a', { failed: { sinceMs: 1, count: 11 } }), START + LIMITS.unreadMs],
    ['twelve times: later', checked('a', { failed: { sinceMs: 1, count: 12 } }), START + 2 * LIMITS.unreadMs],
    [
      'often: five minutes at most',
      checked('a', { failed: { sinceMs: 1, count: 99 } }),
      START + LIMITS.unreadMaxMs,
    ],
  ])('%s', (_, tracked, atMs) => {
    expect(findSweepMs(tracked, false)).toBe(atMs);
  });

  it('agents tell of every fourth probe', () => {
    expect(findSweepMs(checked(), true)).toBe(START + 4 * 11_000);
  });
});

describe('takeDue', () => {
  it('takes none before its time, nor one whose inspect is under way', () => {
    const table = setUp(checked('a'), checked('b'));
    table.flights.set('b', []);
    expect(takeDue(table, false, 20_999)).toEqual([]);
    expect(takeDue(table, false, 21_000)).toEqual(['a']);
  });

  it.each(['healthy', 'starting'] as const)(
    'takes one whose probes end when findSweepMs says, %s',
    (status) => {
      const health = { status, failingStreak: 0, probes: [], statusSinceMs: null };
      for (const signAtMs of [0, START, 25_000, 30_000])
        for (const check of [
          { intervalMs: 10_000 },
          { intervalMs: 10_000, startPeriodMs: 60_000, startIntervalMs: 1_000 },
        ]) {
          const container = buildCheckedContainer(health, { id: 'a', startedAtMs: START }, check);
          const tracked = { ...track(container, START), signAtMs };
          for (const isSparse of [false, true]) {
            const dueMs = findSweepMs(tracked, isSparse) ?? Number.NaN;
            expect(takeDue(setUp(tracked), isSparse, dueMs - 1)).toEqual([]);
            expect(takeDue(setUp(tracked), isSparse, dueMs)).toEqual(['a']);
          }
        }
    },
  );

  it.each([false, true])('takes one that is paused as often as ever, behind an agent: %s', (isSparse) => {
    const { container, ...rest } = checked('a', { signAtMs: 30_000, readAtMs: 30_000 });
    const table = setUp({ ...rest, container: { ...container, state: 'paused' } });
    expect(takeDue(table, isSparse, 30_000 + LIMITS.haltedMs)).toEqual(['a']);
  });

  it('looks again later each time', () => {
    const table = setUp(checked());
    takeDue(table, false, 21_000);
    expect(table.known.get('a')?.looks).toBe(1);
    expect(takeDue(table, false, 21_000)).toEqual(['a']);
    putContainer(table, { ...checked(), looks: 2, readAtMs: 21_000 });
    expect(takeDue(table, false, 21_000)).toEqual([]);
  });

  it('takes so many at a time, and of those that do not answer one', () => {
    const many = Array.from({ length: 30 }, (_, each) => checked(`c${each}`));
    expect(takeDue(setUp(...many), false, 21_000)).toHaveLength(LIMITS.sweepReads);
    const failed = { sinceMs: 1, count: 2 };
    const hang = ['x', 'y'].map((id) => checked(id, { failed }));
    expect(takeDue(setUp(...hang), false, 21_000)).toEqual(['x']);
    expect(takeDue(setUp(...hang, ...many), false, 21_000), 'a probe waits for none that hangs').toHaveLength(
      LIMITS.sweepReads + 1,
    );
  });

  it.each([0, 4, 8, 20])(
    'with %i that hang, a probe is looked for when it is due, and each in its turn',
    (count) => {
      const table = setUp(
        ...Array.from({ length: count }, (_, each) =>
          checked(`hung${each}`, { failed: { sinceMs: 1, count: 2 } }),
        ),
        checked('well'),
      );
      const asked = new Map<string, number>();
      for (let nowMs = 22_000; nowMs < 22_000 + 2 * count * LIMITS.sweepMs + 1; nowMs += LIMITS.sweepMs)
        for (const id of takeDue(table, false, nowMs)) {
          if (!asked.has(id)) asked.set(id, nowMs);
          const tracked = table.known.get(id);
          if (tracked?.failed)
            putContainer(table, { ...tracked, readAtMs: nowMs, failed: { sinceMs: 1, count: 3 } });
        }
      expect(asked.get('well')).toBe(22_000);
      expect(Math.max(...asked.values())).toBe(22_000 + Math.max(0, count - 1) * LIMITS.sweepMs);
      expect(asked.size).toBe(count + 1);
    },
  );
});

it('comes again and again until it is stopped', async () => {
  const clock = createFakeClock();
  let times = 0;
  const sweep = createSweep(clock, () => {
    times += 1;
  });
  sweep.plan();
  sweep.plan();
  await clock.advance(3 * LIMITS.sweepMs);
  expect(times).toBe(3);
  sweep.stop();
  await clock.advance(60_000);
  expect([times, clock.pendingTimers()]).toEqual([3, 0]);
});
