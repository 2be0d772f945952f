import { describe, expect, it } from 'vitest';
import type { UsageSeries } from '#lib/model/contract/usage.ts';
import { findNearest, toTrack } from './to-track.ts';

type Point = UsageSeries['points'][number];
const point = (atMs: number, memoryBytes: number | null, taskId = 'task-1'): Point => ({
  atMs,
  memoryBytes,
  memoryMaxBytes: null,
  cpuCores: null,
  cpuMaxCores: null,
  throttled: null,
  pids: null,
  pidsMax: null,
  taskId,
});
const WINDOW = { fromMs: 0, untilMs: 1_000 };
const draw = (points: Point[], max: number | null = null) =>
  toTrack({ points, gapMs: 300 }, WINDOW, ({ memoryBytes }) => memoryBytes, max);

describe('a measure over time', () => {
  it('is a line below its limit', () => {
    const track = draw([point(0, 0), point(200, 50), point(400, 100)], 100);
    expect(track.top).toBeCloseTo(112);
    expect(track.line).toBe('M0 100L200 55.4L400 10.7');
    expect(track.area).toBe('M0 100L0 100L200 55.4L400 10.7L400 100Z');
    expect(track.limitY).toBe(10.7);
    expect(track.gaps).toEqual([{ x: 400, width: 600 }]);
  });

  it('is as high as it goes where it is beyond its limit, or has none', () => {
    expect(draw([point(0, 200), point(100, 10)], 100).top).toBeCloseTo(224);
    expect(draw([point(0, 200), point(100, 10)])).toMatchObject({ limitY: null });
  });

  it.each([
    ['nothing was read for long', [point(0, 1), point(800, 1)]],
    ['another task began', [point(0, 1), point(100, 1, 'task-2')]],
  ])('ends where %s', (_, points) => {
    expect(draw(points).line.match(/M/g)).toHaveLength(2);
  });

  it('goes on over a reading without it, and is nothing without any', () => {
    expect(draw([point(0, 1), point(100, null), point(200, 1)]).line.match(/M/g)).toHaveLength(1);
    expect(draw([point(0, null)])).toMatchObject({ line: '', area: '', gaps: [{ x: 0, width: 1_000 }] });
  });
});

it('finds the reading that is pointed at', () => {
  const points = [point(0, 1), point(400, 2)];
  expect(findNearest(points, 390, 100)?.atMs).toBe(400);
  expect(findNearest(points, 200, 100)).toBeNull();
  expect(findNearest([], 200, 100)).toBeNull();
});
