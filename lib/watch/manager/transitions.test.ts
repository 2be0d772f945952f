import { expect, it } from 'vitest';
import { buildTask } from '#lib/testing/build-task.ts';
import { createTransitions } from './transitions.ts';

const STARTING = [buildTask({ state: 'starting' })];

it('a service on its way is looked at again soon, and after a minute less often; at rest not at all', () => {
  const transitions = createTransitions();
  expect(transitions.see('a', STARTING, 0)).toBe(1_000);
  expect(transitions.see('a', STARTING, 59_000)).toBe(1_000);
  expect(transitions.see('a', STARTING, 61_000)).toBe(5_000);
  expect(transitions.see('a', [buildTask()], 62_000)).toBeNull();
  expect(transitions.see('a', STARTING, 63_000)).toBe(1_000);
});

it('of a service without tasks nothing is remembered', () => {
  const transitions = createTransitions();
  transitions.see('a', STARTING, 0);
  transitions.keep(() => false);
  expect(transitions.see('a', STARTING, 90_000)).toBe(1_000);
});
