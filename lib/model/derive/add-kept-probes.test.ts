import { expect, test } from 'vitest';
import type { ReplicaDetail, TaskDetail } from '#lib/model/contract/detail.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { addKeptProbes } from './add-kept-probes.ts';

const probeAt = (startedAtMs: number, output = 'ok', truncated = false) =>
  buildProbe({ startedAtMs, endedAtMs: startedAtMs + 50, output, truncated });
const detailWith = (probes: TaskDetail['probes'], earlier: TaskDetail['probes']) =>
  ({
    task: { id: 'now', probes },
    probes,
    earlierTasks: [{ id: 'before', probes: earlier }],
  }) as ReplicaDetail;
const starts = (probes: { startedAtMs: number }[] | undefined) =>
  probes?.map(({ startedAtMs }) => startedAtMs);

test('after a restart of ours the probes from before it are there again, each once', () => {
  const detail = addKeptProbes(detailWith([probeAt(25_000), probeAt(30_000)], []), {
    // The engine's clock was measured a little differently then.
    now: [probeAt(15_004), probeAt(20_004), probeAt(25_004)],
    before: [probeAt(5_000)],
  });
  expect(starts(detail.probes)).toEqual([15_004, 20_004, 25_000, 30_000]);
  expect(starts(detail.task?.probes)).toEqual(starts(detail.probes));
  expect(starts(detail.earlierTasks[0]?.probes)).toEqual([5_000]);
});

test('an output that was kept short beside its task is whole again', () => {
  const detail = addKeptProbes(detailWith([], [probeAt(5_000, 'x', true)]), {
    before: [probeAt(5_000, 'x'.repeat(4_000))],
  });
  expect(detail.earlierTasks[0]?.probes).toEqual([probeAt(5_000, 'x'.repeat(4_000))]);
});
