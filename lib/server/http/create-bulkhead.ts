import type { FairQueue } from './create-fair-queue.ts';

/** So many at a time; the others wait in line, each party in turn. */
export interface Bulkhead<Party = string> {
  /**
   * Runs `work` when there is room, at once if there is; the room is free again with `release`, which may be called
   * more than once.
   *
   * @param refuse called in the place of `work` when too many wait, at once or later
   * @returns how to take it back, also while it waits
   */
  enter(party: Party, work: () => void, refuse: () => void): Ticket;
}

export interface Ticket {
  release(): void;
}

export function createBulkhead<Party = string>(
  max: number,
  waiting: FairQueue<() => void, Party>,
): Bulkhead<Party> {
  let running = 0;

  return {
    enter(party, work, refuse) {
      let state: 'waiting' | 'running' | 'done' = 'waiting';
      const start = () => {
        state = 'running';
        running += 1;
        work();
      };
      let leave = () => {};
      if (running < max) start();
      else
        leave = waiting.add(start, party, () => {
          state = 'done';
          refuse();
        });
      return {
        release() {
          if (state === 'running') running -= 1;
          else leave();
          const isOver = state === 'done';
          state = 'done';
          if (!isOver && running < max) waiting.take()?.();
        },
      };
    },
  };
}
