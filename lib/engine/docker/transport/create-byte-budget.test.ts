import { describe, expect, it } from 'vitest';
import { createByteBudget, createByteBudgets } from './create-byte-budget.ts';

function setUp(maxBytes: number) {
  const budget = createByteBudget(maxBytes);
  const evicted: string[] = [];
  const open = (name: string, limit: number) => budget.open(limit, () => void evicted.push(name));
  return { budget, evicted, open };
}

describe('createByteBudget', () => {
  it('lets all go on while there is room, also again after an answer is done', () => {
    const { budget, evicted, open } = setUp(100);
    const first = open('first', 100);
    first.grow(90);
    first.close();
    first.close();
    open('second', 100).grow(90);
    expect(evicted).toEqual([]);
    expect(budget.heldBytes()).toBe(90);
  });

  it('where there is none, gives up the answer that is nearest to its own limit, whoever asks', () => {
    const { budget, evicted, open } = setUp(1_000);
    const lists = open('a list that is long and may be', 10_000);
    lists.grow(500);
    open('an inspect that is too long', 500).grow(450);
    open('another inspect', 500).grow(60);
    expect(evicted).toEqual(['an inspect that is too long']);
    expect(budget.heldBytes()).toBe(560);
  });

  it('a hundred engines that each stay below their limit do not take the room of those that are well', () => {
    const { budget, evicted, open } = setUp(64_000_000);
    const good = open('good', 16_000_000);
    good.grow(100_000);
    const hostile = Array.from({ length: 100 }, (_, at) => open(`hostile ${at}`, 16_000_000));
    for (let round = 0; round < 15; round += 1) for (const one of hostile) one.grow(1_000_000);
    good.grow(100_000);
    expect(evicted).not.toContain('good');
    expect(budget.heldBytes()).toBeLessThanOrEqual(64_000_000);
  });

  it('holds what one answer alone may not have', () => {
    const { budget, evicted, open } = setUp(100);
    const only = open('only', 1_000);
    only.grow(101);
    only.grow(101);
    only.close();
    expect(evicted).toEqual(['only']);
    expect(budget.heldBytes()).toBe(0);
  });
});

it('gives the lists of the swarm a fifth of the memory, all engines a twelfth, and 20 kB each replica', () => {
  const { swarm, engines, maxReplicas } = createByteBudgets(768_000_000);
  const fits = (budget: typeof swarm, bytes: number) => {
    let isEvicted = false;
    const holding = budget.open(1e9, () => {
      isEvicted = true;
    });
    holding.grow(bytes);
    holding.close();
    return !isEvicted;
  };
  expect([fits(swarm, 153e6), fits(swarm, 154e6)]).toEqual([true, false]);
  expect(maxReplicas).toBe(38_000);
  expect([fits(engines, 64e6), fits(engines, 65e6)]).toEqual([true, false]);
});
