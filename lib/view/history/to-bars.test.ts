import { describe, expect, test } from 'vitest';
import type { ProbeMark } from '#lib/model/contract/history.ts';
import { toBars } from './to-bars.ts';

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
