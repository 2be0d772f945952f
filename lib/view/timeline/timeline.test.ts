import { describe, expect, test } from 'vitest';
import type { Timeline, TimelineBar, TimelineMark } from '#lib/model/contract/timeline.ts';
import type { TimeFrame } from '#lib/view/history/time-frame.ts';
import { type AxisKey, decideAxis, parseAxisKey } from './axis-window.ts';
import { moveEnd, toBrush } from './brush.ts';
import {
  type AxisLane,
  findLabelled,
  holdStacks,
  placeBars,
  selectDrawn,
  toAxisLanes,
  toMarkSlotMs,
} from './lanes.ts';
import { toMarkHref, toTimelineHref } from './timeline-address.ts';

const NOW = Date.UTC(2026, 5, 10, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const fixed = (fromAgoMs: number, untilAgoMs: number): TimeFrame => ({
  kind: 'fixed',
  fromMs: NOW - fromAgoMs,
  untilMs: NOW - untilAgoMs,
});

test.each<[string, AxisKey | null, TimeFrame | null, number | null, AxisKey, number]>([
  ['nothing is known', null, null, null, '1h', 0],
  ['ten minutes are known', null, null, NOW - 10 * MINUTE, '1h', 0],
  ['an hour and a bit', null, null, NOW - 61 * MINUTE, '6h', 0],
  ['a day', null, null, NOW - DAY, '24h', 0],
  ['a month', null, null, NOW - 30 * DAY, '7d', 0],
  ['a clock that was set back', null, null, NOW + DAY, '1h', 0],
  ['a range was chosen', '24h', null, NOW - 10 * MINUTE, '24h', 0],
  ['the list is limited to the last six hours', null, { kind: 'newest', lengthMs: 6 * HOUR }, NOW, '6h', 0],
  ['a recent stretch is chosen', null, fixed(50 * MINUTE, 40 * MINUTE), NOW - 30 * DAY, '1h', 0],
  ['an older one', null, fixed(20 * HOUR, 19 * HOUR), NOW, '24h', 0],
  ['an hour of three days ago', '6h', fixed(3 * DAY, 3 * DAY - HOUR), NOW, '6h', 3 * DAY - 3.5 * HOUR],
])('%s', (_, chosen, frame, knownFromMs, key, endsAgoMs) => {
  const axis = decideAxis(chosen, frame, knownFromMs, NOW);
  expect(axis.key).toBe(key);
  expect(NOW - axis.window.untilMs).toBe(endsAgoMs);
  expect(axis.isNewest).toBe(endsAgoMs === 0);
});

test('an address that asks for another length than there is asks for none', () => {
  expect(['1h', '7d', '5m', '', '1H', null].map(parseAxisKey)).toEqual(['1h', '7d', null, null, null, null]);
});

describe('what is chosen', () => {
  const window = { fromMs: NOW - HOUR, untilMs: NOW };
  test.each([
    ['from left to right', 0.25, 0.5, [-45, -30]],
    ['from right to left', 0.5, 0.25, [-45, -30]],
    ['beyond both ends', -3, 2, [-60, 0]],
    ['a point is a minute', 0.5, 0.5, [-30.5, -29.5]],
    ['a point at the end', 1, 1, [-1, 0]],
    ['a point at the beginning', 0, 0, [-60, -59]],
  ])('%s', (_, a, b, [from, until]) => {
    const { fromMs, untilMs } = toBrush(a, b, window);
    expect([(fromMs - NOW) / MINUTE, (untilMs - NOW) / MINUTE]).toEqual([from, until]);
  });

  const brush = { fromMs: NOW - 30 * MINUTE, untilMs: NOW - 20 * MINUTE };
  test.each([
    ['from', 'ArrowLeft', [-31, -20]],
    ['from', 'PageUp', [-21, -20]],
    ['from', 'Home', [-60, -20]],
    ['from', 'End', [-21, -20]],
    ['until', 'ArrowRight', [-30, -19]],
    ['until', 'End', [-30, 0]],
    ['until', 'Home', [-30, -29]],
  ] as const)('its end "%s" with %s', (end, key, minutes) => {
    const moved = moveEnd(brush, end, key, window);
    expect(moved && [(moved.fromMs - NOW) / MINUTE, (moved.untilMs - NOW) / MINUTE]).toEqual(minutes);
  });
  test('other keys do nothing', () => expect(moveEnd(brush, 'from', 'Tab', window)).toBe(null));
});

const bar = (fromMs: number, untilMs: number | null, more: Partial<TimelineBar> = {}): TimelineBar => ({
  lane: null,
  incidentId: `i${fromMs}`,
  kind: 'service',
  state: 'over',
  isCritical: true,
  title: 'web',
  fromMs,
  untilMs,
  ...more,
});
const mark = (fromMs: number, more: Partial<TimelineMark> = {}): TimelineMark => ({
  lane: 'deploys',
  stack: null,
  fromMs,
  untilMs: fromMs,
  count: 1,
  level: 'info',
  isEnd: false,
  text: 'web',
  ...more,
});

test('incidents of the same time lie in rows of their own, as far as there are any', () => {
  const rows = (bars: TimelineBar[]) => placeBars(bars).map(({ row }) => row);
  expect(rows([bar(0, 10), bar(10, 20), bar(5, null), bar(30, 40)])).toEqual([0, 1, 0, 0]);
  expect(rows([bar(0, null), bar(1, null), bar(2, null), bar(3, null)])).toEqual([0, 1, 2, 2]);
  const others = (bars: TimelineBar[]) => placeBars(bars).map((one) => one.others);
  expect(others([bar(0, 90), bar(1, 90), bar(2, 9), bar(3, 9), bar(4, 8), bar(20, 30), bar(95, 99)])).toEqual(
    [0, 0, 2, 0, 0, 0, 0],
  );
});

test('every lane is there whatever happened, and failures have one for each stack where they are wanted', () => {
  const timeline: Timeline = {
    fromMs: 0,
    untilMs: 100,
    slotMs: 10,
    marks: [
      mark(5),
      mark(6, { lane: 'failures', stack: 'shop', count: 3, text: null }),
      mark(7, { lane: 'failures', stack: 'data', count: 5, text: null }),
    ],
    bars: [bar(0, 9), bar(1, 9, { lane: 'nodes', kind: 'node' })],
    moreIncidents: false,
    unknown: [],
    countedFromMs: null,
    checks: false,
    knownFromMs: 0,
    history: { kind: 'memory', sentence: 'Kept in memory.' },
  };
  const names = (lanes: AxisLane[]) =>
    lanes.map((lane) => `${lane.key} ${selectDrawn(lane, timeline).count}`);
  expect(names(toAxisLanes(timeline, 10, null))).toEqual([
    'incidents 1',
    'deploys 1',
    'nodes 0',
    'managers 0',
    'failures 8',
    'unknown 0',
    'checks 0',
  ]);
  expect(names(toAxisLanes(timeline, 10, ['data', 'shop'])).slice(4, 6)).toEqual([
    'failures data 5',
    'failures shop 3',
  ]);
  expect(names(toAxisLanes({ ...timeline, marks: [] }, 10, []))).toHaveLength(7);
});

test('two at either side of where a slot ends are one mark, so that none is drawn over another', () => {
  const marks = [mark(19), mark(21, { count: 53 }), mark(33), mark(50)];
  const [deploys] = toAxisLanes({ marks, bars: [] }, 10, null).filter(({ lane }) => lane === 'deploys');
  expect(deploys?.marks.map(({ fromMs, untilMs, count }) => [fromMs, untilMs, count])).toEqual([
    [19, 21, 54],
    [33, 33, 1],
    [50, 50, 1],
  ]);
});

test('what lies before the axis, which moves on, is neither drawn nor counted', () => {
  const marks = [mark(8, { untilMs: 11 }), mark(9, { untilMs: 12 }), mark(20, { count: 4, text: null })];
  const bars = placeBars([bar(0, 9), bar(0, 10), bar(5, null)]);
  const window = { fromMs: 10, untilMs: 110 };
  const lane: AxisLane = { key: 'failures', lane: 'failures', marks, bars };
  const drawn = selectDrawn(lane, window);
  expect([drawn.marks, drawn.count, drawn.bars.length]).toEqual([marks.slice(1), 5, 2]);
  expect(selectDrawn({ ...lane, lane: 'incidents' }, window).count).toBe(2);
});

test.each([
  ['a wide axis keeps the slots of the answer', HOUR, 2_900, 30_000, 30_000],
  ['half as wide: two of them are one', HOUR, 1_450, 30_000, 60_000],
  ['a phone', 7 * DAY, 240, 5_400_000, 64_800_000],
  ['no width at all', HOUR, 0, 30_000, HOUR],
])('%s', (_, lengthMs, widthPx, slotMs, expected) => {
  expect(toMarkSlotMs(lengthMs, widthPx, slotMs)).toBe(expected);
});

test('a mark has its sentence beside it only where that fits whole', () => {
  const marks = [mark(0, { text: 'x'.repeat(20) }), mark(100), mark(150, { text: null }), mark(990)];
  const labelled = findLabelled(marks, (atMs) => atMs, 1_000);
  expect(marks.map((one) => labelled.has(one))).toEqual([false, true, false, false]);
  expect(findLabelled(marks, (atMs) => atMs * 3, 3_000).has(marks[0] ?? mark(0))).toBe(true);
});

test('what is chosen is in the address, with the rest of it; a mark leads to its events', () => {
  const place = { page: '/events', query: 'service=web&kind=task,health', axis: '6h' } as const;
  expect(toTimelineHref(place, { fromMs: 1_000, untilMs: 61_000 })).toBe(
    '/events?service=web&kind=task,health&axis=6h&from=1000&until=61000',
  );
  expect(toTimelineHref({ page: '/timeline', query: '', axis: null }, null)).toBe('/timeline');
  const window = { fromMs: NOW - HOUR, untilMs: NOW };
  const minute = `from=${NOW - 30 * MINUTE - 30_000}&until=${NOW - 30 * MINUTE + 30_000}`;
  const failures = mark(NOW - 30 * MINUTE, { lane: 'failures' });
  expect(toMarkHref(failures, '1h', window)).toBe(
    `/events?kind=health,task&level=bad,warn&axis=1h&${minute}`,
  );
  expect(toMarkHref({ ...failures, lane: 'checks' }, null, window)).toBe(`/events?${minute}`);
});

test.each<[string, (string | null)[], (string | null)[], (string | null)[], (string | null)[]]>([
  [
    'those that failed come first, all others have their line from the start',
    [],
    ['shop'],
    ['data', 'ml', 'shop'],
    ['shop', 'data', 'ml'],
  ],
  [
    'one that fails later stays where it is',
    ['shop', 'data', 'ml'],
    ['ml', 'shop'],
    ['data', 'ml', 'shop'],
    ['shop', 'data', 'ml'],
  ],
  [
    'one that is new takes the last line that shows nothing',
    ['shop', 'data', 'ml'],
    ['shop', 'late'],
    ['data', 'late', 'ml', 'shop'],
    ['shop', 'data', 'late'],
  ],
  ['there are never fewer lines', ['shop', 'data'], [], [], ['shop', 'data']],
])('lines of failures: %s', (_, before, failed, stacks, expected) => {
  const marks = failed.map((stack) => mark(1, { lane: 'failures', stack }));
  expect(holdStacks(before, marks, stacks)).toEqual(expected);
});
