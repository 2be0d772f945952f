import { expect, test } from 'vitest';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import { buildIncident } from '#lib/testing/build-incident.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createIncidentWriter } from './create-incident-writer.ts';

const COUNTS = buildIncident().counts;

function setUp() {
  const clock = createFakeClock();
  const kept: IncidentRecord[] = [];
  const writer = createIncidentWriter({
    setTimer: clock.setTimer,
    record(record: HistoryRecord) {
      if (record.kind === 'incident') kept.push(record.incident);
    },
  });
  const grow = (replicas: number) => writer.put([buildIncident({ counts: { ...COUNTS, replicas } })]);
  return { clock, kept, writer, grow };
}

test('one that grows without end is kept four times a second, with what it is by then', async () => {
  const { clock, kept, grow } = setUp();
  for (let count = 1; count <= 100; count++) {
    grow(count);
    await clock.advance(10);
  }
  expect(kept.map(({ counts }) => counts.replicas)).toEqual([1, 26, 51, 76]);
});

test('that one is over is kept at once, and what waited of it is not kept after that', async () => {
  const { clock, kept, writer, grow } = setUp();
  grow(1);
  grow(2);
  writer.put([buildIncident({ endedAtMs: 5 })]);
  expect(kept.map(({ endedAtMs }) => endedAtMs)).toEqual([null, 5]);
  await clock.advance(1_000);
  expect(kept).toHaveLength(2);
});

test('what is still waiting when the process ends is kept', () => {
  const { clock, kept, writer, grow } = setUp();
  grow(1);
  grow(9);
  writer.close();
  expect(kept.map(({ counts }) => counts.replicas)).toEqual([1, 9]);
  expect(clock.pendingTimers()).toBe(0);
});

test('one that is called otherwise is kept at once, though it lasts', () => {
  const { kept, writer, grow } = setUp();
  grow(1);
  writer.put([buildIncident({ ofSwarm: 'quorum-lost' })]);
  expect(kept.map(({ ofSwarm }) => ofSwarm)).toEqual([null, 'quorum-lost']);
});

test('of those that are over the newest 500 are known, and one that came back is not among them', () => {
  const { writer } = setUp();
  for (let n = 0; n < 600; n++) writer.put([buildIncident({ id: `k-${n}`, endedAtMs: n })]);
  writer.put([buildIncident({ id: 'k-599' })]);
  const over = writer.listOver().map(({ id }) => id);
  expect([over.length, over.at(0), over.at(-1)]).toEqual([499, 'k-100', 'k-598']);
});
