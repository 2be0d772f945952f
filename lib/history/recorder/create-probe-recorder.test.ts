import { expect, test } from 'vitest';
import type { FactChange } from '#lib/facts/fact-change.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createProbeRecorder } from './create-probe-recorder.ts';

const container = buildCheckedContainer(
  { probes: [buildProbe({ startedAtMs: 20_000 })] },
  { id: 'container-1', taskId: 'task-1' },
);

function setUp() {
  const kept: HistoryRecord[] = [];
  const listed = new Set(['task-1']);
  let lastSeen: Container | null = null;
  const recorder = createProbeRecorder({
    facts: { lastSeenContainerOf: () => lastSeen },
    tasks: { has: (taskId) => listed.has(taskId) },
    record: (record) => kept.push(record),
  });
  const see = () => {
    lastSeen = container;
    const change: FactChange = {
      kind: 'container',
      container,
      before: null,
      lastSeen: null,
      serviceId: 'service-1',
    };
    recorder.observe(change);
    return kept.length;
  };
  const lose = (isFinal: boolean) =>
    recorder.observe({ kind: 'container-gone', container, serviceId: 'service-1', isFinal });
  return { recorder, listed, see, lose };
}

test('a container that a list is without and that comes back by another endpoint brings no probe twice', () => {
  const { see, lose } = setUp();
  expect([see(), see()]).toEqual([1, 1]);
  lose(false);
  expect(see()).toBe(1);
});

test('what its engine removed, and what no manager lists any more, is forgotten', () => {
  const removed = setUp();
  removed.see();
  removed.lose(true);
  expect(removed.see()).toBe(2);

  const gone = setUp();
  gone.see();
  gone.recorder.observe({ kind: 'task-gone', task: buildTask() });
  expect(gone.see()).toBe(1);
  gone.listed.clear();
  gone.recorder.observe({ kind: 'task-gone', task: buildTask() });
  expect(gone.see()).toBe(2);
});

test('once the history may have lost some, all are recorded again', () => {
  const { recorder, see } = setUp();
  see();
  recorder.reset();
  expect(see()).toBe(2);
});
