import { describe, expect, test } from 'vitest';
import type { ProbeMark } from '#lib/model/contract/history.ts';
import { type Bar, chooseBar, describeBar, toBars } from './bars.ts';
import { toHeartbeatAction } from './to-heartbeat-action.ts';

const probe = (startedAtMs: number, durationMs = 50, exitCode = 0): ProbeMark => ({
  taskId: 'task-1',
  startedAtMs,
  durationMs,
  exitCode,
  output: 0,
});
const window = { fromMs: 10_000, untilMs: 20_000 };

describe('toBars', () => {
  test('few probes: one bar each, those outside of the window left out', () => {
    const probes = [probe(1000), probe(10_000), probe(15_000, 3000, -1), probe(25_000)];
    const bars = toBars({ kind: 'exact', probes, outputs: ['ok'] }, window, 10);
    expect(bars.map(({ fromMs, untilMs, failed, medianMs }) => [fromMs, untilMs, failed, medianMs])).toEqual([
      [10_000, 10_050, 0, 50],
      [15_000, 18_000, 1, 3000],
    ]);
    expect(bars[1]?.probe).toEqual({ taskId: 'task-1', exitCode: -1, output: 0 });
  });

  test('a probe that began before the window and ended in it is seen', () => {
    expect(toBars({ kind: 'exact', probes: [probe(9000, 3000, -1)], outputs: [] }, window, 10)).toHaveLength(
      1,
    );
  });

  test('too many: neighbours become one, no failure is lost, a lonely one stays exact', () => {
    const probes = [probe(10_000, 10), probe(10_500, 30), probe(11_000, 20, 1), probe(19_000, 90)];
    const bars = toBars({ kind: 'exact', probes, outputs: [] }, window, 2);
    expect(bars).toEqual([
      {
        fromMs: 10_000,
        untilMs: 15_000,
        count: 3,
        failed: 1,
        minMs: 10,
        medianMs: 20,
        maxMs: 30,
        probe: null,
      },
      expect.objectContaining({ fromMs: 19_000, count: 1, probe: expect.anything() }),
    ]);
  });

  test('buckets are put together by what they stand for', () => {
    const bucket = (fromMs: number, count: number, medianMs: number, failed = 0) => ({
      ...{ fromMs, untilMs: fromMs + 1000, count, failed },
      ...{ minMs: medianMs / 2, medianMs, maxMs: medianMs * 2 },
    });
    const buckets = [bucket(10_000, 1, 1000, 1), bucket(11_000, 20, 40), bucket(18_000, 20, 60)];
    const bars = toBars({ kind: 'buckets', bucketMs: 1000, buckets }, window, 2);
    expect(
      bars.map(({ count, failed, minMs, medianMs, maxMs }) => [count, failed, minMs, medianMs, maxMs]),
    ).toEqual([
      [21, 1, 20, 40, 2000],
      [20, 0, 30, 60, 120],
    ]);
  });

  test('no probes, no bars', () => {
    expect(toBars({ kind: 'exact', probes: [], outputs: [] }, window, 10)).toEqual([]);
  });
});

const bar = (failed: number): Bar => ({
  ...{ fromMs: 0, untilMs: 1, count: 1, failed, minMs: 1, medianMs: 1, maxMs: 1 },
  probe: null,
});
const bars = [0, 1, 0, 0, 1, 0].map(bar);

describe('keys in the heartbeat chart', () => {
  test.each<[string, boolean, number | null, number | null]>([
    ['ArrowLeft', false, null, 5],
    ['ArrowLeft', false, 5, 4],
    ['ArrowLeft', false, 0, 0],
    ['ArrowRight', false, 5, 5],
    ['PageUp', false, 5, 0],
    ['Home', false, 3, 0],
    ['End', false, null, 5],
    ['ArrowDown', false, null, 4],
    ['ArrowDown', false, 4, 1],
    ['ArrowDown', false, 1, 1],
    ['ArrowUp', false, 1, 4],
    ['ArrowUp', false, 4, 4],
    ['ArrowUp', false, null, null],
  ])('%s from %s', (key, shift, current, expected) => {
    const action = toHeartbeatAction(key, shift);
    if (action?.kind !== 'step' && action?.kind !== 'failed' && action?.kind !== 'edge')
      throw new Error(`${key} does not move among bars`);
    expect(chooseBar(bars, current, action)).toBe(expected);
    expect(chooseBar([], null, action)).toBeNull();
  });

  test.each([
    ['+', false, { kind: 'zoom', factor: 0.5 }],
    ['-', false, { kind: 'zoom', factor: 2 }],
    ['ArrowLeft', true, { kind: 'pan', share: -0.25 }],
    ['Escape', false, { kind: 'reset' }],
    ['a', false, null],
    ['Tab', true, null],
  ])('%s (Shift: %s)', (key, shift, action) => expect(toHeartbeatAction(key, shift)).toEqual(action));
});

const outputs = ['ok', '503 Service Unavailable', 'Health check exceeded timeout (3s)'];
const one = (durationMs: number, exitCode: number, output: number): Bar => ({
  ...{ fromMs: 0, untilMs: durationMs, count: 1, failed: exitCode === 0 ? 0 : 1 },
  ...{ minMs: durationMs, medianMs: durationMs, maxMs: durationMs },
  probe: { taskId: 'task-1', exitCode, output },
});
const many = (count: number, failed: number): Bar => ({
  ...{ fromMs: 0, untilMs: 300_000, count, failed },
  ...{ minMs: 38, medianMs: 41, maxMs: 3001 },
  probe: null,
});

test.each([
  ['passed', one(41, 0, 0), 3000, 'exit 0', false, 'took 41 ms of 3 s', 'ok'],
  ['failed', one(52, 1, 1), 3000, 'exit 1', true, 'took 52 ms of 3 s', '503 Service Unavailable'],
  [
    ...['timed out', one(3002, -1, 2), 3000, 'timed out after 3 s', true],
    ...['took 3.00 s of 3 s', 'Health check exceeded timeout (3s)'],
  ],
  ['timeout not known', one(41, 0, 0), null, 'exit 0', false, 'took 41 ms', 'ok'],
  ['several', many(60, 3), 3000, '60 probes, 3 failed', true, 'median 41 ms, 38 ms to 3.00 s', null],
  [
    'several, all well',
    many(60, 0),
    3000,
    '60 probes, all passed',
    false,
    'median 41 ms, 38 ms to 3.00 s',
    null,
  ],
  ['a bucket of one', many(1, 0), 3000, '1 probe, all passed', false, 'took 41 ms', null],
] as [string, Bar, number | null, string, boolean, string, string | null][])(
  '%s',
  (_, bar, timeoutMs, result, failed, took, output) => {
    expect(describeBar(bar, outputs, timeoutMs)).toEqual({ result, failed, took, output });
  },
);
