import { describe, expect, it } from 'vitest';
import type { ContainerStats } from '#lib/model/docker/container-stats.ts';
import { toUsage, type UsageBounds } from './to-usage.ts';

const GIB = 2 ** 30;
const BOUNDS: UsageBounds = {
  limits: { cpuNano: 5e8, memoryBytes: GIB, pids: null },
  nodeMemoryBytes: 16 * GIB,
  heardAtMs: 12_500,
};
const stats = (readAtMs: number, more: Partial<ContainerStats> = {}): ContainerStats => ({
  containerId: 'c1',
  readAtMs,
  cpuMs: 1_000,
  cores: 4,
  throttling: { periods: 100, throttledPeriods: 10 },
  memoryBytes: GIB / 2,
  memoryMaxBytes: GIB,
  pids: 7,
  pidsMax: 50,
  network: { inBytes: 1_000, outBytes: 2_000 },
  disk: { inBytes: 10, outBytes: 20 },
  ...more,
});
const later = (more: Partial<ContainerStats> = {}) =>
  stats(12_000, {
    cpuMs: 1_500,
    throttling: { periods: 120, throttledPeriods: 18 },
    network: { inBytes: 3_000, outBytes: 2_000 },
    disk: { inBytes: 10, outBytes: 60 },
    ...more,
  });

it('makes rates of two readings, by the engine’s own times', () => {
  expect(toUsage(stats(10_000), later(), BOUNDS)).toEqual({
    atMs: 12_000,
    memoryBytes: GIB / 2,
    memoryMaxBytes: GIB,
    cpuCores: 0.25,
    cpuMaxCores: 0.5,
    throttled: 0.4,
    pids: 7,
    pidsMax: 50,
    network: { inPerSecond: 1_000, outPerSecond: 0 },
    disk: { inPerSecond: 0, outPerSecond: 20 },
  });
});

describe('no rate where none can be known, and never a negative one', () => {
  const NONE = { cpuCores: null, throttled: null, network: null, disk: null };
  it.each([
    ['the first reading', null, later()],
    ['the same reading again', later(), later()],
    ['a reading from before', stats(13_000), later()],
    ['a gap of an hour', stats(12_000 - 3_600_000), later()],
    ['started again: CPU time fell', stats(10_000, { cpuMs: 9_999 }), later()],
    ['started again: traffic fell', stats(10_000, { network: { inBytes: 9_999, outBytes: 0 } }), later()],
  ])('%s', (_, before, now) => {
    expect(toUsage(before, now, BOUNDS)).toMatchObject({ ...NONE, memoryBytes: GIB / 2, pids: 7 });
  });

  it.each([
    ['no CPU time', { cpuMs: null }, { cpuCores: null, network: { inPerSecond: 1_000 } }],
    ['a network that came', { network: null }, { network: null, cpuCores: 0.25 }],
    ['CPU time that jumps', { cpuMs: 1e15 }, { cpuCores: null, network: { inPerSecond: 1_000 } }],
    ['CPU time that jumps, of nobody knows how many cores', { cores: null, cpuMs: 1e15 }, { cpuCores: null }],
    ['a disk counter that fell', { disk: { inBytes: 0, outBytes: 0 } }, { disk: null, cpuCores: 0.25 }],
  ])('%s', (_, more, expected) => {
    expect(toUsage(stats(10_000), later(more), BOUNDS)).toMatchObject(expected);
  });
});

it.each([
  ['the engine’s own time', 12_500, 12_000],
  ['an engine whose clock was set back', 99_000_000, 99_000_000],
  ['an engine that reads in a far future', -9e12, -9e12],
])('a reading is dated by %s', (_, heardAtMs, atMs) => {
  expect(toUsage(stats(10_000), later(), { ...BOUNDS, heardAtMs })).toMatchObject({ atMs, cpuCores: 0.25 });
});

it.each([
  ['all that the machine has is no limit', { memoryMaxBytes: 16 * GIB }, BOUNDS, null],
  ['a limit of the container’s own', { memoryMaxBytes: GIB }, BOUNDS, GIB],
  ['no memory controller', { memoryMaxBytes: null, memoryBytes: null }, BOUNDS, null],
  ['a node that does not say what it has', {}, { ...BOUNDS, nodeMemoryBytes: null }, GIB],
])('memory limit: %s', (_, more, bounds, expected) => {
  expect(toUsage(null, stats(1, more), bounds).memoryMaxBytes).toBe(expected);
});

it('is not held back while it sleeps, and has no share without a limit', () => {
  const asleep = later({ throttling: { periods: 100, throttledPeriods: 10 } });
  expect(toUsage(stats(10_000), asleep, BOUNDS).throttled).toBe(0);
  expect(toUsage(stats(10_000), later({ throttling: null }), BOUNDS).throttled).toBeNull();
  const first = stats(10_000, { throttling: null });
  expect(toUsage(first, later({ throttling: { periods: 4, throttledPeriods: 1 } }), BOUNDS).throttled).toBe(
    0.25,
  );
});
