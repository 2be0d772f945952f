import { expect, test } from 'vitest';
import { NOW, probe, status, taskRecord } from '#lib/testing/history-records.ts';
import { createOutbox } from './create-outbox.ts';
import type { HistoryRecord } from './record.ts';

const end = (key: string): HistoryRecord => ({ kind: 'status-end', serviceId: 'service-1', key, atMs: NOW });

/** One whose disk hangs: as much waits as may. */
function fill() {
  const outbox = createOutbox(null, () => NOW, String);
  outbox.add(probe(NOW, { output: 'x'.repeat(64_000_000) }));
  outbox.encode();
  return outbox;
}

const take = (outbox: ReturnType<typeof fill>) =>
  outbox.take().batches.flatMap(({ records }) => JSON.parse(records) as HistoryRecord[]);

test('that something ended is kept while a disk hangs, since nothing says it again: a replica that is gone lasts no longer', () => {
  const outbox = fill();
  const ended = taskRecord(NOW + 5);
  for (const one of [end('1'), end('2'), ended, { kind: 'node-gone', nodeId: 'node-9' } as const])
    outbox.add(one);
  expect(take(outbox)).toHaveLength(1);
  expect(outbox.isEmpty(), 'it is written next').toBe(false);
  expect(take(outbox)).toEqual([end('1'), end('2'), ended, { kind: 'node-gone', nodeId: 'node-9' }]);
  expect(outbox.takeLost(), 'so that nothing has to be recorded again').toBe(0);
});

test('ends that come in as others are written are not settled with them', () => {
  const outbox = fill();
  for (let at = 0; at < 2_001; at += 1) outbox.add(end(String(at)));
  const { batches, lastSeq } = outbox.take();
  expect(lastSeq).toBe(batches.at(-1)?.seq);
  expect(take(outbox)).toHaveLength(2_001);
});

test('an end that something came after is none: it lasts again, and that is recorded once there is room', () => {
  const outbox = fill();
  outbox.add(end('1'));
  outbox.add(status(NOW + 1, 'healthy'));
  expect(take(outbox)).toHaveLength(1);
  expect(outbox.isEmpty()).toBe(true);
  expect(outbox.takeLost()).toBe(1);

  const late = fill();
  late.add(end('1'));
  take(late);
  late.add(status(NOW + 1, 'healthy'));
  expect(take(late), 'in their order').toEqual([end('1'), status(NOW + 1, 'healthy')]);
});
