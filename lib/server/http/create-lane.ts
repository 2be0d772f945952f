import { createFairQueue } from './create-fair-queue.ts';

/**
 * A few at each turn of the event loop, each party in turn: what many strangers send is work for many turns, and between
 * any two of them goes on what is done for people we know.
 */
export interface Lane {
  /**
   * @param refuse called in the place of `work` when too many wait, at once or later
   * @returns how to take it back
   */
  enter(party: string, work: () => void, refuse: () => void): () => void;
}

export function createLane(perTurn: number, maxWaiting: number): Lane {
  const waiting = createFairQueue<() => void>(maxWaiting);
  let isRunning = false;

  function run(): void {
    for (let count = 0; count < perTurn; count += 1) waiting.take()?.();
    isRunning = waiting.size > 0;
    if (isRunning) setImmediate(run);
  }

  return {
    enter(party, work, refuse) {
      const leave = waiting.add(work, party, refuse);
      if (waiting.size > 0 && !isRunning) {
        isRunning = true;
        setImmediate(run);
      }
      return leave;
    },
  };
}
