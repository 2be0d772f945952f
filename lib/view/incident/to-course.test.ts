import { expect, test } from 'vitest';
import type { StatusSpan } from '#lib/model/contract/history.ts';
import type { Incident } from '#lib/model/contract/incident.ts';
import { toIncident } from '#lib/model/events/to-incident.ts';
import { buildIncident } from '#lib/testing/build-incident.ts';
import { english } from '#lib/words/english.ts';
import { toBackMs, toCourseWindow, toGuides, toSteps } from './to-course.ts';

const START = 1_800_000_000_000;
const incident = (over: Partial<Incident>): { incident: Incident } => ({
  incident: toIncident(buildIncident({ startedAtMs: START, ...over }), english),
});
const span = (seconds: number, status: StatusSpan['status']): StatusSpan => ({
  fromMs: START + seconds * 1_000,
  untilMs: null,
  status,
  taskId: null,
  sentence: null,
});

test.each([
  [
    'whole after 42 s, over after 19 min: until it was whole',
    { recoveredAtMs: START + 42_000, endedAtMs: START + 1_146_000 },
    47_000,
  ],
  ['over after 8 s', { endedAtMs: START + 8_000 }, 13_000],
  ['open: until now', {}, 3_600_000],
  ['over just now: never beyond it', { endedAtMs: START + 3_599_000 }, 3_600_000],
])('%s', (_name, over, lengthMs) => {
  const window = toCourseWindow(incident(over), START + 3_600_000);
  expect(window.fromMs).toBeLessThan(START);
  expect(window.untilMs - START).toBe(lengthMs);
});

test('what lies outside of what is drawn has no mark', () => {
  const one = incident({ recoveredAtMs: START + 42_000, endedAtMs: START + 1_146_000 });
  const window = toCourseWindow(one, START + 3_600_000);
  expect(toGuides(one, window).map(({ kind }) => kind)).toEqual(['first', 'whole']);
});

test('services that are not whole are counted over time', () => {
  const steps = toSteps([
    { fromMs: 0, untilMs: 10 },
    { fromMs: 0, untilMs: null },
    { fromMs: 5, untilMs: 10 },
  ]);
  expect(steps).toEqual([
    { atMs: 0, count: 2 },
    { atMs: 5, count: 3 },
    { atMs: 10, count: 1 },
  ]);
});

test.each<[name: string, spans: StatusSpan[], back: number | null]>([
  [
    'lost, starting, healthy',
    [span(-5, 'healthy'), span(0, 'lost'), span(2, 'starting'), span(12, 'healthy')],
    12_000,
  ],
  [
    'failing on the way is up',
    [span(0, 'lost'), span(9, 'healthy'), span(12, 'failing'), span(15, 'healthy')],
    9_000,
  ],
  [
    'fell over again',
    [span(0, 'failed'), span(9, 'healthy'), span(12, 'failed'), span(30, 'running')],
    30_000,
  ],
  ['not back', [span(0, 'lost'), span(2, 'starting')], null],
  ['never away', [span(0, 'healthy')], null],
  ['not known', [], null],
])('back after: %s', (_name, spans, back) => {
  expect(toBackMs({ spans }, START)).toBe(back);
});
