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

test('a new build reloads at once, unless somebody minds; then when nobody minds any more, or after ten minutes', () => {
  const reload = vi.fn();
  createReloadGate(reload).ask('b2');
  expect(reload).toHaveBeenCalledExactlyOnceWith('b2');

  const held = createReloadGate(reload);
  const [first, second] = [held.hold(), held.hold()];
  held.ask('b3');
  first();
  first();
  expect(reload).toHaveBeenCalledTimes(1);
  second();
  expect(reload).toHaveBeenLastCalledWith('b3');

  const stubborn = createReloadGate(reload);
  stubborn.hold();
  stubborn.ask('b4');
  vi.advanceTimersByTime(10 * 60_000);
  expect(reload).toHaveBeenLastCalledWith('b4');

  const closed = createReloadGate(reload);
  closed.hold();
  closed.ask('b5');
  closed.close();
  vi.runAllTimers();
  expect(reload).toHaveBeenCalledTimes(3);
});
