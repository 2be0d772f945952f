import { expect, it } from 'vitest';
import type { ContainerStats } from '#lib/model/docker/container-stats.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { createTarget, takeKill, takeReading } from './usage-target.ts';

const MAX = 1_000_000_000;
const START_MS = 1_795_400_000_000;
const STEP_S = 10;
const HOUR_S = 3_600;

/** What is said of a container's memory over `seconds`, read every 10 s, of which `share` of its limit is used. */
function watch(seconds: number, share: (second: number) => number, killedAt: number[] = []) {
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
    for (const killed of killedAt)
      if (killed > second - STEP_S && killed <= second) takeKill(target, START_MS + killed * 1_000);
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
    // Of the first two teeth nobody can know.
    expect(forecasts.filter(({ second }) => second > 2 * periodS)).toEqual([]);
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

/** What grows by 1 % of the limit a minute, from a fifth of it. */
const leak = (sinceS: number) => (second: number) => 0.2 + (second - sinceS) / 6_000;

it.each<[string, number, (second: number) => number]>([
  ['a start that needed much, once', 120, (s) => (s < 120 ? 0.94 : leak(120)(s))],
  [
    'a start that needed less from minute to minute',
    600,
    (s) => (s < 600 ? 0.94 - s / 900 : 0.4 + leak(600)(s)),
  ],
  ['a job three hours ago', 3 * HOUR_S, (s) => (s < 300 ? 0.92 : s < 3 * HOUR_S ? 0.3 : leak(3 * HOUR_S)(s))],
  ['jobs in the morning', 8 * HOUR_S, (s) => (s < 1_800 ? saw(0.4, 0.92, 600)(s) : leak(8 * HOUR_S)(s))],
])('a leak is forecast a quarter of an hour ahead, whatever was before: %s', (_, fromS, share) => {
  const { forecasts } = watch(fromS + 4_800, (second) => Math.max(0.2, share(second)));
  const first = forecasts.find(({ second }) => second > fromS);
  expect(first).toMatchObject({ fullInMs: 15 * 60_000 });
  expect(first?.second).toBeLessThan(fromS + 3_900);
});

it.each([0, 9])(
  'a worker that is killed before its last bytes were read, told %i s late, gave nothing back',
  (late) => {
    // Each tooth of 12 min fills it: 7 % a minute, and the last reading before a kill shows less than 95 %.
    const share = saw(0.1, 0.945, 720);
    const kills = [1, 2, 3, 4].map((tooth) => tooth * 720 - 5 + late);
    const { forecasts } = watch(HOUR_S, share, kills);
    for (const tooth of [0, 1, 2, 3, 4])
      expect(forecasts.some(({ second }) => second > tooth * 720 && second < (tooth + 1) * 720)).toBe(true);
  },
);

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
