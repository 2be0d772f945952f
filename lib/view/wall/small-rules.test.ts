import { describe, expect, test } from 'vitest';
import { buildSource } from '#lib/testing/build-source.ts';
import { decideWallTruth } from './decide-wall-truth.ts';
import { describeRest } from './describe-rest.ts';
import { fitTile } from './fit-tile.ts';
import { isDimHour, toBurnInShift } from './screen-care.ts';
import { NO_NOTICES, trackNotices } from './track-notices.ts';

describe('decideWallTruth', () => {
  const manager = (change: Parameters<typeof buildSource>[0] = {}) =>
    buildSource({ kind: 'manager', state: 'live', error: null, ...change });
  const facts = {
    hasPicture: true,
    ageMs: 0,
    isLive: true,
    reason: null,
    head: { ready: true, sentence: '', findings: [], sources: [manager()] },
    seenAtMs: 1_000,
    nowMs: 1_000,
    waitedMs: 60_000,
  };
  const lost = manager({ state: 'unreachable', error: 'refused', sinceMs: 70 });

  test.each<[string, Partial<Parameters<typeof decideWallTruth>[0]>, object]>([
    ['read just now', {}, { kind: 'live' }],
    ['silent for less than 4 s', { ageMs: 3999 }, { kind: 'live' }],
    [
      'silent for 4 s',
      { ageMs: 4000 },
      {
        ...{ kind: 'stale', of: 'server', reason: 'The server fell silent' },
        ...{ short: 'The server fell silent', sinceMs: null },
      },
    ],
    ['broken, for an instant', { isLive: false, ageMs: 1000, reason: 'Closed' }, { kind: 'live' }],
    [
      'broken',
      { isLive: false, ageMs: 1500, reason: 'Closed' },
      { kind: 'stale', of: 'server', reason: 'Closed', short: 'The server fell silent', sinceMs: null },
    ],
    [
      'no manager is read',
      { head: { ready: true, sentence: '', findings: [], sources: [lost] } },
      {
        ...{ kind: 'stale', of: 'swarm', reason: 'No manager answers: refused' },
        ...{ short: 'No manager answers', sinceMs: 70 },
      },
    ],
    [
      'one of two managers is read',
      { head: { ready: true, sentence: '', findings: [], sources: [lost, manager()] } },
      { kind: 'live' },
    ],
    [
      'the server lives, and has not heard of its swarm for more than three minutes',
      { nowMs: 181_001 },
      {
        ...{ kind: 'stale', of: 'swarm', short: 'Swarm not read', sinceMs: 1_000 },
        reason: 'Nothing was heard of the swarm for three minutes and more.',
      },
    ],
    [
      'no picture yet',
      { hasPicture: false, waitedMs: 0 },
      { kind: 'connecting', reason: 'Waiting for the first answer' },
    ],
    [
      'no picture for 4 s',
      { hasPicture: false, waitedMs: 4000 },
      {
        ...{ kind: 'stale', of: 'server', reason: 'Waiting for the first answer' },
        ...{ short: 'Waiting for the first answer', sinceMs: null },
      },
    ],
  ])('%s', (_name, change, expected) => {
    expect(decideWallTruth({ ...facts, ...change })).toEqual(expected);
  });
});

describe('trackNotices', () => {
  const problem = (id: string) => ({ id, name: `name of ${id}` });

  test('what was there at first is not new; what comes and goes is listed, newest first', () => {
    const first = trackNotices(NO_NOTICES, [problem('a')], 1);
    expect(first.recent).toEqual([]);
    const second = trackNotices(first, [problem('a'), problem('b')], 2);
    expect(second.recent).toEqual([{ id: 'b', kind: 'appeared', name: 'name of b', atMs: 2 }]);
    const third = trackNotices(second, [problem('b')], 3);
    expect(third.recent.map(({ id, kind }) => `${id} ${kind}`)).toEqual(['a cleared', 'b appeared']);
    expect(trackNotices(third, [problem('b')], 4)).toBe(third);
  });

  test('remembers a few only, however long it runs', () => {
    let notices = trackNotices(NO_NOTICES, [], 0);
    for (let at = 1; at < 1000; at += 1)
      notices = trackNotices(notices, at % 2 === 0 ? [] : [problem(`p${at}`)], at);
    expect(notices.recent).toHaveLength(6);
    expect(notices.present?.size).toBeLessThanOrEqual(1);
  });
});

test.each([
  [null, 3, false],
  [{ fromHour: 22, untilHour: 7 }, 22, true],
  [{ fromHour: 22, untilHour: 7 }, 6, true],
  [{ fromHour: 22, untilHour: 7 }, 7, false],
  [{ fromHour: 1, untilHour: 5 }, 0, false],
  [{ fromHour: 1, untilHour: 5 }, 4, true],
])('dim %j at %d: %s', (dim, hour, expected) => {
  expect(isDimHour(dim, hour)).toBe(expected);
});

test('the wall wanders around its middle, never further than it may, and is back after some steps', () => {
  const places = Array.from({ length: 400 }, (_, minute) => toBurnInShift(minute * 60_000, 4));
  expect(Math.max(...places.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]))).toBe(4);
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(9);
});

test.each([
  [['healthy', 'healthy'], 'healthy', ['2 well']],
  [['healthy', 'updating'], 'updating', ['1 well, 1 updating', '1 updating']],
  [['running', 'idle'], 'running', ['2 well']],
  [['starting'], 'starting', ['1 starting']],
  [['healthy', 'degraded'], 'degraded', ['1 well, 1 affected', '1 affected']],
  [['down', 'unknown'], 'down', ['2 affected']],
  [['down', 'updating', 'starting'], 'down', ['1 affected, 1 updating, 1 starting', '1 affected']],
] as const)('a stack of %j is %s: %s', (verdicts, verdict, notes) => {
  expect(describeRest(verdicts.map((one) => ({ verdict: one })))).toEqual({ verdict, notes });
});

test.each([
  ['small', 60, '11 more stacks', '18 well, 14 affected'],
  ['small', 35, '11 more stacks', '14 affected'],
  ['small', 32, '11 stacks', '14 affected'],
  ['small', 24, '+11', '14 affected'],
  ['large', 40, '11 more stacks', '18 well, 14 affected'],
] as const)(
  'stacks that have no tile of their own, on a %s tile %d wide: %s, %s',
  (size, width, name, note) => {
    const names = ['11 more stacks', '11 stacks', '+11'];
    const notes = ['18 well, 14 affected', '14 affected'];
    expect(fitTile({ names, notes }, { x: 0, y: 0, width: width * 10, height: 44 }, size, 10)).toMatchObject({
      name,
      note,
    });
  },
);

test('a name that is too long loses its middle, and what is said of it stays', () => {
  const words = { names: ['prod-eu-west_checkout-worker-blue'], notes: ['4 well'] };
  const fitted = fitTile(words, { x: 0, y: 0, width: 280, height: 44 }, 'small', 10);
  expect(fitted.name).toBe('prod-e…blue');
  expect(fitted.note).toBe('4 well');
});
