import { createFairQueue } from './create-fair-queue.ts';

/** So many at a time; the others wait in line, each party in turn. */
export interface Bulkhead {
  /**
   * Runs `work` when there is room, at once if there is; the room is free again with `release`, which may be called
   * more than once. @returns `null` when too many wait already; else how to take it back, also while it waits
   */
  enter(party: string, work: () => void): Ticket | null;
}

export interface Ticket {
  release(): void;
}

export function createBulkhead(max: number, maxWaiting: number): Bulkhead {
  const waiting = createFairQueue<() => void>(maxWaiting);
  let running = 0;

  return {
    enter(party, work) {
      let state: 'waiting' | 'running' | 'done' = 'waiting';
      const start = () => {
        state = 'running';
        running += 1;
        work();
      };
      let leave: (() => void) | null = null;
      if (running < max) start();
      else {
        leave = waiting.add(start, party);
        if (leave === null) return null;
      }
      return {
        release() {
          if (state === 'running') running -= 1;
          else leave?.();
          const isOver = state === 'done';
          state = 'done';
          if (!isOver && running < max) waiting.take()?.();
        },
      };
    },
  };
}
