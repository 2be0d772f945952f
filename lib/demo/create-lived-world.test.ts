import { describe, expect, it } from 'vitest';
import { createLivedWorld, createLivingWorld, type LivedWorldOptions } from './create-lived-world.ts';
import type { World } from './world.ts';

const NOW_MS = 1_795_000_000_000;

const toOptions = (over: Partial<LivedWorldOptions> = {}): LivedWorldOptions => ({
  nodes: 5,
  services: null,
  replicas: null,
  seed: 7,
  churn: null,
  pastHours: 8,
  untilMs: NOW_MS,
  ...over,
});

/** All that Docker would say of its tasks and containers, probes among it. */
function dump({ tasks, services }: World): string {
  const all = [...tasks.values()].map(({ id, state, stateAtMs, node, container }) => {
    const { health = null, exitCode = null, finishedAtMs = null } = container ?? {};
    return {
      id,
      state,
      stateAtMs,
      node: node?.hostname,
      container: container?.id,
      health,
      exitCode,
      finishedAtMs,
    };
  });
  return JSON.stringify([all, services.map(({ id, tag, update }) => ({ id, tag, update }))]);
}

describe('a demo swarm that has lived through a day', () => {
  it('is the same whether anybody looked on, for the same seed, and another for another', () => {
    const lived = dump(createLivedWorld(toOptions()));
    const { world, liveUntil } = createLivingWorld(toOptions());
    liveUntil(NOW_MS);
    expect(dump(world)).toBe(lived);
    expect(dump(createLivedWorld(toOptions({ seed: 8 })))).not.toBe(lived);
  });

  it('has every last probe of whoever is well, each in its time', () => {
    const world = createLivedWorld(toOptions());
    const well = world.nodes
      .flatMap(({ containers }) => [...containers.values()])
      .filter(({ state, health, startedAtMs }) => {
        return state === 'running' && health?.status === 'healthy' && (startedAtMs ?? 0) < NOW_MS - 300_000;
      });
    expect(well.length).toBeGreaterThan(20);
    for (const { health, task } of well) {
      const { intervalMs = 0, timeoutMs = 0 } = task.service.plan.check ?? {};
      const starts = health?.log.map(({ startMs }) => startMs) ?? [];
      expect(starts).toHaveLength(5);
      expect(NOW_MS - (starts.at(-1) ?? 0)).toBeLessThanOrEqual(intervalMs + 2 * timeoutMs);
      for (const [index, startMs] of starts.slice(1).entries())
        expect(startMs - (starts[index] ?? 0)).toBeLessThanOrEqual(intervalMs + 2 * timeoutMs);
    }
  });
});
