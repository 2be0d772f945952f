import { expect, it } from 'vitest';
import { planServices } from './plan-services.ts';

it.each([
  [3, 10, 30],
  [20, 100, 1_000],
  [200, 1_000, 10_000],
  [1, 1, 1],
])('meets %i nodes, %i services, %i replicas exactly', (nodes, services, replicas) => {
  const plans = planServices({ nodes, services, replicas, seed: 7 });
  const counts = plans.map(({ mode }) => (mode.kind === 'replicated' ? mode.replicas : nodes));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(replicas);
  expect(Math.min(...counts)).toBeGreaterThan(0);
  expect(new Set(plans.map(({ stack, name }) => `${stack}_${name}`)).size).toBe(services);
});

it('says when the numbers do not go together', () => {
  expect(() => planServices({ nodes: 5, services: 10, replicas: 9, seed: 1 })).toThrow('at least 14');
});
