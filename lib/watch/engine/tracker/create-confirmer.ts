import type { ContainerSummary, EngineClient } from '#lib/engine/port.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/** More than so many are asked for by a list of all: their ids are 70 bytes each in the address. */
const MAX_IDS = 20;
/** Of the pause after a list that failed. */
const MAX_DOUBLINGS = 3;
/** Of more than so many nothing is asked again but by the list of all. */
const MAX_KEPT = 1_000;

/**
 * Events carry labels, and anybody may label a container: whether Swarm made it, only a list tells. Asks for one list
 * for all the ids that wait, at a pace bounded by what a list costs.
 */
export interface Confirmer {
  ask(id: string): void;
  reset(): void;
}

export function createConfirmer(options: {
  client: EngineClient;
  clock: Clock;
  /** The answer for one id: what the list says of it, or `null` when Swarm did not make it. */
  onAnswer(id: string, summary: ContainerSummary | null): void;
  onError(error: unknown): void;
}): Confirmer {
  const { client, clock, onAnswer, onError } = options;
  let waiting = new Set<string>();
  let timer: Timer | null = null;
  let underWay = false;
  let notBeforeMs = 0;
  let failedInARow = 0;
  let epoch = 0;

  function plan(delayMs: number) {
    if (timer || underWay) return;
    const nowMs = clock.steadyMs();
    timer = clock.setTimer(Math.max(delayMs, Math.min(notBeforeMs - nowMs, LIMITS.confirmMs)), () => {
      timer = null;
      ask();
    });
  }

  function ask() {
    const asked = waiting;
    const mine = epoch;
    const sentMs = clock.steadyMs();
    waiting = new Set();
    underWay = true;
    const settle = (emit: () => void) => {
      if (mine !== epoch) return;
      underWay = false;
      const doneMs = clock.steadyMs();
      notBeforeMs = doneMs + Math.min(LIMITS.confirmMs, Math.max(100, 20 * (doneMs - sentMs)));
      emit();
      if (waiting.size > 0) plan(0);
    };
    client.listContainers(asked.size > MAX_IDS ? undefined : [...asked]).then(
      (summaries) =>
        settle(() => {
          failedInARow = 0;
          const byId = new Map(summaries.map((summary) => [summary.id, summary]));
          for (const id of asked) onAnswer(id, byId.get(id) ?? null);
        }),
      (error: unknown) =>
        settle(() => {
          // Else nobody asks for them again before the next list of all, which may be minutes away.
          if (asked.size <= MAX_KEPT) for (const id of asked) waiting.add(id);
          if (waiting.size > 0) plan(LIMITS.confirmMs * 2 ** Math.min(failedInARow, MAX_DOUBLINGS));
          failedInARow += 1;
          onError(error);
        }),
    );
  }

  return {
    ask(id) {
      waiting.add(id);
      plan(20);
    },
    reset() {
      epoch += 1;
      failedInARow = 0;
      waiting = new Set();
      underWay = false;
      timer?.cancel();
      timer = null;
    },
  };
}
