import type { EngineEvent } from '#lib/engine/port.ts';
import type { Container, ContainerHealth } from '#lib/model/docker/container.ts';

/**
 * What an event alone tells of a container we know, before any inspect. The same object when it tells nothing.
 * Docker's defaults: a check without a known number of retries has 3.
 */
export function applyEvent(container: Container, event: EngineEvent, nowMs: number): Container {
  if (event.kind === 'health') {
    // A stopped or paused container's health means nothing: the inspect that follows says what became of it.
    if (container.state !== 'running') return container;
    const known = container.health;
    if (known?.status === event.status && known.statusSinceMs !== null) return container;
    const retries = container.healthCheck?.retries ?? 3;
    const streak = known?.failingStreak ?? 0;
    const health: ContainerHealth = {
      status: event.status,
      failingStreak: event.status === 'unhealthy' ? Math.max(streak, retries) : 0,
      probes: known?.probes ?? [],
      statusSinceMs: event.atMs,
    };
    return { ...container, health, readAtMs: nowMs };
  }
  if (event.kind !== 'container') return container;
  switch (event.action) {
    case 'die':
      return {
        ...container,
        state: 'exited',
        exitCode: event.exitCode,
        finishedAtMs: event.atMs,
        readAtMs: nowMs,
      };
    case 'start':
      return {
        ...container,
        state: 'running',
        startedAtMs: event.atMs,
        finishedAtMs: null,
        exitCode: null,
        oomKilled: false,
        oomAtMs: null,
        lastWords: null,
        // Read while it was made and not started, perhaps long before: no probe is due since then.
        probeSeenAtMs: nowMs,
        health: container.healthCheck
          ? {
              status: 'starting',
              failingStreak: 0,
              probes: container.health?.probes ?? [],
              statusSinceMs: event.atMs,
            }
          : null,
        readAtMs: nowMs,
      };
    case 'pause':
      return container.state === 'running' ? { ...container, state: 'paused', readAtMs: nowMs } : container;
    case 'unpause':
      return container.state === 'paused' ? { ...container, state: 'running', readAtMs: nowMs } : container;
    case 'oom':
      return { ...container, oomKilled: true, oomAtMs: event.atMs, readAtMs: nowMs };
    default:
      return container;
  }
}
