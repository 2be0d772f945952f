import { createFairQueue } from './create-fair-queue.ts';

/**
 * A few at each turn of the event loop, each party in turn: what many strangers send is work for many turns, and between
 * any two of them goes on what is done for people we know.
 */
export interface Lane {
  /** @returns how to take it back; `null`: too many wait already */
  enter(party: string, work: () => void): (() => void) | null;
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
    enter(party, work) {
      const leave = waiting.add(work, party);
      if (leave !== null && !isRunning) {
        isRunning = true;
        setImmediate(run);
      }
      return leave;
    },
  };
}
