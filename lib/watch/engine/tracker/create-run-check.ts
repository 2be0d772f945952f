import type { EngineClient, StoppedContainers } from '#lib/engine/port.ts';
import type { Timer } from '#lib/flow/timers.ts';
import type { Clock } from '#lib/watch/clock.ts';
import { createAttempts } from '#lib/watch/create-attempts.ts';
import type { SharedTurns } from '#lib/watch/engine/create-shared-turns.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { isDoubtful } from './tracked.ts';

/**
 * Asks at a steady pace which of the containers that are held to run do not. An event may be lost without a trace: Docker drops
 * it where a reader is slow, and so may what is between. A list of all, which would tell, is a kB a container.
 */
export interface RunCheck {
  plan(): void;
  stop(): void;
}

export function createRunCheck(options: {
  client: Pick<EngineClient, 'findStopped'>;
  clock: Pick<Clock, 'random'>;
  turns: SharedTurns;
  /** Those whose end nothing else would show before the next time. */
  unprobedIds(): string[];
  /** It is held to run, and does not. */
  deny(id: string): void;
  /** Lists all: one is gone, and the engine does not say which. */
  listAll(): void;
  /** The engine answered. */
  onActivity(): void;
  /** It failed for a reason that may be the engine's. */
  onDoubt(): void;
}): RunCheck {
  const { client, clock, turns, unprobedIds } = options;
  const { attempt, drop } = createAttempts();
  let timer: Timer | null = null;
  let vain = createVainCount();

  function stop(): void {
    timer?.cancel();
    timer = null;
    drop();
    vain = createVainCount();
  }

  function planIn(delayMs: number): void {
    timer?.cancel();
    timer = turns.plan(delayMs, () => {
      timer = null;
      ask();
    });
  }

  function ask(): void {
    const ids = unprobedIds();
    planIn(LIMITS.runCheckMs);
    if (ids.length > 0) attempt(client.findStopped(ids), (found) => take(ids, found), doubt);
  }

  function doubt(error: unknown): void {
    if (isDoubtful(error)) options.onDoubt();
  }

  function take(asked: string[], { stopped, isMissing }: StoppedContainers): void {
    options.onActivity();
    for (const id of stopped) options.deny(id);
    if (isMissing && vain.isWorthIt(asked)) options.listAll();
  }

  return {
    /** Not all engines at one moment. */
    plan: () => planIn(clock.random() * LIMITS.runCheckMs),
    stop,
  };
}

/** Whoever says again and again that one is missing, where a list of all has each of them, is asked for that list less and less. */
function createVainCount(): { isWorthIt(asked: readonly string[]): boolean } {
  let before: readonly string[] = [];
  let times = 0;

  return {
    isWorthIt(asked) {
      const now = new Set(asked);
      times = before.length > 0 && before.every((id) => now.has(id)) ? times + 1 : 0;
      before = asked;
      return (times & (times + 1)) === 0;
    },
  };
}
