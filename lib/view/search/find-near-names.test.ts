import { expect, test } from 'vitest';
import { findNearNames } from './find-near-names.ts';

const NODES = ['docker01', 'docker02', 'docker11', 'db-1.example.com', 'x'];

test.each([
  ['one letter is wrong', 'dokcer01', ['docker01']],
  ['with its domain', 'docker02.example.com', ['docker02']],
  ['without its domain', 'db-1', ['db-1.example.com']],
  ['in other letters', 'DOCKER11', ['docker11', 'docker01']],
  ['a part of many', 'docker', ['docker01', 'docker02', 'docker11']],
  ['something else', 'kafka', []],
  ['nothing', '', []],
  ['endless', 'q'.repeat(100_000), []],
])('%s', (_, wanted, expected) => {
  const near = findNearNames(wanted, NODES);
  expect(near.slice(0, expected.length)).toEqual(expected);
  if (expected.length === 0) expect(near).toEqual([]);
});

test('at most five', () => {
  expect(
    findNearNames(
      'web',
      Array.from({ length: 50 }, (_, at) => `web${at}`),
    ),
  ).toHaveLength(5);
});
