import { expect, it } from 'vitest';
import { createSourceList, selectAdded } from './create-source-list.ts';
import type { LogTarget } from './log-target.ts';

const target = (taskId: string): LogTarget => ({
  taskId,
  containerId: taskId,
  nodeId: 'n',
  hostname: null,
  key: '1',
  slot: 1,
});

it.each([
  ['all that are new', ['a', 'b'], [], 9, ['a', 'b'], 0],
  ['none that is followed', ['a', 'b'], ['a'], 9, ['b'], 0],
  ['as many as there is room for, the first ones', ['a', 'b', 'c'], ['z'], 2, ['a'], 2],
  ['none where there is none', ['a'], ['y', 'z'], 1, [], 1],
])('adds %s', (_, targets, followed, max, added, over) => {
  const selected = selectAdded(targets.map(target), new Set(followed), max);
  expect([selected.added.map(({ taskId }) => taskId), selected.over]).toEqual([added, over]);
});

it('names sixty of a crash loop, and of those all that are followed', () => {
  const list = createSourceList((taskId) => taskId === 't0');
  for (let each = 0; each < 100; each += 1) list.set(target(`t${each}`), 'ended', null);
  const names = list.all().map(({ taskId }) => taskId);
  expect([names.length, names[0], names.at(-1)]).toEqual([60, 't0', 't99']);
});
