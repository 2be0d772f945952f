import { expect, test } from 'vitest';
import type { Task } from '#lib/model/docker/task.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createFacts } from './create-facts.ts';
import type { FactChange } from './fact-change.ts';

const HOUR_MS = 3_600_000;
const START_MS = 100 * HOUR_MS;

function setUp() {
  let nowMs = START_MS;
  const facts = createFacts(() => nowMs);
  let changes: FactChange[] = [];
  facts.subscribe((found) => changes.push(...found));
  facts.apply({ kind: 'managers', sources: [buildSource({ kind: 'manager' })] });
  facts.apply({ kind: 'nodes', nodes: [buildNode()] });
  facts.apply({ kind: 'services', services: [buildService()], complete: true });
  facts.apply({ kind: 'engine', source: buildSource() });
  return {
    facts,
    list(tasks: Task[]) {
      changes = [];
      facts.apply({ kind: 'tasks', tasks: structuredClone(tasks), serviceIds: null });
      return changes;
    },
    turnTo(atMs: number) {
      nowMs = atMs;
    },
    skew: (skewMs: number) =>
      facts.apply({ kind: 'engine', source: buildSource({ skewMs, sinceMs: nowMs, lastReadMs: nowMs }) }),
    taskOf: (id: string) => facts.tasksOf('service-1').find((task) => task.id === id),
  };
}

const later = (hours: number) => START_MS + hours * HOUR_MS;

test.each([0, 5, 4_000])(
  'an order to stop of tomorrow ages, though the clock of its engine moves by %i ms each minute',
  (byMs) => {
    const { list, turnTo, skew, taskOf } = setUp();
    const stopped = buildTask({ desiredState: 'shutdown', updatedAtMs: later(5), stateAtMs: later(4) });
    list([stopped]);
    for (let minute = 1; minute <= 30; minute++) {
      turnTo(START_MS + minute * 60_000);
      skew(minute % 2 === 0 ? 0 : byMs);
      list([stopped]);
    }
    expect(taskOf('task-1')).toMatchObject({ updatedAtMs: START_MS, stateAtMs: START_MS });
  },
);

test('of 10,001 tasks of tomorrow each keeps when it was first read, and no list changes them', () => {
  const { list, turnTo, taskOf } = setUp();
  const tasks = Array.from({ length: 10_001 }, (_, i) =>
    buildTask({
      id: `task-${i}`,
      slot: i + 1,
      createdAtMs: later(3),
      updatedAtMs: later(4),
      stateAtMs: later(3),
    }),
  );
  list(tasks);
  turnTo(later(1));
  expect(list(tasks)).toEqual([]);
  expect(taskOf('task-10000')).toMatchObject({ updatedAtMs: START_MS, stateAtMs: START_MS });
  // Forgotten with its task.
  list([]);
  list(tasks.slice(0, 1));
  expect(taskOf('task-0')).toMatchObject({ updatedAtMs: later(1) });
});

const over = (id: string, overrides: Partial<Task>) =>
  buildTask({ id, state: 'failed', desiredState: 'shutdown', ...overrides });
const made = (createdAtMs: number) => ({ createdAtMs, updatedAtMs: createdAtMs, stateAtMs: createdAtMs });

test.each<[string, Task[]]>([
  [
    'its successor was made by the clock put right',
    [
      over('old', { ...made(later(3)), versionIndex: 10 }),
      over('new', { ...made(later(-1)), versionIndex: 20 }),
    ],
  ],
  [
    'both were made by it, and are read at once',
    [
      over('old', { ...made(later(2)), versionIndex: 10 }),
      over('new', { ...made(later(3)), versionIndex: 20 }),
    ],
  ],
  [
    'it was ahead by more for the first one',
    [
      over('old', { ...made(later(9)), versionIndex: 10 }),
      over('new', { ...made(later(3)), versionIndex: 20 }),
    ],
  ],
  [
    'the successor is wanted, and the end of the one before was written after it',
    [
      over('old', { ...made(later(3)), versionIndex: 30 }),
      buildTask({ id: 'new', ...made(later(-1)), versionIndex: 20 }),
    ],
  ],
  ['Docker told no versions', [over('old', made(later(2))), over('new', made(later(3)))]],
])('the tasks of a slot keep their order where the clock was ahead that made the first: %s', (_, tasks) => {
  const { list, turnTo, taskOf } = setUp();
  list(tasks);
  const toOrder = () => (taskOf('new')?.createdAtMs ?? 0) - (taskOf('old')?.createdAtMs ?? 0);
  expect(toOrder()).toBeGreaterThan(0);
  turnTo(later(24));
  expect(list(tasks.toReversed())).toEqual([]);
  expect(toOrder()).toBeGreaterThan(0);
});
