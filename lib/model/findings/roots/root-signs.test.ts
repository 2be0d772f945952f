import { expect, test } from 'vitest';
import type { Reason } from '#lib/model/contract/reason.ts';
import { DEFAULT_PROBE_LINE } from '#lib/model/docker/probe-line.ts';
import { diagnoseFlapping } from '#lib/model/findings/probes-failing.ts';
import { addToTally, NO_TALLY } from '#lib/model/status/probe-tally.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplicaFacts } from '#lib/testing/build-replica-facts.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { findRootSign } from './root-signs.ts';

const probes = [12_000, 14_000].map((startedAtMs) => buildProbe({ startedAtMs, exitCode: 1, output: 'no' }));
const container = buildCheckedContainer(
  { status: 'unhealthy', failingStreak: 2, probes },
  { state: 'exited', exitCode: 143, finishedAtMs: 15_000 },
);
const task = buildTask({
  state: 'failed',
  error: 'task: non-zero exit (143): dockerexec: unhealthy container',
});
const killed = (never: boolean): Reason => ({
  cause: 'killed-for-health',
  facts: {
    service: 'web',
    task: 'task-1',
    host: 'docker01',
    nextAfterMs: null,
    never,
    streak: 2,
    last: { kind: 'exit', exitCode: 1 },
    clue: null,
  },
  evidence: null,
  expected: false,
});

test.each([
  ['refuses every connection is the server’s, or its node’s', 'connection-refused', 'volume-server'],
  ['refuses this one volume is its own', 'access-denied', undefined],
  ['is of a kind that the kernel does not know is its own', 'unknown-file-system', undefined],
] as const)('a volume whose file server %s', (_, reason, kind) => {
  const failed = buildTask({ state: 'rejected', desiredState: 'shutdown', error: 'failed to mount' });
  const error = { kind: 'volume-server', object: 'pg', with: '10.0.0.6', reason } as const;
  const facts = { task: 'task-1', host: 'docker01', nextAfterMs: null, wants: null, service: 'web', error };
  const found = findRootSign(buildReplicaFacts({ task: failed }), '1', {
    cause: 'mount-missing',
    facts,
    evidence: null,
    expected: false,
  });
  expect(found?.kind).toBe(kind);
});

test('a probe that never comes back may be a sign of its node, from when it was due', () => {
  const passed = [buildProbe({ startedAtMs: 20_000, durationMs: 500 })];
  const facts = buildReplicaFacts({
    task: buildTask(),
    container: buildCheckedContainer({ probes: passed }),
    nowMs: 60_000,
  });
  const late = { service: 'web', host: 'docker01', container: null, ageMs: 10_000, intervalMs: 10_000 };
  const reason: Reason = { cause: 'probe-overdue', facts: late, evidence: null, expected: false };
  const { intervalMs = 0 } = facts.container?.healthCheck ?? {};
  expect(findRootSign(facts, '1', reason)).toMatchObject({
    kind: 'probes',
    sinceMs: 20_500 + intervalMs,
    timedOut: true,
  });
});

test.each([
  [
    'times out in turns may be its node, which has too much to do, from the first time on',
    -1,
    'Health check exceeded timeout (1s)',
    12_000,
  ],
  ['ends with a code in turns is its own', 1, 'no', undefined],
] as const)('a probe that %s', (_, exitCode, output, sinceMs) => {
  const past = [0, 1, 2, 3, 4, 5, 6].map((at) =>
    buildProbe({ startedAtMs: 10_000 + at * 2_000, ...(at % 2 === 1 ? { exitCode, output } : {}) }),
  );
  const facts = buildReplicaFacts({
    task: buildTask(),
    container: buildCheckedContainer({ probes: past.slice(-5) }),
    tally: addToTally(NO_TALLY, past, 'healthy'),
    probeLine: { ...DEFAULT_PROBE_LINE, flapping: 3 },
    nowMs: 60_000,
  });
  const reason = diagnoseFlapping(facts)?.reason ?? null;
  expect(reason?.cause).toBe('probes-flapping');
  expect(findRootSign(facts, '1', reason)?.sinceMs).toBe(sinceMs);
});

test('probes that passed before may be a sign of their node, from the first that failed; what never passed is its own', () => {
  const facts = buildReplicaFacts({ task, container });
  expect(findRootSign(facts, '1', killed(false))).toMatchObject({
    kind: 'probes',
    nodeId: 'node-1',
    sinceMs: 12_000,
    timedOut: false,
  });
  expect(findRootSign(facts, '1', killed(true))).toBeNull();
  expect(findRootSign(facts, '1', null)).toBeNull();
});
