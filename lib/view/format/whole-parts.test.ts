import { expect, test } from 'vitest';
import { chooseWholePart, endSentences, listWholeParts } from './whole-parts.ts';

const PROBES =
  'Replica 2 on docker03: failed 2 of 3 probes (exit 1); one more failure and Swarm replaces it. 2 more replicas need attention.';
const PLACING =
  'Replica 1: no suitable node (scheduling constraints not satisfied on 11 nodes; insufficient resources on 2 nodes).';

const UNLISTED =
  'No manager has listed its tasks for 2 min, so what Swarm made or stopped since is not known.';

test.each<[sentence: string, maxChars: number, expected: string]>([
  [PROBES, 200, PROBES],
  [
    PROBES,
    94,
    'Failed 2 of 3 probes; one more failure and Swarm replaces it. 2 more replicas need attention.',
  ],
  [PROBES, 60, 'Failed 2 of 3 probes; one more failure and Swarm replaces it'],
  [PROBES, 45, 'Replica 2 on docker03: failed 2 of 3 probes'],
  [PROBES, 30, 'Failed 2 of 3 probes (exit 1)'],
  [PROBES, 5, 'Failed 2 of 3 probes'],
  [UNLISTED, 50, 'No manager has listed its tasks for 2 min'],
  [PLACING, 40, 'Replica 1: no suitable node.'],
  [PLACING, 20, 'No suitable node.'],
  [
    'The node is down: heartbeat failure. 13 replicas are missing.',
    40,
    'The node is down: heartbeat failure',
  ],
  ['Replica 1: failed 4 times in 2 min, the last time: ended with exit 7.', 42, 'Failed 4 times in 2 min'],
  ['It runs here, but nobody can reach it.', 20, 'It runs here, but nobody can reach it.'],
  ['It is not well.', 3, 'It is not well.'],
  ['', 3, ''],
])('%s in %d: %s', (sentence, maxChars, expected) => {
  expect(chooseWholePart(sentence, maxChars)).toBe(expected);
});

test('no part ends within brackets or has an ellipsis', () => {
  for (const part of [...listWholeParts(PROBES), ...listWholeParts(PLACING)]) {
    expect(part).not.toContain('…');
    expect(part.split('(').length, part).toBe(part.split(')').length);
  }
});

test('a single sentence ends as a title does, several have each its full stop', () => {
  expect(endSentences('The node is down: heartbeat failure.')).toBe('The node is down: heartbeat failure');
  expect(endSentences('Failed 5 times')).toBe('Failed 5 times');
  expect(endSentences('It is down. 13 replicas are missing')).toBe('It is down. 13 replicas are missing.');
  expect(endSentences('shop/web:4.1.9 cannot be pulled.')).toBe('shop/web:4.1.9 cannot be pulled');
});
