import { expect, it } from 'vitest';
import { createExchangeTurns } from './create-exchange-turns.ts';

const here = () => false;

it('asks about one code of each party in turn, however many one of them makes up', async () => {
  const turns = createExchangeTurns({ maxAtOnce: 1, maxWaiting: 10, holdMs: 0 });
  const begun: string[] = [];
  let end = () => {};
  const held = turns.take('10.0.0.1', here, () => new Promise<void>((resolve) => (end = resolve)));
  const work = (name: string) => async () => void begun.push(name);
  const others = ['10.0.0.1', '10.0.0.1', '10.0.0.1', '10.0.0.2'].map((party) =>
    turns.take(party, here, work(party)),
  );
  expect(begun).toEqual([]);
  end();
  await Promise.all([held, ...others]);
  expect(begun.indexOf('10.0.0.2')).toBeLessThan(2);
});

it('asks about none that nobody waits for any more, or that are too many', async () => {
  const turns = createExchangeTurns({ maxAtOnce: 1, maxWaiting: 1, holdMs: 0 });
  let end = () => {};
  const held = turns.take('a', here, () => new Promise<string>((resolve) => (end = () => resolve('held'))));
  const left = turns.take(
    'a',
    () => true,
    async () => 'asked',
  );
  expect(await turns.take('a', here, async () => 'asked')).toBeNull();
  end();
  expect(await Promise.all([held, left])).toEqual(['held', null]);
  expect(await turns.take('a', here, async () => 'asked')).toBe('asked');
});

it('goes on after one that failed', async () => {
  const turns = createExchangeTurns({ maxAtOnce: 1, maxWaiting: 1, holdMs: 1 });
  await expect(turns.take('a', here, () => Promise.reject(new Error('made up')))).rejects.toThrow('made up');
  expect(await turns.take('a', here, async () => 'asked')).toBe('asked');
});
