import { describe, expect, test } from 'vitest';
import type { Container } from '#lib/model/docker/container.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplicaFacts } from '#lib/testing/build-replica-facts.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { decideReplicaStatus } from './decide-replica-status.ts';

describe('stuck', () => {
  const decide = (nowMs: number, container: Container, stopGraceMs = 10_000) =>
    decideReplicaStatus(buildReplicaFacts({ nowMs, container, service: buildService({ stopGraceMs }) }));
  const since20 = buildCheckedContainer({ status: 'unhealthy', failingStreak: 3, statusSinceMs: 20_000 });

  test('not before 2 s, the stop grace and 5 s have passed, and it says when', () => {
    expect(decide(36_999, since20)).toMatchObject({ status: 'unhealthy', stuck: false, recheckAtMs: 37_000 });
    expect(decide(37_000, since20)).toMatchObject({ status: 'unhealthy', stuck: true, recheckAtMs: null });
  });

  test('a long stop grace is waited for', () => {
    expect(decide(60_000, since20, 120_000)).toMatchObject({ stuck: false, recheckAtMs: 147_000 });
  });

  test('without an event, since the end of the probe that reached the retries', () => {
    const probes = [20_000, 25_000, 30_000, 35_000].map((startedAtMs) =>
      buildProbe({ startedAtMs, exitCode: 1 }),
    );
    const container = buildCheckedContainer({ status: 'unhealthy', failingStreak: 4, probes });
    expect(decide(40_000, container).recheckAtMs).toBe(30_050 + 17_000);
  });

  test('without an event, and more failures than the log holds: since as many intervals before it', () => {
    const probes = [50_000, 55_000].map((startedAtMs) => buildProbe({ startedAtMs, exitCode: 1 }));
    const decideAt = (failingStreak: number) =>
      decide(
        58_000,
        buildCheckedContainer({ status: 'unhealthy', failingStreak, probes }, {}, { intervalMs: 5_000 }),
      );
    // The third in a row made it unhealthy, and the sixth was the last.
    expect(decideAt(6)).toMatchObject({ stuck: true });
    expect(decideAt(5)).toMatchObject({ stuck: false, recheckAtMs: 45_050 + 17_000 });
    expect(decideAt(400)).toMatchObject({ stuck: true });
  });
});

test.each([
  ['shutdown', false],
  ['running', true],
] as const)('a task that is told to stop, and is %s an hour later: late is %s', (state, isLate) => {
  const task = buildTask({ state, desiredState: 'shutdown', updatedAtMs: 1_000, stateAtMs: 1_000 });
  const facts = buildReplicaFacts({ task, container: null, nowMs: 3_600_000 });
  expect(decideReplicaStatus(facts).late !== null).toBe(isLate);
});
