import type { Clock, Timer } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import type { ListReader } from './create-list-reader.ts';

/**
 * Reads a little between full lists: what a manager can no longer list must not go unseen until the next one, which in a
 * swarm of thousands is three minutes away.
 */
export interface SpotReads {
  keepPace(): void;
  pause(): void;
}

/** What tells of more tasks than this is left to the full lists. */
const MAX_TASKS = 50;
const MAX_TRIES = 20;

export function createSpotReads(options: {
  clock: Clock;
  listed: Pick<ListReader['listed'], 'nextService' | 'tasksOf'>;
  /** Steady clock, of the last full list that came. */
  listedAtMs(): number;
  isUnderWay(): boolean;
  readService(serviceId: string): void;
  readNodes(): void;
}): SpotReads {
  const { clock, listed, listedAtMs, isUnderWay } = options;
  let timer: Timer | null = null;
  let nodesAtMs = Number.NEGATIVE_INFINITY;

  function plan(): void {
    timer = clock.setTimer(LIMITS.spotMs * (0.9 + clock.random() * 0.2), () => {
      plan();
      look();
    });
  }

  function look(): void {
    const nowMs = clock.steadyMs();
    const sinceMs = nowMs - listedAtMs();
    if (isUnderWay() || sinceMs < LIMITS.spotMs) return;
    const serviceId = findSmall();
    if (serviceId !== null) options.readService(serviceId);
    if (Math.min(sinceMs, nowMs - nodesAtMs) < LIMITS.spotNodesMs) return;
    nodesAtMs = nowMs;
    options.readNodes();
  }

  function findSmall(): string | null {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const serviceId = listed.nextService();
      if (serviceId === null || listed.tasksOf(serviceId).length <= MAX_TASKS) return serviceId;
    }
    return null;
  }

  return {
    keepPace() {
      timer?.cancel();
      plan();
    },
    pause() {
      timer?.cancel();
      timer = null;
    },
  };
}
