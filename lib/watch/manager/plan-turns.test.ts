import { expect, it } from 'vitest';
import { buildService } from '#lib/testing/build-service.ts';
import { planTurns } from './create-whole-lists.ts';

const services = (count: number, replicas: number) =>
  Array.from({ length: count }, (_, index) =>
    buildService({ id: `s${index}`, mode: { kind: 'replicated', replicas } }),
  );

it('ten thousand replicas are one answer', () => {
  expect(planTurns(services(1_000, 10), 200)).toBeNull();
});

it('a hundred thousand are listed some services at a time, each once', () => {
  const turns = planTurns(services(5_000, 20), 1_000) ?? [];
  expect(turns.flat().sort()).toEqual(
    services(5_000, 20)
      .map(({ id }) => id)
      .sort(),
  );
  expect(Math.max(...turns.map((turn) => turn.length))).toBe(100);
});

it('a service that is too large for a turn has one of its own', () => {
  const large = buildService({ id: 'large', mode: { kind: 'replicated', replicas: 50_000 } });
  const turns = planTurns([...services(3, 10), large, ...services(2, 10)], 10);
  expect(turns?.find((turn) => turn.includes('large'))).toEqual(['large']);
});

it('a global service counts on every node', () => {
  const everywhere = Array.from({ length: 30 }, (_, index) =>
    buildService({ id: `g${index}`, mode: { kind: 'global' } }),
  );
  expect(planTurns(everywhere, 100)).toBeNull();
  expect(planTurns(everywhere, 1_000)?.every((turn) => turn.length === 2)).toBe(true);
});
