import { expect, it } from 'vitest';
import { createTokenBucket } from '#lib/flow/create-rate-limit.ts';
import { createListGate } from './list-gate.ts';

it('one list at a time, and the next not before what the last one cost allows', () => {
  const gate = createListGate();
  expect(gate.isOpen(0)).toBe(true);
  gate.begin(0);
  expect([gate.isOpen(50), gate.isUnderWay()]).toEqual([false, true]);
  gate.end(100, (tookMs) => 20 * tookMs);
  expect([gate.tookMs(), gate.waitMs(100)]).toEqual([100, 2_000]);
  expect([gate.isOpen(2_099), gate.isOpen(2_100)]).toEqual([false, true]);
});

it('after a reset nothing is waited for, and the end of what was under way counts no more', () => {
  const gate = createListGate();
  gate.begin(0);
  gate.reset();
  gate.end(100, () => 5_000);
  expect([gate.isOpen(100), gate.tookMs()]).toEqual([true, 0]);
});

it('with a budget, no more than that may begin, however quick each is', () => {
  let nowMs = 0;
  const gate = createListGate(createTokenBucket({ perSecond: 4, burst: 2, nowMs: () => nowMs }));
  const read = () => {
    gate.begin(nowMs);
    gate.end(nowMs, () => 0);
  };
  read();
  expect(gate.isOpen(nowMs)).toBe(true);
  read();
  expect([gate.isOpen(nowMs), gate.waitMs(nowMs)]).toEqual([false, 250]);
  nowMs = 250;
  expect([gate.isOpen(nowMs), gate.waitMs(nowMs)]).toEqual([true, 0]);
});
