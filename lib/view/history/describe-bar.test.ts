import { expect, test } from 'vitest';
import type { Bar } from './bar.ts';
import { describeBar } from './describe-bar.ts';

const outputs = ['ok', '503 Service Unavailable', 'Health check exceeded timeout (3s)'];
const one = (durationMs: number, exitCode: number, output: number): Bar => ({
  ...{ fromMs: 0, untilMs: durationMs, count: 1, failed: exitCode === 0 ? 0 : 1 },
  ...{ minMs: durationMs, medianMs: durationMs, maxMs: durationMs },
  probe: { taskId: 'task-1', exitCode, output },
});
const many = (count: number, failed: number): Bar => ({
  ...{ fromMs: 0, untilMs: 300_000, count, failed },
  ...{ minMs: 38, medianMs: 41, maxMs: 3001 },
  probe: null,
});

test.each([
  ['passed', one(41, 0, 0), 3000, 'exit 0', false, 'took 41 ms of 3 s', 'ok'],
  ['failed', one(52, 1, 1), 3000, 'exit 1', true, 'took 52 ms of 3 s', '503 Service Unavailable'],
  [
    ...['timed out', one(3002, -1, 2), 3000, 'timed out after 3 s', true],
    ...['took 3.00 s of 3 s', 'Health check exceeded timeout (3s)'],
  ],
  ['timeout not known', one(41, 0, 0), null, 'exit 0', false, 'took 41 ms', 'ok'],
  ['several', many(60, 3), 3000, '60 probes, 3 failed', true, 'median 41 ms, 38 ms to 3.00 s', null],
  [
    'several, all well',
    many(60, 0),
    3000,
    '60 probes, all passed',
    false,
    'median 41 ms, 38 ms to 3.00 s',
    null,
  ],
  ['a bucket of one', many(1, 0), 3000, '1 probe, all passed', false, 'took 41 ms', null],
] as [string, Bar, number | null, string, boolean, string, string | null][])(
  '%s',
  (_, bar, timeoutMs, result, failed, took, output) => {
    expect(describeBar(bar, outputs, timeoutMs)).toEqual({ result, failed, took, output });
  },
);
