import { expect, test } from 'vitest';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { createProbeFilter } from './create-probe-filter.ts';

const probeAt = (startedAtMs: number) => buildProbe({ startedAtMs, endedAtMs: startedAtMs + 50 });
const containerWith = (starts: number[], skewMs = 0) => {
  const container = buildCheckedContainer();
  const health = container.health ?? expect.unreachable();
  return { ...container, skewMs, health: { ...health, probes: starts.map(probeAt) } };
};
const startsOf = (records: { startMs: number }[]) => records.map(({ startMs }) => startMs);

test('a log read again and again brings each probe once', () => {
  const filter = createProbeFilter();
  expect(startsOf(filter.take(containerWith([20_000, 25_000, 30_000])))).toEqual([20_000, 25_000, 30_000]);
  expect(filter.take(containerWith([20_000, 25_000, 30_000]))).toEqual([]);
  expect(startsOf(filter.take(containerWith([25_000, 30_000, 35_000, 40_000])))).toEqual([35_000, 40_000]);
});

test("when the engine's clock is measured anew, its probes are still the same ones", () => {
  const filter = createProbeFilter();
  filter.take(containerWith([20_000, 25_000], 3_000));
  expect(startsOf(filter.take(containerWith([19_993, 24_993, 29_993], 3_007)))).toEqual([33_000]);
});

test('a probe after the clock of its engine was set back is kept', () => {
  const filter = createProbeFilter();
  filter.take(containerWith([20_000, 25_000]));
  expect(startsOf(filter.take(containerWith([20_000, 25_000, 22_500])))).toEqual([22_500]);
});
