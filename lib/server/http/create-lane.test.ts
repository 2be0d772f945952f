import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createBulkhead } from './create-bulkhead.ts';
import { createCredentials } from './create-credentials.ts';
import { createFairQueue } from './create-fair-queue.ts';
import { createLane } from './create-lane.ts';

const unexpected = () => expect.unreachable();

/** A lane for one at a time, and who was let in and who was refused. */
function setUp(max: number) {
  const lane = createLane(1, max);
  const seen: string[] = [];
  const enter = (party: string, name: string) =>
    lane.enter(
      party,
      () => seen.push(name),
      () => seen.push(`${name} refused`),
    );
  return { seen, enter };
}

test('a few come at each turn of the event loop, and what is done for others goes on between them', async () => {
  const lane = createLane(2, 100);
  const seen: string[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) lane.enter('crowd', () => seen.push(name), unexpected);
  expect(seen).toEqual([]);
  await nextTurn();
  expect(seen).toEqual(['a', 'b']);
  await nextTurn();
  expect(seen).toEqual(['a', 'b', 'c', 'd']);
  await nextTurn();
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('who comes from elsewhere waits for one of a crowd, not for all of it', async () => {
  const lane = createLane(3, 100);
  const seen: string[] = [];
  for (let index = 0; index < 50; index += 1) lane.enter('crowd', () => seen.push('crowd'), unexpected);
  lane.enter('elsewhere', () => seen.push('elsewhere'), unexpected);
  await nextTurn();
  expect(seen).toEqual(['crowd', 'elsewhere', 'crowd']);
});

test('who has gone has no turn, and what is beyond the line is not taken', async () => {
  const { seen, enter } = setUp(2);
  const leave = enter('a', 'gone');
  enter('b', 'stays');
  enter('c', 'too many');
  leave();
  await nextTurn();
  expect(seen).toEqual(['too many refused', 'stays']);
});

test('a crowd that fills the line is refused before the one who comes from elsewhere, however many addresses it has', async () => {
  for (const toParty of [() => 'crowd', (index: number) => `2001:db8:7:${index}`]) {
    const { seen, enter } = setUp(4);
    for (let index = 0; index < 5; index += 1) enter(toParty(index), `crowd ${index}`);
    enter('elsewhere', 'elsewhere');
    expect(seen).toEqual(Array(2).fill(expect.stringMatching(/^crowd \d refused$/)));
    for (let turn = 0; turn < 2; turn += 1) await nextTurn();
    expect(seen.slice(2)).toEqual([expect.stringMatching(/^crowd \d$/), 'elsewhere']);
  }
});

test('places are given to each address in turn', () => {
  const bulkhead = createBulkhead(1, createFairQueue(10));
  const started: string[] = [];
  const tickets = ['crowd 1', 'crowd 2', 'crowd 3', 'elsewhere 1'].map((name) =>
    bulkhead.enter(name.split(' ', 1)[0] ?? '', () => started.push(name), unexpected),
  );
  for (const at of [0, 1, 3]) tickets[at]?.release();
  expect(started).toEqual(['crowd 1', 'crowd 2', 'elsewhere 1', 'crowd 3']);
});

test('so many requests of one session or token at a time, however much of it comes', () => {
  const credentials = createCredentials();
  const begin = (holder: string) => credentials.begin(holder, 64);
  const ends = Array.from({ length: 64 }, () => begin('token'));
  expect(ends).not.toContain(null);
  expect(begin('token')).toBeNull();
  expect(begin('another')).not.toBeNull();
  ends[0]?.();
  expect(begin('token')).not.toBeNull();
});
