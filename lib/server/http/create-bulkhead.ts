/** So many at a time; the others wait in line. */
export interface Bulkhead {
  /**
   * Runs `work` when there is room, at once if there is; the room is free again with `release`, which may be called
   * more than once. @returns `null` when too many wait already; else how to take it back, also while it waits
   */
  enter(work: () => void): { release(): void } | null;
}

export function createBulkhead(max: number, maxWaiting: number): Bulkhead {
  const waiting = new Set<() => void>();
  let running = 0;

  function next(): void {
    const [start] = waiting;
    if (start === undefined || running >= max) return;
    waiting.delete(start);
    start();
  }

  return {
    enter(work) {
      if (waiting.size >= maxWaiting) return null;
      let state: 'waiting' | 'running' | 'done' = 'waiting';
      const start = () => {
        state = 'running';
        running += 1;
        work();
      };
      waiting.add(start);
      next();
      return {
        release() {
          if (state === 'running') running -= 1;
          else waiting.delete(start);
          state = 'done';
          next();
        },
      };
    },
  };
}
