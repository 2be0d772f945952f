import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '#lib/engine/port.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { applyEvent } from './apply-event.ts';

const AT = { atMs: 50_000, engineAtMs: 50_000 };
const OF = { containerId: 'container-1', taskId: 'task-1' };
const health = (status: 'healthy' | 'unhealthy'): EngineEvent => ({ kind: 'health', status, ...OF, ...AT });
const action = (
  name: Extract<EngineEvent, { kind: 'container' }>['action'],
  exitCode: number | null = null,
): EngineEvent => ({ kind: 'container', action: name, exitCode, ...OF, ...AT });

describe('applyEvent', () => {
  it('raises the streak to the retries when unhealthy, and never lowers a longer one', () => {
    const container = buildCheckedContainer({ failingStreak: 1 }, {}, { retries: 3 });
    expect(applyEvent(container, health('unhealthy'), 1).health).toMatchObject({
      status: 'unhealthy',
      failingStreak: 3,
      statusSinceMs: 50_000,
    });
    const longer = buildCheckedContainer({ failingStreak: 9 });
    expect(applyEvent(longer, health('unhealthy'), 1).health?.failingStreak).toBe(9);
  });

  it('ends the streak when healthy', () => {
    const container = buildCheckedContainer({ status: 'unhealthy', failingStreak: 4 });
    expect(applyEvent(container, health('healthy'), 1).health).toMatchObject({
      status: 'healthy',
      failingStreak: 0,
    });
  });

  it('awaits the first probe from when it was started, however long before it was made and read', () => {
    const made = buildCheckedContainer({ status: 'starting' }, { state: 'created', probeSeenAtMs: 40_000 });
    expect(applyEvent(made, action('start'), 50_200).probeSeenAtMs).toBe(50_200);
  });

  it.each(['exited', 'paused', 'created'] as const)(
    'does not believe health events of a container that is %s',
    (state) => {
      const container = buildCheckedContainer({}, { state });
      expect(applyEvent(container, health('unhealthy'), 1)).toBe(container);
    },
  );

  it('keeps the probes of a container that dies', () => {
    const container = buildCheckedContainer({ failingStreak: 2 });
    const dead = applyEvent(container, action('die', 137), 60_000);
    expect(dead).toMatchObject({ state: 'exited', exitCode: 137, finishedAtMs: 50_000, readAtMs: 60_000 });
    expect(dead.health).toBe(container.health);
  });

  it('starts with a fresh streak, and without health where there is no check', () => {
    const checked = applyEvent(
      buildCheckedContainer({ failingStreak: 2 }, { state: 'created' }),
      action('start'),
      1,
    );
    expect(checked).toMatchObject({ state: 'running', health: { status: 'starting', failingStreak: 0 } });
    expect(applyEvent(buildContainer({ state: 'created' }), action('start'), 1).health).toBeNull();
  });

  it('pauses only what runs, and resumes only what is paused', () => {
    const running = buildContainer();
    expect(applyEvent(running, action('pause'), 1).state).toBe('paused');
    expect(applyEvent(running, action('unpause'), 1)).toBe(running);
    const exited = buildContainer({ state: 'exited' });
    expect(applyEvent(exited, action('pause'), 1)).toBe(exited);
  });

  it('changes nothing for what tells nothing', () => {
    const container = buildContainer();
    for (const name of ['create', 'kill', 'stop', 'restart', 'destroy'] as const)
      expect(applyEvent(container, action(name), 1)).toBe(container);
    expect(applyEvent(container, { kind: 'exec-die', exitCode: 1, ...OF, ...AT }, 1)).toBe(container);
  });
});
