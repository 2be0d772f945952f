import { expect, test } from 'vitest';
import type { Container } from '#lib/model/docker/container.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { findSlowestStart } from './slow-start.ts';

const start = (stateAtMs: number, container: Container | null, task: Partial<Task> = {}) => ({
  task: buildTask({ stateAtMs, ...task }),
  container,
});
const checked = buildCheckedContainer({}, { startedAtMs: 10_000 });

test.each<
  [situation: string, slowestMs: number | null, starts: ReturnType<typeof start>[], before: number | null]
>([
  ['one start', 6_000, [start(15_200, checked)], null],
  ['the slowest of two', 9_000, [start(15_200, checked), start(19_000, checked)], null],
  ['one before was slower', 20_000, [start(15_200, checked)], 20_000],
  ['none was seen', null, [], null],
  ['still starting', null, [start(15_200, checked, { state: 'starting' })], null],
  ['without a health check it runs at once', null, [start(10_100, buildContainer())], null],
  ['two clocks that disagree say nothing', null, [start(9_000, checked)], null],
  ['an end says nothing about the start', null, [start(60_000, checked, { state: 'failed' })], null],
])('%s', (_situation, slowestMs, starts, before) => {
  expect(findSlowestStart(starts, before)).toBe(slowestMs);
});
