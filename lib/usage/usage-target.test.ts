import { expect, it } from 'vitest';
import type { ContainerStats } from '#lib/model/docker/container-stats.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { createTarget, takeReading } from './usage-target.ts';

const MAX = 1_000_000_000;
const START_MS = 1_795_400_000_000;
const STEP_S = 10;
const HOUR_S = 3_600;

/** What is said of a container's memory over `seconds`, read every 10 s, of which `share` of its limit is used. */
function watch(seconds: number, share: (second: number) => number) {
  const of = { taskId: 't', serviceId: 's', hasLimit: true, routineMs: 90_000, nowMs: START_MS };
  const target = createTarget(buildContainer({ id: 'c', state: 'running' }), of);
  const said: { second: number; fullInMs: number | null; percent: number }[] = [];
  for (let second = 0; second <= seconds; second += STEP_S) {
    const readAtMs = START_MS + second * 1_000;
    const stats: ContainerStats = {
      containerId: 'c',
      readAtMs,
      cpuMs: second,
      cores: 2,
      throttling: null,
      memoryBytes: Math.min(1, share(second)) * MAX,
      memoryMaxBytes: MAX,
      pids: 1,
      pidsMax: null,
      network: null,
      disk: null,
    };
    takeReading(target, stats, {
      limits: { cpuNano: null, memoryBytes: MAX, pids: null },
      nodeMemoryBytes: 16 * MAX,
      heardAtMs: readAtMs,
    });
    const { memory } = target.signs;
    if (memory !== null) said.push({ second, ...memory });
  }
  return { said, forecasts: said.filter(({ fullInMs }) => fullInMs !== null) };
}

const saw = (low: number, high: number, periodS: number) => (second: number) =>
  low + ((second % periodS) / periodS) * (high - low);

it.each([4, 8, 12, 20, 30])(
  'a collector that lets memory grow for %i min, again and again, is no leak',
  (minutes) => {
    const periodS = minutes * 60;
    const { forecasts } = watch(3 * HOUR_S, saw(0.5, 0.86, periodS));
    // Of the first tooth nobody can know.
    expect(forecasts.filter(({ second }) => second > periodS)).toEqual([]);
  },
);

it('what grows beyond where it ever came down from is forecast', () => {
  const { forecasts } = watch(2 * HOUR_S, (second) =>
    second < HOUR_S ? saw(0.4, 0.7, 600)(second) : 0.4 + (second - HOUR_S) * 0.0004,
  );
  const late = forecasts.filter(({ second }) => second > HOUR_S);
  expect(late.length).toBeGreaterThan(10);
  expect(late[0]?.second).toBeGreaterThan(HOUR_S + 750);
});

it('a process that is killed at the limit and fills it again is forecast each time', () => {
  const { forecasts } = watch(HOUR_S, saw(0.2, 1.01, 1_200));
  for (const from of [0, 1_200, 2_400])
    expect(forecasts.some(({ second }) => second > from && second < from + 1_200)).toBe(true);
});

it('a limit that is lowered is a limit that is near, and one that is raised none', () => {
  const use = 600_000_000;
  const of = { taskId: 't', serviceId: 's', hasLimit: true, routineMs: 90_000, nowMs: START_MS };
  const target = createTarget(buildContainer({ id: 'c', state: 'running' }), of);
  const read = (second: number, memoryMaxBytes: number) =>
    takeReading(
      target,
      {
        containerId: 'c',
        readAtMs: START_MS + second * 1_000,
        cpuMs: null,
        cores: null,
        throttling: null,
        memoryBytes: use,
        memoryMaxBytes,
        pids: null,
        pidsMax: null,
        network: null,
        disk: null,
      },
      {
        limits: { cpuNano: null, memoryBytes: null, pids: null },
        nodeMemoryBytes: 16 * MAX,
        heardAtMs: START_MS + second * 1_000,
      },
    );
  for (let second = 0; second < 300; second += 10) read(second, MAX);
  expect(target.signs.memory).toBeNull();
  for (let second = 300; second < 400; second += 10) read(second, 640_000_000);
  expect(target.signs.memory).toMatchObject({ percent: 90, fullInMs: null });
  read(400, 2 * MAX);
  expect(target.signs.memory).toBeNull();
});

it('those of a small swarm are read in a few groups, from the start', () => {
  const of = { taskId: 't', serviceId: 's', hasLimit: true, routineMs: 90_000, nowMs: START_MS };
  const ids = Array.from({ length: 200 }, (_, i) => (i * 7_919).toString(16).padStart(6, '0'));
  const times = new Set(ids.map((id) => createTarget(buildContainer({ id }), of).readAtMs));
  expect(times.size).toBe(4);
});
