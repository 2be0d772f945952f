import { describe, expect, it } from 'vitest';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import { LOG_LIMITS } from './limits.ts';
import { openWindow, selectNew, takeWithin } from './read-window.ts';

const line = (atMs: number, text = 'x'): LogLine => ({ atMs, stream: 'stdout', text, truncated: false });
const lines = (...atMs: number[]) => atMs.map((each) => line(each));

describe('takeWithin', () => {
  it.each([
    ['all of them', { lines: 9, chars: 99 }, 3, { lines: 6, chars: 96 }],
    ['as many as there may be', { lines: 2, chars: 99 }, 2, { lines: 0, chars: 97 }],
    [
      'until there are enough characters, the line that goes beyond with them',
      { lines: 9, chars: 2 },
      2,
      { lines: 7, chars: 0 },
    ],
    ['none', { lines: 0, chars: 99 }, 0, { lines: 0, chars: 99 }],
  ])('takes %s', (_, window, count, left) => {
    expect(takeWithin(window, lines(1, 2, 3))).toHaveLength(count);
    expect(window).toEqual(left);
  });

  it('lets what a log begins with be as long as what is kept', () => {
    const { linesPerSecond, charsPerSecond, keptChars } = LOG_LIMITS;
    expect(openWindow(linesPerSecond, LOG_LIMITS).chars).toBe(charsPerSecond);
    expect(openWindow(linesPerSecond + 1, LOG_LIMITS).chars).toBe(Math.max(charsPerSecond, keptChars));
  });
});

describe('selectNew', () => {
  it.each([
    ['known lines and new ones', false, [1, 2, 3, 4], { new: 2, isDone: true, isGap: false }],
    ['known lines alone: it goes on', false, [1, 2], { new: 0, isDone: false, isGap: false }],
    ['new ones alone: some are missing', false, [3, 4], { new: 2, isDone: true, isGap: true }],
    ['new ones, after known ones came before', true, [3, 4], { new: 2, isDone: true, isGap: false }],
    ['nothing', false, [], { new: 0, isDone: false, isGap: false }],
  ])('%s', (_, overlapped, atMs, expected) => {
    const selected = selectNew({ overlapped }, lines(...atMs), 2);
    expect({ new: selected.lines.length, isDone: selected.isDone, isGap: selected.isGap }).toEqual(expected);
  });
});
