import { describe, expect, test } from 'vitest';
import {
  buildBadSwarm,
  buildFleet,
  buildFleetSwarm,
  buildSilentSwarm,
  countStatuses,
} from '#lib/testing/build-fleet.ts';
import { buildFleetDays } from '#lib/testing/fleet-days.ts';
import { describeSilenced } from '#lib/view/wall/describe-silenced.ts';
import { describeFleetTab } from './describe-fleet-tab.ts';
import {
  decideFleetTone,
  decideFleetTruth,
  describeFleetAnswer,
  describeFleetCounts,
} from './describe-fleet-wall.ts';
import { formatFleetMarkdown } from './format-fleet-markdown.ts';
import { describeWhy, isSilenced, toFleetRow, toFleetView, toSilence } from './to-fleet-view.ts';

const NOW_MS = 10_000_000;
const DAYS = buildFleetDays(NOW_MS);
const viewOf = (day: string) => toFleetView(DAYS[day] ?? buildFleet([]));
const LIVE = { live: true, wasLive: true };

describe('what all swarms say together', () => {
  test.each([
    ['a calm day', 'calm', 'well', 0, 0, 'All 7 swarms are well.', ''],
    [
      'one that is silent',
      'silent',
      'unknown',
      0,
      1,
      'Nothing is known of staging; the other 6 are well.',
      '? ',
    ],
    ['all of them silent', 'all-silent', 'unknown', 0, 3, 'Nothing is known of any swarm.', '? '],
    [
      'a bad day',
      'bad',
      'bad',
      3,
      1,
      'prod-eu has 3 problems, the worst with docker05; batch has a problem with ml_trainer; prod-us has a problem with api_gateway; nothing is known of staging.',
      '3 ✖ ',
    ],
    ['an update', 'updating', 'changing', 0, 0, 'All 2 swarms are well; edge-fra is changing.', ''],
    ['one swarm', 'one', 'well', 0, 0, '1 swarm is well.', ''],
  ])('%s', (_what, day, tone, bad, unknown, sentence, tab) => {
    const view = viewOf(day);
    expect([view.tone, view.bad, view.unknown.length]).toEqual([tone, bad, unknown]);
    expect(view.sentence).toBe(sentence);
    expect(describeFleetTab(view, LIVE).prefix).toBe(tab);
  });

  test('a wall of no swarm, as of a token with a slip in its name, says that there is none, and is never well', () => {
    const none = toFleetView(buildFleet([]));
    expect(decideFleetTone(none)).toBe('unknown');
    expect(describeFleetAnswer(none, null)).toBe('No swarm that you may see');
    expect(describeFleetAnswer(none, '12:00:00')).toBe('No swarm that you may see');
    expect(decideFleetTruth({ kind: 'live' }, none), 'it is not that a swarm is not heard').toEqual({
      kind: 'live',
    });
    expect(describeFleetCounts(none), 'not 0 of 0').toEqual([]);
    expect(decideFleetTone(viewOf('calm'))).toBe('well');
    expect(describeFleetAnswer(viewOf('calm'), '12:00:00')).toBe('All 7 swarms are well, at 12:00:00');
  });

  test('twenty and fifty swarms: three are named, the others are counted, and the worst come first', () => {
    for (const [day, more] of [
      ['twenty', null],
      ['fifty', '3 swarms more have problems'],
    ] as const) {
      const view = viewOf(day);
      const tones = view.rows.map(({ tone }) => tone);
      expect(tones.lastIndexOf('bad')).toBeLessThan(tones.indexOf('unknown'));
      expect(tones.lastIndexOf('unknown')).toBeLessThan(tones.indexOf('well'));
      if (more !== null) expect(view.sentence).toContain(more);
    }
  });

  test('a swarm of which nobody may see anything is not there, and what is left is not called well for it', () => {
    expect(viewOf('none')).toMatchObject({ tone: 'empty', rows: [], problemCount: 0 });
    expect(describeFleetTab(viewOf('none'), LIVE).icon).toBe('unknown');
  });
});

describe('what is not known is in no total', () => {
  test('all of a silent swarm', () => {
    const { totals, notKnown } = toFleetView(
      buildFleet([buildFleetSwarm('a'), buildSilentSwarm('b'), buildSilentSwarm('never', null)]),
    );
    expect(totals.services).toEqual({ well: 10, total: 10 });
    expect(totals.replicas).toMatchObject({ well: 20, total: 20 });
    expect(totals.nodes).toMatchObject({ ready: 3, total: 3 });
    expect(notKnown).toEqual({ services: 10, replicas: 20, names: ['b'], neverHeard: ['never'] });
  });

  test('what a swarm that is heard does not know of itself', () => {
    const partly = buildFleetSwarm('a', {
      services: { total: 10, well: 8, unknown: 2, changing: 0 },
      replicas: { desired: 20, healthy: 15, byStatus: countStatuses({ healthy: 15, unknown: 5 }) },
    });
    const { totals, notKnown } = toFleetView(buildFleet([partly]));
    expect(totals.services).toEqual({ well: 8, total: 8 });
    expect(totals.replicas).toMatchObject({ well: 15, total: 15 });
    expect(totals.replicas.byStatus.unknown).toBe(0);
    expect(notKnown).toEqual({ services: 2, replicas: 5, names: ['a'], neverHeard: [] });
  });
});

describe('one swarm among others', () => {
  test.each([
    [buildFleetSwarm('a'), 'well', 'All well', 'All 10 services are healthy'],
    [buildBadSwarm('a'), 'bad', '1 problem', 'shop_api: Replica 2 failed 2 of 3 probes: exit 1.'],
    [buildSilentSwarm('a'), 'unknown', 'Silent', 'then 10 of 10 services were well'],
    [buildSilentSwarm('a', null), 'unknown', 'Not heard yet', 'It does not answer (ECONNREFUSED).'],
    [buildFleetSwarm('a', { verdict: 'unknown', sentence: 's' }), 'unknown', 'Not known', 's'],
    [buildFleetSwarm('a', { verdict: 'updating', sentence: 's' }), 'changing', 'Updating', 's'],
    [
      buildFleetSwarm('a', {
        verdict: 'idle',
        sentence: 'No services yet',
        services: { total: 0, well: 0, unknown: 0, changing: 0 },
      }),
      'empty',
      'No services',
      'No services yet',
    ],
    // It was bad when it was heard last: how it is now nobody knows, so it is no more a problem than it is well.
    [
      { ...buildBadSwarm('a'), state: 'silent' as const },
      'unknown',
      'Silent',
      'then 9 of 10 services were well',
    ],
  ])('%#: %o', (swarm, tone, word, why) => {
    const row = toFleetRow(swarm);
    expect([row.tone, row.word, describeWhy(row)]).toEqual([tone, word, why]);
  });
});

test('the worst problems of all stand first, each with its swarm; of a silent one only that it is silent', () => {
  const { problems, problemCount, problemSwarms } = viewOf('bad');
  expect(problems.map(({ swarm, problem }) => `${swarm} ${problem.name}`)).toEqual([
    'prod-eu docker05',
    'prod-eu data_kafka',
    'batch ml_trainer',
    'prod-eu shop_checkout',
    'prod-us api_gateway',
    'staging the whole swarm',
  ]);
  expect([problemCount, problemSwarms]).toEqual([6, 4]);
});

test('what is silenced in one swarm stands after what is wrong in another, and is counted with its end', () => {
  const known = buildBadSwarm('a', { verdict: 'down', name: 'known', silencedUntilMs: 90_000 });
  const told = buildBadSwarm('b', { verdict: 'failing', name: 'told' });
  const silent = buildSilentSwarm('c', { silenced: { count: 4, firstMs: 1, lastMs: 1 } });
  const said = known.said && { ...known.said, silenced: { count: 1, firstMs: 90_000, lastMs: 90_000 } };
  const view = toFleetView(buildFleet([{ ...known, said }, told, silent]));
  expect(view.problems.map(({ problem }) => problem.name)).toEqual(['told', 'the whole swarm', 'known']);
  expect(view.problems.map(isSilenced)).toEqual([false, false, true]);
  expect(view).toMatchObject({ bad: 2, silenced: { count: 1, untilMs: 90_000, isAllUntilThen: true } });
  expect(describeSilenced(view.silenced, 80_000)).toEqual([expect.stringContaining('1 silenced until')]);
  expect(describeSilenced(toFleetView(buildFleet([told])).silenced, 80_000)).toEqual([]);
});

test('copied as Markdown it says the same, with nothing that a name could make of it', () => {
  const hostile = buildBadSwarm('a', { name: '|x|[y](z)', sentence: '<b>no</b>', sinceMs: NOW_MS - 60_000 });
  const view = toFleetView(buildFleet([hostile, buildSilentSwarm('b')]));
  const text = formatFleetMarkdown(view, {
    nowMs: NOW_MS,
    lostSinceMs: null,
    permalink: 'https://v.example/',
  });
  expect(text).toContain('| a | 1 problem |');
  expect(text).toContain('| b | Silent |');
  expect(text).toMatch(/\| b \|.*\| \? \| \? \| \? \|/);
  expect(text).not.toContain('<b>');
  expect(text).not.toContain('[y](z)');
  expect(text).toContain('<https://v.example/>');
});

test('copied while the server is not heard it says so, and since when, and calls nothing well or new', () => {
  const view = toFleetView(buildFleet([buildFleetSwarm('a'), buildSilentSwarm('b')]));
  const lostSinceMs = NOW_MS - 600_000;
  const text = formatFleetMarkdown(view, { nowMs: NOW_MS, lostSinceMs, permalink: 'https://v.example/' });
  expect(text).toMatch(/^# All swarms: Not known\n/);
  expect(text).toContain('**Not live:** the server was last heard at ');
  expect(text).toMatch(/\| a \| Not known \| Not heard from since .*\| \? \| \? \| \? \| 10 min old \|/);
  expect(text).not.toMatch(/\| (now|All well) \|/);
});

test('of a silent swarm it is said how many replicas it had, be it one', () => {
  const replicas = { desired: 1, healthy: 1, byStatus: countStatuses({ healthy: 1 }) };
  expect(toSilence(buildSilentSwarm('b', { replicas })).counts).toBe('1 replica');
});
