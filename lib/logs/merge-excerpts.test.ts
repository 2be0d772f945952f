import { expect, test } from 'vitest';
import type { LogExcerpt } from './create-logs.ts';
import { mergeExcerpts } from './merge-excerpts.ts';

function excerpt(taskId: string, atMs: readonly number[], text = 'x'): LogExcerpt {
  return {
    target: { taskId, key: taskId, slot: null, hostname: null, nodeId: 'n', containerId: taskId },
    lines: atMs.map((at) => ({ atMs: at, stream: 'stdout', text, truncated: false })),
    error: null,
  };
}

test('the lines of all, by time', () => {
  const { lines, leftOut } = mergeExcerpts([excerpt('a', [1, 4]), excerpt('b', [2, 3])], 4_000);
  expect(lines.map(({ taskId, atMs }) => `${taskId}${atMs}`)).toEqual(['a1', 'b2', 'b3', 'a4']);
  expect(leftOut).toBe(0);
});

test('logs that are longer than an answer may be: the newest lines of them, and how many are missing', () => {
  const long = 'x'.repeat(1_000);
  const { lines, leftOut } = mergeExcerpts(
    [excerpt('a', [1, 3, 5], long), excerpt('b', [2, 4, 6], long)],
    3_500,
  );
  expect(lines.map(({ atMs }) => atMs)).toEqual([4, 5, 6]);
  expect(leftOut).toBe(3);
});

test.each([
  ['control characters', '\u0001'],
  ['three bytes each', '漢'],
  ['quotes', '"'],
])('what takes more in JSON than it has characters: %s', (_, char) => {
  const { lines } = mergeExcerpts([excerpt('a', [1, 2, 3, 4, 5, 6, 7, 8, 9], char.repeat(1_000))], 10_000);
  expect(Buffer.byteLength(JSON.stringify(lines))).toBeLessThan(10_000);
  expect(lines.length).toBeGreaterThan(0);
});

test('nothing', () => {
  expect(mergeExcerpts([], 4_000)).toEqual({ lines: [], leftOut: 0 });
});
