import { describe, expect, test } from 'vitest';
import type { Bar } from './bar.ts';
import { chooseBar } from './choose-bar.ts';
import { toHeartbeatAction } from './to-heartbeat-action.ts';

const bar = (failed: number): Bar => ({
  ...{ fromMs: 0, untilMs: 1, count: 1, failed, minMs: 1, medianMs: 1, maxMs: 1 },
  probe: null,
});
const bars = [0, 1, 0, 0, 1, 0].map(bar);

describe('keys in the heartbeat chart', () => {
  test.each<[string, boolean, number | null, number | null]>([
    ['ArrowLeft', false, null, 5],
    ['ArrowLeft', false, 5, 4],
    ['ArrowLeft', false, 0, 0],
    ['ArrowRight', false, 5, 5],
    ['PageUp', false, 5, 0],
    ['Home', false, 3, 0],
    ['End', false, null, 5],
    ['ArrowDown', false, null, 4],
    ['ArrowDown', false, 4, 1],
    ['ArrowDown', false, 1, 1],
    ['ArrowUp', false, 1, 4],
    ['ArrowUp', false, 4, 4],
    ['ArrowUp', false, null, null],
  ])('%s from %s', (key, shift, current, expected) => {
    const action = toHeartbeatAction(key, shift);
    if (action?.kind !== 'step' && action?.kind !== 'failed' && action?.kind !== 'edge')
      throw new Error(`${key} does not move among bars`);
    expect(chooseBar(bars, current, action)).toBe(expected);
    expect(chooseBar([], null, action)).toBeNull();
  });

  test.each([
    ['+', false, { kind: 'zoom', factor: 0.5 }],
    ['-', false, { kind: 'zoom', factor: 2 }],
    ['ArrowLeft', true, { kind: 'pan', share: -0.25 }],
    ['Escape', false, { kind: 'reset' }],
    ['a', false, null],
    ['Tab', true, null],
  ])('%s (Shift: %s)', (key, shift, action) => expect(toHeartbeatAction(key, shift)).toEqual(action));
});
