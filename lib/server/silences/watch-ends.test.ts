import { expect, test } from 'vitest';
import type { Silence } from '#lib/model/contract/silence.ts';
import { createMissedEnds } from '#lib/server/webhook/create-missed-ends.ts';
import { createVerdictWatch } from '#lib/server/webhook/create-verdict-watch.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSilence } from '#lib/testing/build-silence.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { watchEnds } from './watch-ends.ts';

const MINUTE = 60_000;
const bad = buildServicePicture({ id: 'a', name: 'a', stack: null, verdict: 'degraded' });
const other = buildServicePicture({ id: 'b', name: 'b', stack: null, verdict: 'down' });

/** A disk that outlives servers, and the servers that are started on it one after the other. */
function setUp() {
  const clock = createFakeClock();
  const disk: { silences: Silence[]; toldMs: number | null } = { silences: [], toldMs: null };

  function start(services = [bad, other]) {
    const emitted: string[] = [];
    const watch = createVerdictWatch({
      ...clock,
      holdMs: 10_000,
      calmMs: 300_000,
      onChange: ({ service, to, afterSilence }) =>
        emitted.push(
          `${service?.name ?? 'swarm'}: ${to}${afterSilence === undefined ? '' : ` after ${afterSilence}`}`,
        ),
    });
    const missed = createMissedEnds(watch, { ...clock, holdMs: 10_000 });
    const listeners: ((active: readonly Silence[]) => void)[] = [];
    const ends = watchEnds({
      ...clock,
      store: {
        list: async () => disk.silences,
        told: async (untilMs) => (disk.toldMs = untilMs ?? disk.toldMs),
      },
      silences: { subscribe: (listener) => void listeners.push(listener) },
      tell: missed.tell,
    });
    return {
      emitted,
      /** The swarm is read. */
      read: () => missed.update({ picture: buildSwarmPicture({ services, verdict: 'down' }), changes: [] }),
      setActive: (...active: Silence[]) => listeners.forEach((listener) => void listener(active)),
      stop() {
        ends.close();
        watch.close();
      },
    };
  }

  const build = (untilMs: number, overrides: Partial<Silence> = {}): Silence =>
    buildSilence({ target: { kind: 'service', name: 'a' }, untilMs, ...overrides });

  /** A server ran here before, and was stopped. */
  async function runOnce() {
    const first = start();
    first.read();
    await clock.advance(2 * MINUTE);
    first.stop();
  }
  return { clock, disk, start, build, runOnce };
}

test('a silence that was over while no server ran is told by the next one, once, and nothing else that was so', async () => {
  const { clock, disk, start, build, runOnce } = setUp();
  await runOnce();
  disk.silences = [build(clock.nowMs() + MINUTE)];
  await clock.advance(10 * MINUTE);
  const next = start();
  await clock.advance(MINUTE);
  next.read();
  await clock.advance(2 * MINUTE);
  expect(next.emitted.filter((one) => !one.startsWith('swarm'))).toEqual(['a: degraded after silence-1']);
  next.stop();
  const third = start();
  third.read();
  await clock.advance(5 * MINUTE);
  expect(third.emitted).toEqual([]);
});

test('also where the first of them ends before that held', async () => {
  const { clock, disk, start, build, runOnce } = setUp();
  await runOnce();
  disk.silences = [build(clock.nowMs() + MINUTE, { worst: 'failing' })];
  await clock.advance(10 * MINUTE);
  const next = start();
  await clock.advance(1_000);
  next.read();
  await clock.advance(5_000);
  next.stop();
  expect(next.emitted).toEqual([]);
  const third = start();
  await clock.advance(1_000);
  third.read();
  await clock.advance(2 * MINUTE);
  expect(third.emitted).toContain('a: degraded after silence-1');
});

test('what was over while one ran, and was told, is not told by the next; what was not told yet is', async () => {
  for (const [ranOnMs, expected] of [
    [2 * MINUTE, []],
    [5_000, ['a: degraded after silence-1']],
  ] as const) {
    const { clock, disk, start, build, runOnce } = setUp();
    await runOnce();
    const silence = build(clock.nowMs() + MINUTE);
    disk.silences = [silence];
    const one = start();
    one.read();
    one.setActive(silence);
    await clock.advance(MINUTE);
    one.setActive();
    await clock.advance(ranOnMs);
    one.stop();
    await clock.advance(10 * MINUTE);
    const next = start();
    await clock.advance(1_000);
    next.read();
    await clock.advance(2 * MINUTE);
    expect(next.emitted.filter((each) => !each.startsWith('swarm'))).toEqual(expected);
  }
});

test('a clock that was ahead, and is set back, keeps no end of a silence from being told', async () => {
  for (const isSetWhileStopped of [false, true]) {
    const { clock, disk, start, build, runOnce } = setUp();
    await runOnce();
    const one = start();
    one.read();
    clock.step(7 * 24 * 60 * MINUTE);
    const ahead = build(clock.nowMs());
    one.setActive(ahead);
    one.setActive();
    await clock.advance(2 * MINUTE);
    if (!isSetWhileStopped) {
      clock.step(-7 * 24 * 60 * MINUTE);
      one.setActive(build(clock.nowMs(), { id: 'silence-0' }));
      one.setActive();
      await clock.advance(2 * MINUTE);
    }
    one.stop();
    if (isSetWhileStopped) {
      clock.step(-7 * 24 * 60 * MINUTE);
      const between = start();
      between.read();
      await clock.advance(2 * MINUTE);
      between.stop();
    }
    disk.silences = [build(clock.nowMs() + MINUTE)];
    await clock.advance(10 * MINUTE);
    const next = start();
    await clock.advance(1_000);
    next.read();
    await clock.advance(2 * MINUTE);
    expect(next.emitted, String(isSetWhileStopped)).toContain('a: degraded after silence-1');
    next.stop();
  }
});

test.each<[string, (nowMs: number) => Partial<Silence>]>([
  ['of another service', () => ({ target: { kind: 'service', name: 'c' } })],
  ['of a cause that it has not', () => ({ cause: 'out-of-memory' })],
  [
    'that never began',
    (nowMs) => ({ fromMs: 1e15, untilMs: 2e15, ended: { atMs: nowMs + MINUTE, by: null } }),
  ],
])('nothing is told of a silence %s', async (_, toOverrides) => {
  const { clock, disk, start, build, runOnce } = setUp();
  await runOnce();
  disk.silences = [build(clock.nowMs() + MINUTE, toOverrides(clock.nowMs()))];
  await clock.advance(10 * MINUTE);
  const next = start();
  await clock.advance(1_000);
  next.read();
  await clock.advance(2 * MINUTE);
  expect(next.emitted).toEqual([]);
});
