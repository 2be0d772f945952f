import { describe, expect, test } from 'vitest';
import { buildPortTarget, buildResult } from '#lib/testing/build-port.ts';
import {
  addRound,
  changeBehind,
  isReached,
  isUnownedPort,
  isUntaken,
  startCheck,
  toRound,
} from './port-state.ts';

const TARGET = buildPortTarget();
const RESULTS = {
  o: 'answers',
  c: 'answers',
  r: 'refused',
  t: 'timed-out',
  u: 'unreachable',
  w: 'wrong',
  s: 'timed-out',
  l: 'answers',
} as const;

/** Each word is a round, each letter a connection (`c`: nothing but one, `s`: that and no answer, `l`: made late); `|` puts other replicas behind the port, `-` none for a while. */
function run(text: string, overrides: Parameters<typeof buildPortTarget>[0] = {}) {
  let target = buildPortTarget(overrides);
  let check = startCheck(target, 0);
  let atMs = 0;
  for (const word of text.split(' ')) {
    if (word === '|' || word === '-') {
      const { expects } = buildPortTarget(overrides);
      target = { ...target, basis: `${target.basis}'`, expects: word === '-' ? null : expects };
      check = changeBehind(check, target);
      continue;
    }
    atMs += 1_000;
    const round = toRound(
      target,
      atMs,
      [...word].map((letter) =>
        buildResult(
          RESULTS[letter as keyof typeof RESULTS],
          letter === 'c' || letter === 's'
            ? { wrong: { kind: 'silent' } }
            : letter === 'l'
              ? { connectMs: 1_020 }
              : {},
        ),
      ),
    );
    if (round !== null) check = addRound(check, target, round);
  }
  return check;
}

describe('what rounds say of a port', () => {
  test.each([
    ['answers at once', 'ooo', 'answers', 1_000],
    ['one failed round decides nothing', 'ooo rr', 'answers', 1_000],
    ['nothing is known of a port that failed once', 'rr', null, 0],
    ['refused twice in a row', 'ooo rr rr', 'refused', 2_000],
    ['times out twice in a row, from the first on', 'tt tt', 'timed-out', 1_000],
    ['the newest way to fail counts', 'rr tt', 'timed-out', 1_000],
    ['no way there', 'u u', 'unreachable', 1_000],
    ['answers wrongly', 'ww ww', 'wrong', 1_000],
    ['well again by one round', 'rr rr ooo', 'answers', 3_000],
    ['also where each has one connection', 't t o o o', 'answers', 3_000],
    ['answers now and then', 't t o t o t', 'partly', 4_000],
    ['each second connection: it does not answer each time that one does', 't o t o o', 'partly', 3_000],
    ['dead, well, and again: it comes and goes', 't t o t o o', 'partly', 4_000],
    ['until it is well for some rounds', 'tt tt ooo tt ooo ooo ooo ooo', 'answers', 8_000],
    ['one of three fails once', 'ooo oto', 'answers', 1_000],
    ['one of three fails twice', 'ooo oto oot', 'partly', 2_000],
    ['one of three, asked one at a time', 'o o t o o t', 'partly', 3_000],
    ['dead, and then it loses the first packet alone: it is not well', 't t l', 'partly', 2_000],
    ['a way that loses packets for as long as some are late', 'o t o t l o l o l', 'partly', 2_000],
    ['and is well when none is', 'o t o t l o o o o o', 'answers', 10_000],
    ['late from the first on is an answer', 'l l l', 'answers', 1_000],
    ['late in each round, and none fails any more', 'o t o t l l l l l l', 'answers', 10_000],
    ['each replica has to be met twice after that', 'oto oto ooo', 'partly', 1_000],
    ['and then it is well', 'oto oto ooo ooo', 'answers', 4_000],
    ['other replicas than before: once is not twice', 'ooo rr | rr', 'answers', 1_000],
    ['other replicas that are refused, too', 'rr rr | rr rr', 'refused', 1_000],
    ['beside a replica that crashes over and over nothing answers', 'ooo tt | tt | tt', 'timed-out', 2_000],
    ['beside such a one it answers in between', 'ooo tt | ooo | tt | tt', 'answers', 1_000],
    ['and does again', 'ooo tt | tt | tt | ooo', 'answers', 5_000],
    ['nothing answered from the first on, of whichever replicas', 'rr | tt | rr', 'refused', 1_000],
    ['an update for a while of which none takes traffic', 'ooo tt | tt - | tt | tt', 'answers', 1_000],
    ['scaled to none and up again', 'ooo rr - rr | rr | rr', 'answers', 1_000],
    ['scaled to none while it still counted', 'ooo rr | rr - rr', 'answers', 1_000],
  ])('%s: %s', (_situation, text, state, sinceMs) => {
    expect(run(text)).toMatchObject({ state, sinceMs });
  });

  test('failures at one time, one that is late, and two that are soon may be chance; four are not', () => {
    const host = { connections: 1 };
    expect(run('o t t t l o o', host)).toMatchObject({ state: 'partly' });
    expect(run('o t t t l o o o o', host)).toMatchObject({ state: 'answers' });
    expect(run('o t o t t o o o o', host)).toMatchObject({ state: 'answers' });
  });

  test('the share of failures stays as it was said, as long as it lasts', () => {
    expect(run('oto oto')).toMatchObject({ failed: 1, asked: 3, failure: 'timed-out' });
    expect(run('oto oto ott')).toMatchObject({ failed: 1, asked: 3 });
  });

  test('that it was reached once is known for as long as it is asked', () => {
    expect(run(`ooo ${'tt '.repeat(20).trim()}`)).toMatchObject({ state: 'timed-out', wasReached: true });
    expect(run('tt tt tt')).toMatchObject({ state: 'timed-out', wasReached: false });
    // It hung, was refused or answered wrongly all the while that this server runs.
    for (const first of ['ss', 'ww', 'rr', 'cc'])
      expect(run(`${first} tt tt`)).toMatchObject({ state: 'timed-out', wasReached: true });
  });

  test('no more than a few rounds are kept', () => {
    expect(run('ooo '.repeat(50).trim()).rounds).toHaveLength(6);
  });

  test('it answers though nothing is up, seen twice', () => {
    expect(isUnownedPort(run('o', { expects: 'nothing' }))).toBe(false);
    expect(isUnownedPort(run('o o', { expects: 'nothing' }))).toBe(true);
    expect(isUnownedPort(run('o | o', { expects: 'nothing' }))).toBe(false);
    expect(isUnownedPort(run('o o'))).toBe(false);
  });

  test('a round that came to no end is none', () => {
    expect(toRound(TARGET, 0, [])).toBeNull();
  });
});

test.each([
  ['ooo', false],
  ['cc', true],
  ['ooc', true],
  ['cc ooo', false],
  ['tt tt', false],
])('a port that gives connections and no more is not taken for one that answers: %s', (text, expected) => {
  expect(isUntaken(run(text))).toBe(expected);
  expect(isUntaken(run(text, { expects: null }))).toBe(false);
});

test('what Docker itself holds is not the port of something else', () => {
  expect(isUnownedPort(run('o o', { expects: 'nothing' }))).toBe(true);
  expect(isUnownedPort(run('c c', { expects: 'nothing' }))).toBe(false);
});

test('a node that gives connections and nothing through them is reached', () => {
  const silent = { state: 'timed-out', wrong: { kind: 'silent' } } as const;
  expect(isReached({ ...run('tt tt'), ...silent })).toBe(true);
  expect(isReached(run('tt tt'))).toBe(false);
});
