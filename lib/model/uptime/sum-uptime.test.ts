import { expect, test } from 'vitest';
import type { StatusSpan } from '#lib/model/contract/history.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { sumUptime } from './sum-uptime.ts';

const span = (status: ReplicaStatus, fromMs: number, untilMs: number | null): StatusSpan => ({
  status,
  fromMs,
  untilMs,
  taskId: null,
  sentence: null,
});

test.each<[string, StatusSpan[], number | null, number]>([
  ['nothing known is not up, and not down', [], null, 0],
  ['up all the time, and still', [span('healthy', -500, null)], 100, 1_000],
  [
    'failing and running are up, starting is not',
    [span('failing', 0, 400), span('running', 400, 500), span('starting', 500, 1_000)],
    50,
    1_000,
  ],
  ['a gap counts for nothing', [span('healthy', 0, 100), span('unhealthy', 900, 1_000)], 50, 200],
  [
    'an engine that cannot be read is a gap',
    [span('healthy', 0, 300), span('unknown', 300, 1_000)],
    100,
    300,
  ],
  ['only the window counts', [span('failed', -900, 250), span('healthy', 250, 9_000)], 75, 1_000],
])('%s', (_title, spans, percent, knownMs) => {
  expect(sumUptime(spans, 0, 1_000)).toEqual({ percent, knownMs, windowMs: 1_000 });
});
