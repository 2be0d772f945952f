import { expect, it } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import { createBreaker } from './create-breaker.ts';

const why = new EngineError('excess', 'too much');

/** How long it stays open after a trip at each of these moments, s. */
function waits(trips: number[]): number[] {
  let nowMs = 0;
  const breaker = createBreaker(() => nowMs);
  return trips.map((atS) => {
    nowMs = atS * 1_000;
    breaker.trip(why);
    expect(breaker.reason()).toBe(why);
    while (breaker.reason() !== null) nowMs += 1_000;
    return nowMs / 1_000 - atS;
  });
}

it('waits longer each time, up to four minutes', () => {
  expect(waits([0, 20, 60, 130, 260, 510, 760])).toEqual([15, 30, 60, 120, 240, 240, 240]);
});

it('begins anew after ten minutes without', () => {
  expect(waits([0, 20, 700, 720])).toEqual([15, 30, 15, 30]);
});

it('does not wait longer for what came at the same time', () => {
  let nowMs = 0;
  const breaker = createBreaker(() => nowMs);
  for (let count = 0; count < 6; count += 1) breaker.trip(why);
  nowMs = 15_000;
  expect(breaker.reason()).toBeNull();
});
