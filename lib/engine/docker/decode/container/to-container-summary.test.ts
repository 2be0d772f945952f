import { describe, expect, it } from 'vitest';
import { toContainerSummary } from './to-container-summary.ts';

const LISTED = {
  Id: 'c',
  Created: 1_795_431_250,
  State: 'running',
  Status: 'Up 5 minutes (healthy)',
  Labels: { 'com.docker.swarm.task.id': 't' },
};

describe('toContainerSummary', () => {
  it('reads an entry of API 1.41', () => {
    expect(toContainerSummary(LISTED, 1000)).toEqual({
      id: 'c',
      taskId: 't',
      state: 'running',
      healthStatus: 'healthy',
      failingStreak: null,
      isHealthWhole: false,
      createdAtMs: 1_795_431_249_000,
      up: { leastMs: 300_000, mostMs: 360_000 },
      skewMs: 1000,
    });
  });

  it.each([
    ['Up 5 minutes (unhealthy)', 'unhealthy'],
    ['Up Less than a second (health: starting)', 'starting'],
    ['Up 5 minutes', null],
    ['Up 5 minutes (Paused)', null],
    ['', null],
    [undefined, null],
  ])('status text %j', (Status, healthStatus) => {
    expect(toContainerSummary({ ...LISTED, Status }, 0)?.healthStatus).toBe(healthStatus);
  });

  it.each([
    [{ Status: 'healthy', FailingStreak: 1 }, 'healthy', 1, true],
    [{ Status: 'none', FailingStreak: 0 }, null, null, true],
    [{ Status: 'starting' }, 'starting', null, false],
    [{ Status: 'well', FailingStreak: 0 }, null, null, false],
    [{ Status: 'healthy', FailingStreak: '0' }, 'healthy', null, false],
    [{}, null, null, false],
  ])('structured health of API 1.52: %j', (Health, healthStatus, failingStreak, isHealthWhole) => {
    expect(toContainerSummary({ ...LISTED, Health }, 0)).toMatchObject({
      healthStatus,
      failingStreak,
      isHealthWhole,
    });
  });

  it.each(['exited', 'paused', 'created'])('trusts no health while it is %s', (State) => {
    const raw = { ...LISTED, State, Health: { Status: 'unhealthy', FailingStreak: 0 } };
    expect(toContainerSummary(raw, 0)).toMatchObject({ healthStatus: null, failingStreak: null });
  });

  it('reads an entry with next to nothing', () => {
    expect(toContainerSummary({ Id: 'c', State: 'dead', Labels: null, Created: 0 }, 0)).toEqual({
      id: 'c',
      taskId: null,
      state: 'dead',
      healthStatus: null,
      failingStreak: null,
      isHealthWhole: false,
      createdAtMs: null,
      up: null,
      skewMs: 0,
    });
  });

  it.each([null, [], {}, { Id: 'c' }])('leaves out %j', (raw) => {
    expect(toContainerSummary(raw, 0)).toBeNull();
  });
});
