import { expect, test } from 'vitest';
import type { ProbeMark } from '#lib/model/contract/history.ts';
import { toProbeSeries } from './to-probe-series.ts';

const probes = (count: number, everyMs: number): ProbeMark[] =>
  Array.from({ length: count }, (_, n) => ({
    taskId: 't',
    startedAtMs: n * everyMs,
    durationMs: 40 + (n % 5),
    exitCode: n % 100 === 7 ? 1 : 0,
    output: n % 100 === 7 ? 12 : 11,
  }));
const textOf = (output: number) => `text ${output}`;

test('half an hour of a check every 5 s is listed probe by probe, each output once', () => {
  const series = toProbeSeries(probes(360, 5_000), { fromMs: 0, untilMs: 1_800_000 }, textOf);
  if (series.kind !== 'exact') return expect.unreachable();
  expect(series.probes).toHaveLength(360);
  expect(series.outputs).toEqual(['text 11', 'text 12']);
  expect(series.outputs[series.probes[7]?.output ?? -1]).toBe('text 12');
});

test('a week is given in buckets that lose no probe and no failure', () => {
  const week = 7 * 86_400_000;
  const all = probes(week / 5_000, 5_000);
  const series = toProbeSeries(all, { fromMs: 0, untilMs: week }, textOf);
  if (series.kind !== 'buckets') return expect.unreachable();
  const sum = (pick: 'count' | 'failed') => series.buckets.reduce((total, one) => total + one[pick], 0);
  expect(sum('count')).toBe(all.length);
  expect(sum('failed')).toBe(all.filter(({ exitCode }) => exitCode !== 0).length);
  expect(series.buckets.length).toBeLessThanOrEqual(400);
  expect(series.buckets[0]).toMatchObject({
    fromMs: 0,
    untilMs: series.bucketMs,
    minMs: 40,
    medianMs: 42,
    maxMs: 44,
  });
});

test('a stretch without probes has no bucket', () => {
  const early = probes(1_600, 1_000);
  const late = early.map((probe) => ({ ...probe, startedAtMs: probe.startedAtMs + 86_400_000 }));
  const series = toProbeSeries([...early, ...late], { fromMs: 0, untilMs: 2 * 86_400_000 }, textOf);
  if (series.kind !== 'buckets') return expect.unreachable();
  expect(series.buckets.map(({ fromMs }) => fromMs)).toEqual([
    0, 600_000, 1_200_000, 86_400_000, 87_000_000, 87_600_000,
  ]);
});
