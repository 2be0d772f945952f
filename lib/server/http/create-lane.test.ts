import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createBulkhead } from './create-bulkhead.ts';
import { createCredentials } from './create-credentials.ts';
import { createLane } from './create-lane.ts';
import { MAX_OF_CREDENTIAL } from './limits.ts';

test('a few come at each turn of the event loop, and what is done for others goes on between them', async () => {
  const lane = createLane(2, 100);
  const seen: string[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) lane.enter('crowd', () => seen.push(name));
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
  for (let index = 0; index < 50; index += 1) lane.enter('crowd', () => seen.push('crowd'));
  lane.enter('elsewhere', () => seen.push('elsewhere'));
  await nextTurn();
  expect(seen).toEqual(['crowd', 'elsewhere', 'crowd']);
});

test('who has gone has no turn, and what is beyond the line is not taken', async () => {
  const lane = createLane(1, 2);
  const seen: string[] = [];
  const leave = lane.enter('a', () => seen.push('gone'));
  lane.enter('a', () => seen.push('stays'));
  expect(lane.enter('b', () => seen.push('too many'))).toBeNull();
  leave?.();
  await nextTurn();
  expect(seen).toEqual(['stays']);
});

test('places are given to each address in turn', () => {
  const bulkhead = createBulkhead(1, 10);
  const started: string[] = [];
  const tickets = ['crowd 1', 'crowd 2', 'crowd 3', 'elsewhere 1'].map((name) =>
    bulkhead.enter(name.split(' ', 1)[0] ?? '', () => started.push(name)),
  );
  for (const at of [0, 1, 3]) tickets[at]?.release();
  expect(started).toEqual(['crowd 1', 'crowd 2', 'elsewhere 1', 'crowd 3']);
});

test('so many requests of one cookie or token at a time, however much of it comes', () => {
  const credentials = createCredentials();
  const ends = Array.from({ length: MAX_OF_CREDENTIAL }, () => credentials.begin('token'));
  expect(ends).not.toContain(null);
  expect(credentials.begin('token')).toBeNull();
  expect(credentials.begin('another')).not.toBeNull();
  ends[0]?.();
  expect(credentials.begin('token')).not.toBeNull();
});
