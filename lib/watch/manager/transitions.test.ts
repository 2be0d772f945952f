import { expect, it } from 'vitest';
import { buildTask } from '#lib/testing/build-task.ts';
import { createTransitions } from './transitions.ts';

const STARTING = [buildTask({ state: 'starting' })];
const PREPARING = [buildTask({ state: 'preparing' })];

it('a service on its way is looked at again soon, and after a minute less often; at rest not at all', () => {
  const transitions = createTransitions();
  expect(transitions.see('a', PREPARING, 0, true)).toBe(1_000);
  expect(transitions.see('a', PREPARING, 59_000, true)).toBe(1_000);
  expect(transitions.see('a', PREPARING, 61_000, true)).toBe(5_000);
  expect(transitions.see('a', [buildTask()], 62_000, true)).toBeNull();
  expect(transitions.see('a', PREPARING, 63_000, true)).toBe(1_000);
});

it('of a service without tasks nothing is remembered', () => {
  const transitions = createTransitions();
  transitions.see('a', PREPARING, 0, true);
  transitions.keep(() => false);
  expect(transitions.see('a', PREPARING, 90_000, true)).toBe(1_000);
});

it('what an engine would say is looked for less often, where every engine is watched', () => {
  const transitions = createTransitions();
  expect(transitions.see('a', STARTING, 0, true)).toBe(2_000);
  expect(transitions.see('a', STARTING, 61_000, true)).toBe(5_000);
  expect(transitions.see('b', STARTING, 0, false)).toBe(1_000);
  expect(transitions.see('b', [...STARTING, ...PREPARING], 5_000, true)).toBe(1_000);
});
