import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '#lib/engine/port.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { mergeRead } from './merge-read.ts';
import { planRead } from './plan-read.ts';
import { hasProbeSince } from './tracked.ts';

const AT = { atMs: 50_000, engineAtMs: 50_000, containerId: 'container-1', taskId: 'task-1' };
const exec = (exitCode: number | null): EngineEvent => ({ kind: 'exec-die', exitCode, ...AT });
const die: EngineEvent = { kind: 'container', action: 'die', exitCode: 1, ...AT };
const QUIET = { execs: 1, readAtMs: 49_000, misses: 0 };

describe('planRead', () => {
  const healthy = buildCheckedContainer({}, {}, { intervalMs: 5_000 });

  it.each([1, -1, 137, null])('looks for a probe that ended with %s', (exitCode) => {
    expect(planRead(healthy, exec(exitCode), QUIET, 50_000)).toEqual({
      kind: 'ladder',
      offsetsMs: LIMITS.probeLadderMs,
      probeEndMs: 50_000,
    });
  });

  it('looks for a good probe only where it changes something', () => {
    expect(planRead(healthy, exec(0), QUIET, 50_000).kind).toBe('none');
    for (const health of [
      { failingStreak: 1 },
      { status: 'starting' as const },
      { status: 'unhealthy' as const },
    ])
      expect(planRead(buildCheckedContainer(health), exec(0), QUIET, 50_000).kind).toBe('ladder');
  });

  it('reads in its turn after four good probes, or when four intervals have passed', () => {
    expect(planRead(healthy, exec(0), { ...QUIET, execs: 4 }, 50_000).kind).toBe('routine');
    expect(planRead(healthy, exec(0), { ...QUIET, readAtMs: 30_000 }, 50_000).kind).toBe('routine');
  });

  it('reads after every fourth where an agent tells of no other', () => {
    // The read after the one before came a second later than that one: not four intervals ago.
    expect(planRead(healthy, exec(0), { ...QUIET, execs: 1, readAtMs: 31_000 }, 50_000).kind).toBe('routine');
    expect(planRead(healthy, exec(0), { ...QUIET, execs: 3, readAtMs: 31_000 }, 50_000).kind).toBe('none');
    expect(planRead(healthy, exec(0), { ...QUIET, execs: 1, readAtMs: 41_000 }, 50_000).kind).toBe('none');
  });

  it('does not care for commands in a container without a check', () => {
    expect(planRead(buildContainer(), exec(1), QUIET, 50_000).kind).toBe('none');
  });

  it('looks once where commands were no probes twice', () => {
    expect(planRead(healthy, exec(1), { ...QUIET, misses: 2 }, 50_000)).toMatchObject({
      offsetsMs: LIMITS.shortLadderMs,
    });
  });

  it('reads at once when it dies', () => {
    expect(planRead(healthy, die, QUIET, 50_000).kind).toBe('now');
  });
});

describe('hasProbeSince', () => {
  const withProbe = (endedAtMs: number, exitCode = 1, intervalMs = 5_000) =>
    buildCheckedContainer({ probes: [buildProbe({ endedAtMs, exitCode })] }, {}, { intervalMs });

  it('forgives clocks a quarter of a second, but not a whole probe', () => {
    expect(hasProbeSince(withProbe(49_800), 50_000, 0)).toBe(true);
    expect(hasProbeSince(withProbe(49_700), 50_000, 0)).toBe(false);
    expect(hasProbeSince(withProbe(49_900, 1, 150), 50_000, 0)).toBe(false);
    expect(hasProbeSince(buildCheckedContainer(), 50_000, 0)).toBe(false);
  });

  it('accepts a timed-out probe that ended in the log before its command was dead', () => {
    expect(hasProbeSince(withProbe(42_000, -1), 50_000, 40_000)).toBe(true);
    expect(hasProbeSince(withProbe(42_000, -1), 50_000, 42_000)).toBe(false);
  });
});

describe('mergeRead', () => {
  it('keeps since when a status lasts, as long as the run does', () => {
    const known = buildCheckedContainer({ statusSinceMs: 12_000 });
    expect(mergeRead(known, buildCheckedContainer(), []).health?.statusSinceMs).toBe(12_000);
    const restarted = buildCheckedContainer({}, { startedAtMs: 40_000 });
    expect(mergeRead(known, restarted, []).health?.statusSinceMs).toBeNull();
    const other = buildCheckedContainer({ status: 'unhealthy' });
    expect(mergeRead(known, other, []).health?.statusSinceMs).toBeNull();
  });

  it('applies again what happened while it was read, unless the answer shows it', () => {
    expect(mergeRead(null, buildContainer(), [die]).state).toBe('exited');
    const exact = buildContainer({ state: 'exited', exitCode: 137, finishedAtMs: 49_990 });
    expect(mergeRead(null, exact, [die])).toMatchObject({ exitCode: 137, finishedAtMs: 49_990 });
  });
});
