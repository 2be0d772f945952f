import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAgeMeter } from './create-age-meter.ts';
import { createReloadGate } from './reload.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('data is as old as the clock says that says most: one may be set back, one may stand still in sleep', () => {
  const clocks = { wall: 1000, steady: 0, server: 1000 };
  const meter = createAgeMeter(
    { wallMs: () => clocks.wall, steadyMs: () => clocks.steady, serverMs: () => clocks.server },
    1000,
  );
  expect(meter.ageMs()).toBe(0);
  Object.assign(clocks, { wall: 3000, steady: 2000, server: 3000 });
  expect(meter.ageMs()).toBe(2000);
  meter.observe(3000);
  expect(meter.ageMs()).toBe(0);
  Object.assign(clocks, { wall: -3_600_000, steady: 9000, server: -3_600_000 });
  expect(meter.ageMs(), 'the clock was set back').toBe(7000);
  Object.assign(clocks, { wall: 603_000, steady: 2000, server: 603_000 });
  expect(meter.ageMs(), 'the machine slept').toBe(600_000);
  meter.observe(3000);
  expect(meter.ageMs(), 'the same again is no confirmation').toBe(600_000);
});

test('a new build reloads some time within half a minute, unless somebody minds; then when nobody minds any more, or after ten minutes', () => {
  const reload = vi.fn();
  const create = (random: number) => createReloadGate(reload, () => random);
  for (const [random, ms] of [
    [0, 10_000],
    [1, 30_000],
  ] as const) {
    reload.mockClear();
    create(random).ask('b2', true);
    vi.advanceTimersByTime(ms - 1);
    expect(reload).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(reload).toHaveBeenCalledExactlyOnceWith('b2');
  }

  const held = create(0);
  const [first, second] = [held.hold(), held.hold()];
  held.ask('b3', true);
  first();
  first();
  second();
  expect(reload, 'nobody minds, and it is not due').toHaveBeenCalledTimes(1);
  const third = held.hold();
  vi.advanceTimersByTime(10_000);
  expect(reload).toHaveBeenCalledTimes(1);
  third();
  expect(reload).toHaveBeenLastCalledWith('b3');

  const stubborn = create(0);
  stubborn.hold();
  stubborn.ask('b4', true);
  vi.advanceTimersByTime(10 * 60_000);
  expect(reload).toHaveBeenLastCalledWith('b4');

  const blind = create(1);
  blind.hold();
  blind.ask('b4', true);
  blind.ask('b5', false);
  vi.advanceTimersByTime(10_000);
  expect(reload, 'what it shows is old').toHaveBeenLastCalledWith('b5');

  const closed = create(0);
  closed.ask('b6', true);
  closed.close();
  vi.runAllTimers();
  expect(reload).toHaveBeenCalledTimes(4);
});
