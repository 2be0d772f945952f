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

/** What may become of a manager: is it a member of Raft still, and is it there? `?`: nobody can tell. */
const FATES = {
  reachable: { isMember: true, isThere: true, node: { reachability: 'reachable', status: 'ready' } },
  drained: {
    isMember: true,
    isThere: true,
    node: { reachability: 'reachable', status: 'ready', availability: 'drain' },
  },
  unreachable: { isMember: true, isThere: false, node: { reachability: 'unreachable', status: 'ready' } },
  // The managers go on calling one reachable that its heartbeats tell is down
  down: { isMember: true, isThere: false, node: { reachability: 'reachable', status: 'down' } },
  left: { isMember: true, isThere: false, node: { reachability: 'unreachable', status: 'down' } },
  unsure: { isMember: true, isThere: '?', node: { reachability: 'unknown', status: 'unknown' } },
  demoted: { isMember: false, isThere: true, node: { reachability: null, status: 'ready', role: 'worker' } },
} as const;
type Fate = keyof typeof FATES;

/** Every way in which so many managers may fare; in what order does not matter. */
function* fatesOf(count: number, from = 0): Generator<Fate[]> {
  if (count === 0) yield [];
  else
    for (const [at, fate] of (Object.keys(FATES) as Fate[]).entries())
      if (at >= from) for (const others of fatesOf(count - 1, at)) yield [fate, ...others];
}

/** Of those that are members more than half have to be there: by counting, not by the rule. */
function countOut(fates: readonly Fate[]): QuorumState {
  const members = fates.filter((fate) => FATES[fate].isMember);
  const there = members.filter((fate) => FATES[fate].isThere === true).length;
  const maybe = members.filter((fate) => FATES[fate].isThere === '?').length;
  if (members.length === 0) return 'unknown';
  if (2 * there <= members.length) return maybe > 0 ? 'unknown' : 'lost';
  if (members.length === 1) return 'single';
  return 2 * (there - 1) > members.length ? 'safe' : 'edge';
}

test.each([0, 1, 2, 3, 4, 5, 7])('%i managers, whatever becomes of each', (count) => {
  const wrong = [...fatesOf(count)].filter((fates) => {
    const nodes = fates.map((fate, index) => buildNodePicture({ id: `n${index}`, ...FATES[fate].node }));
    const { state, managers, reachable } = decideQuorum(nodes, null);
    const members = fates.filter((fate) => FATES[fate].isMember).length;
    return state !== countOut(fates) || managers !== members || reachable > managers;
  });
  expect(wrong).toEqual([]);
});

test('fifty managers are counted as any other number', () => {
  expect(decideQuorum(toNodes('r'.repeat(26) + 'u'.repeat(24)), null)).toMatchObject({
    state: 'edge',
    needed: 26,
  });
  expect(decideQuorum(toNodes('r'.repeat(25) + 'u'.repeat(25)), null).state).toBe('lost');
});
