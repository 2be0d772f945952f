import { expect, test } from 'vitest';
import { createPairQueue, type Pair } from './create-pair-queue.ts';

const unexpected = () => expect.unreachable();
const at = (from: string, who: string): Pair => ({ from, who });
const crowd = (toPair: (index: number) => Pair) => Array.from({ length: 6 }, (_, index) => toPair(index));

/** Those that the queue gives out, one after the other. */
function takeAll(pairs: readonly Pair[]): string[] {
  const queue = createPairQueue<string>(100);
  for (const pair of pairs) queue.add(`${pair.who} at ${pair.from}`, pair, unexpected);
  return Array.from(pairs, () => queue.take() ?? 'nobody');
}

test.each([
  ['asks for much', crowd(() => at('office', 'mallory'))],
  ['signed in many times', crowd((index) => at('office', `session ${index}`))],
  ['comes from many addresses', crowd((index) => at(`10.0.0.${index}`, 'mallory'))],
  ['has a whole network', crowd((index) => at(`2001:db8:7:${index}`, `2001:db8:7:${index}`))],
])('somebody who %s: who comes from elsewhere waits for one of them', (_title, pairs) => {
  expect(takeAll([...pairs, at('home', 'ada')]).indexOf('ada at home')).toBe(1);
});

test('people who share an address take turns there, whatever one of them asks for', () => {
  const pairs = [...crowd(() => at('proxy', 'mallory')), at('proxy', 'ada'), at('proxy', 'bob')];
  expect(takeAll(pairs).slice(0, 4)).toEqual([
    'mallory at proxy',
    'ada at proxy',
    'bob at proxy',
    'mallory at proxy',
  ]);
});

test('who waits is not passed by those who come later, from however many new addresses', () => {
  const queue = createPairQueue<string>(100);
  const add = (from: string) => queue.add(from, at(from, from), unexpected);
  for (const from of ['a', 'b', 'c']) add(from);
  const taken: (string | null)[] = [];
  for (let index = 0; index < 6; index += 1) {
    add(`new ${index}`);
    taken.push(queue.take());
  }
  expect(taken).toEqual(['a', 'b', 'c', 'new 0', 'new 1', 'new 2']);
});

test.each([
  ['sessions of one address', crowd((index) => at('office', `session ${index}`))],
  ['addresses of one session', crowd((index) => at(`10.0.0.${index}`, 'mallory'))],
  ['requests of one of those who share an address', crowd(() => at('home', 'mallory'))],
])('where it is full of %s, the newest of them gives way', (_title, pairs) => {
  const queue = createPairQueue<number>(pairs.length);
  const dropped: number[] = [];
  pairs.forEach((pair, index) => {
    queue.add(index, pair, () => dropped.push(index));
  });
  queue.add(99, at('home', 'ada'), unexpected);
  expect(dropped).toEqual([pairs.length - 1]);
  expect(queue.size).toBe(pairs.length);
});

test('where nobody has more than others, the one who comes last is not taken; who leaves makes room', () => {
  const queue = createPairQueue<string>(2);
  let refused = 0;
  const add = (name: string) =>
    queue.add(name, at(name, name), () => {
      refused += 1;
    });
  const leave = add('a');
  add('b');
  add('c');
  expect(refused).toBe(1);
  leave();
  leave();
  add('d');
  expect([queue.take(), queue.take(), queue.take(), refused]).toEqual(['b', 'd', null, 1]);
});

test('where it is full of many who each ask for one page after the other, who asks now and then is taken', () => {
  const queue = createPairQueue<string>(8);
  const refused: string[] = [];
  const ask = (who: string) => queue.add(who, at('mesh', who), () => refused.push(who));
  for (let index = 0; index < 8; index += 1) ask(`session ${index}`);
  const taken: string[] = [];
  for (let round = 0; round < 100; round += 1) {
    const next = queue.take() ?? 'nobody';
    taken.push(next);
    // Whoever of them has one page asks for the next at once.
    if (next !== 'ada') ask(next);
    if (round % 25 === 24) ask('ada');
  }
  expect(taken.filter((who) => who === 'ada')).toHaveLength(3);
  expect(refused).not.toContain('ada');
});

test('turns of long ago count no more than those that nobody had', () => {
  const queue = createPairQueue<string>(2);
  const turn = (who: string) => {
    queue.add(who, at('mesh', who), unexpected);
    expect(queue.take()).toBe(who);
  };
  for (let index = 0; index < 20; index += 1) turn('ada');
  for (let index = 0; index < 5_000; index += 1) turn(`other ${index}`);
  queue.add('ada', at('mesh', 'ada'), unexpected);
  queue.add('bob', at('mesh', 'bob'), unexpected);
  let refused = 0;
  queue.add('eve', at('mesh', 'eve'), () => {
    refused += 1;
  });
  expect(refused).toBe(1);
});
