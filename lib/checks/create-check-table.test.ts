import { expect, test } from 'vitest';
import { buildPortTarget, buildRound } from '#lib/testing/build-port.ts';
import { createCheckTable } from './create-check-table.ts';

const target = buildPortTarget();
const failed = buildRound({ answered: 0, failure: 'refused', ms: null });

test('a port that is asked as before keeps what is known of it; one that is asked no more is dropped', () => {
  const table = createCheckTable();
  const other = buildPortTarget({ port: 81 });
  expect(table.retarget([target, other], 0).changed).toHaveLength(2);
  table.add(target, buildRound());
  expect(table.retarget([target], 5)).toEqual({ changed: [], gone: [other] });
  expect(table.add(other, buildRound())).toEqual([]);
});

test('a round that was under way while the port moved to another address says nothing of it', () => {
  const table = createCheckTable();
  table.retarget([target], 0);
  const moved = { ...target, address: '10.0.0.9' };
  expect(table.retarget([moved], 5).changed).toMatchObject([{ target: moved, rounds: [] }]);
  expect(table.add(target, failed)).toEqual([]);
  expect(table.add(moved, failed)).toMatchObject([{ rounds: [{ failure: 'refused' }] }]);
});

test('a port that fails anew is asked again soon, one that is known to fail is not, nor one where nothing should answer', () => {
  const table = createCheckTable();
  table.retarget([target], 0);
  expect(table.judge(target, buildRound())).toBe('well');
  expect(table.judge(target, failed)).toBe('failed-anew');
  table.add(target, failed);
  table.add(target, failed);
  expect(table.judge(target, failed)).toBe('failed');
  expect(table.judge({ ...target, expects: 'nothing' }, failed)).toBe('well');
});

test('where something came to a server before this one, that is news once', () => {
  const table = createCheckTable();
  table.retarget([target], 0);
  const places = [{ serviceId: 'service-1', nodeId: 'node-1', port: target.port }];
  expect(table.rememberReached(places)).toMatchObject([{ wasReached: true }]);
  expect(table.rememberReached(places)).toEqual([]);
});
