import { describe, expect, test } from 'vitest';
import type { Probe } from '#lib/model/docker/probe.ts';
import { describeProbe } from './probe.ts';
import { describeSlowProbes } from './slow-probes.ts';

const probe = (exitCode: number, output = '', durationMs = 50): Probe => ({
  startedAtMs: 1000,
  endedAtMs: 1000 + durationMs,
  durationMs,
  exitCode,
  output,
  truncated: false,
});

describe('describeProbe', () => {
  test.each([
    [probe(0, 'ok'), 'passed', 'exit 0'],
    [probe(1, 'no'), 'failed', 'exit 1'],
    [probe(126), 'failed', 'exit 126 (not executable)'],
    [probe(127, '/bin/sh: curl: not found'), 'failed', 'exit 127 (command not found)'],
    [probe(137), 'failed', 'exit 137 (SIGKILL)'],
    [probe(-1, 'Health check exceeded timeout (3s)', 3001), 'timed-out', 'timed out after 3 s'],
    [probe(-1, 'Health check exceeded timeout (1m30s)', 90_000), 'timed-out', 'timed out after 1 min 30 s'],
    [probe(-1, 'Health check exceeded timeout (500ms)', 500), 'timed-out', 'timed out after 500 ms'],
    [probe(-1, 'Health check exceeded timeout (1h0m0s)', 3_600_000), 'timed-out', 'timed out after 1 h'],
    [probe(-1, 'partial\nHealth check exceeded timeout', 2980), 'timed-out', 'timed out after 3 s'],
    [probe(-1, 'OCI runtime exec failed: exec failed'), 'not-run', 'could not run'],
    [probe(-1, ''), 'not-run', 'could not run'],
    // A command may print these words itself: its exit code still says how it ended.
    [probe(1, 'Health check exceeded timeout (3s)'), 'failed', 'exit 1'],
  ])('%j', (given, kind, words) => expect(describeProbe(given)).toEqual({ kind, words }));
});

test.each([
  [
    { durationMs: 2812, timeoutMs: 3000, slow: 1, of: 5 },
    '2.8 s of 3 s',
    'Its newest probe passed, but took 2.8 s of 3 s: a little more and they time out.',
  ],
  [
    { durationMs: 720, timeoutMs: 1000, slow: 3, of: 5 },
    '720 ms of 1 s',
    '3 of its newest 5 probes passed, but took up to 720 ms of 1 s: a little more and they time out.',
  ],
])('%j', (slow, brief, sentence) => {
  expect(describeSlowProbes(slow)).toEqual({ brief, sentence });
});
