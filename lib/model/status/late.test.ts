import { describe, expect, test } from 'vitest';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplicaFacts } from '#lib/testing/build-replica-facts.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { decideReplicaStatus } from './decide-replica-status.ts';
import type { ReplicaFacts } from './replica-facts.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = 2 * HOUR_MS;

const decide = (facts: Partial<ReplicaFacts>) =>
  decideReplicaStatus(
    buildReplicaFacts({ nowMs: NOW_MS, task: buildTask({ state: 'running', stateAtMs: 0 }), ...facts }),
  );
const endedFor = (ms: number) =>
  buildContainer({ state: 'exited', exitCode: 137, finishedAtMs: NOW_MS - ms });

describe('a container that ended, while Swarm lists its task as running', () => {
  test('a moment ago: it failed, and Swarm has not missed it yet', () => {
    const { status, late, recheckAtMs } = decide({ container: endedFor(2_000) });
    expect([status, late, recheckAtMs]).toEqual(['failed', null, NOW_MS + 58_000]);
  });

  test('an hour ago: Swarm has missed it', () => {
    const { status, late } = decide({ container: endedFor(HOUR_MS) });
    expect([status, late?.kind, late?.sinceMs]).toEqual(['failed', 'end-missed', NOW_MS - HOUR_MS]);
  });

  test('an hour ago, and no manager is read since: what Swarm did of it is not known', () => {
    const unreadSinceMs = NOW_MS - HOUR_MS;
    const { status, late } = decide({ container: endedFor(HOUR_MS), unreadSinceMs });
    expect([status, late]).toEqual(['failed', null]);
  });

  test('an hour before managers fell silent: Swarm has missed it', () => {
    const { late } = decide({ container: endedFor(HOUR_MS), unreadSinceMs: NOW_MS - 1_000 });
    expect(late?.kind).toBe('end-missed');
  });

  test('an hour ago, on a node whose agent is away: it could not tell', () => {
    const node = buildNode({ status: 'disconnected' });
    expect(decide({ container: endedFor(HOUR_MS), node }).late).toBeNull();
  });
});

describe('a last probe of tomorrow, by a clock that was set back since', () => {
  const ofTomorrow = (probeSeenAtMs: number) =>
    buildCheckedContainer(
      { probes: [buildProbe({ startedAtMs: NOW_MS + 24 * HOUR_MS })] },
      { startedAtMs: 0, inspectedAtMs: NOW_MS, probeSeenAtMs },
      { intervalMs: 5_000, timeoutMs: 1_000 },
    );

  test('is old from when it was first read', () => {
    const { status, late } = decide({ container: ofTomorrow(NOW_MS - 60_000) });
    expect([status, late?.kind, late?.sinceMs]).toEqual(['unknown', 'probe', NOW_MS - 60_000]);
  });

  test('that was read a moment ago counts', () => {
    expect(decide({ container: ofTomorrow(NOW_MS - 2_000) }).status).toBe('healthy');
  });
});

describe('a task whose engine wrote a time of tomorrow', () => {
  const preparing = buildTask({ state: 'preparing', stateAtMs: NOW_MS + 24 * HOUR_MS, updatedAtMs: HOUR_MS });

  test('is late all the same, by what its manager wrote', () => {
    expect(decide({ task: preparing, container: null }).late).toMatchObject({
      kind: 'preparing',
      sinceMs: HOUR_MS,
    });
  });

  test('is late by when it was made, where that is of tomorrow, too', () => {
    const task = { ...preparing, updatedAtMs: NOW_MS + 24 * HOUR_MS, createdAtMs: 0 };
    expect(decide({ task, container: null }).late).toMatchObject({ sinceMs: 0 });
  });

  test('or whose container it started tomorrow: its start was missed all the same', () => {
    const task = buildTask({ state: 'starting', stateAtMs: HOUR_MS, updatedAtMs: HOUR_MS });
    const container = buildContainer({ startedAtMs: NOW_MS + 24 * HOUR_MS });
    expect(decide({ task, container }).late?.kind).toBe('start-missed');
  });

  test('or ended tomorrow: its end was missed all the same', () => {
    expect(decide({ container: endedFor(-24 * HOUR_MS) }).late?.kind).toBe('end-missed');
  });

  test('by a second is not: clocks differ so much', () => {
    const task = { ...preparing, stateAtMs: NOW_MS + 1_000 };
    expect(decide({ task, container: null }).late).toBeNull();
  });
});

test('a task that puts a plugin on its node has no container, and none is missing', () => {
  const service = buildService({ isPlugin: true });
  expect(decide({ service, container: null, missingSinceMs: 0 })).toMatchObject({
    status: 'running',
    late: null,
  });
});
