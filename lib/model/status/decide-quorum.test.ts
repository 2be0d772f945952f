import { describe, expect, test } from 'vitest';
import type { QuorumState } from '#lib/model/contract/quorum.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { english } from '#lib/testing/word-findings.ts';
import { decideQuorum } from './decide-quorum.ts';

/** One letter per manager: r reachable, u unreachable, ? unknown; w is a worker. */
const toNodes = (letters: string) =>
  [...letters].map((letter, index) =>
    buildNodePicture({
      id: `node-${index}`,
      role: letter === 'w' ? 'worker' : 'manager',
      reachability:
        letter === 'r' ? 'reachable' : letter === 'u' ? 'unreachable' : letter === '?' ? 'unknown' : null,
    }),
  );

const CASES: [letters: string, state: QuorumState, words: string][] = [
  ['', 'unknown', 'No manager is known.'],
  ['ww', 'unknown', 'No manager is known.'],
  ['r', 'single', 'The only manager is reachable: without it, nothing can be changed'],
  ['rww', 'single', 'The only manager is reachable: without it, nothing can be changed'],
  ['u', 'lost', '0 of 1 managers reachable, 1 are needed: the swarm cannot be changed'],
  ['?', 'unknown', '0 of 1 managers reachable, the others are not known'],
  ['rr', 'edge', 'Both managers reachable: one more loss and the swarm cannot be changed'],
  ['ru', 'lost', '1 of 2 managers reachable, 2 are needed'],
  ['rrr', 'safe', '3 of 3 managers reachable: one more may be lost'],
  ['rru', 'edge', '2 of 3 managers reachable: one more loss and the swarm cannot be changed'],
  ['ruu', 'lost', '1 of 3 managers reachable, 2 are needed'],
  [
    'r??',
    'unknown',
    '1 of 3 managers reachable, the others are not known: whether 2 are there cannot be told',
  ],
  ['rr?', 'edge', '2 of 3 managers reachable'],
  ['rrrr', 'safe', '4 of 4 managers reachable: one more may be lost'],
  ['rrru', 'edge', '3 of 4 managers reachable: one more loss'],
  ['rruu', 'lost', '2 of 4 managers reachable, 3 are needed'],
  ['rrrrr', 'safe', '5 of 5 managers reachable: 2 more may be lost'],
  ['rrrru', 'safe', '4 of 5 managers reachable: one more may be lost'],
  ['rrruu', 'edge', '3 of 5 managers reachable: one more loss'],
  ['rrrrrrr', 'safe', '7 of 7 managers reachable: 3 more may be lost'],
  ['rrrruuu', 'edge', '4 of 7 managers reachable: one more loss'],
  ['rrruuuu', 'lost', '3 of 7 managers reachable, 4 are needed'],
];

describe('how far the managers are from losing the swarm', () => {
  test.each(CASES)('%s is %s: %s', (letters, state, words) => {
    const quorum = decideQuorum(toNodes(letters), null);
    expect(quorum.state).toBe(state);
    expect(english.quorum(quorum)).toContain(words);
  });

  test('what a manager says of the swarm is worth more than what it last knew of its peers', () => {
    const error = 'rpc error: The swarm does not have a leader.';
    const quorum = decideQuorum(toNodes('rrr'), error);
    expect(english.quorum(quorum)).toBe(`The swarm cannot be changed now: ${error}`);
    expect(quorum).toEqual({
      state: 'lost',
      managers: 3,
      reachable: 3,
      needed: 2,
      error,
    });
  });
});
