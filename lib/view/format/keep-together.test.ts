import { expect, test } from 'vitest';
import { keepTogether } from './keep-together.ts';

/** As it may be broken: each piece stands on one line. */
const toPieces = (text: string) =>
  keepTogether(text)
    .split(' ')
    .map((piece) => piece.replaceAll('\u00a0', ' '));

test.each([
  ['Failed 4 times in 1 min 7 s, the last', ['Failed', '4 times', 'in', '1 min', '7 s,', 'the', 'last']],
  ['Took 3.9 s of 5 s', ['Took', '3.9 s', 'of', '5 s']],
  ['1,204 replicas (12 lost)', ['1,204 replicas', '(12 lost)']],
  ['Ended with exit 1. Replica 2 is up', ['Ended', 'with', 'exit 1.', 'Replica 2 is', 'up']],
  ['2 of 5 probes', ['2 of', '5 probes']],
  ['1 × out of memory', ['1 ×', 'out', 'of', 'memory']],
])('a number stays with its unit: %s', (text, pieces) => {
  expect(toPieces(text)).toEqual(pieces);
});

test.each(['node-09 starts again', 'shop_api.2 on node-02', 'postgres:17.7 was pulled', ''])(
  'a name is no number: %s',
  (text) => {
    expect(keepTogether(text)).toBe(text);
  },
);
