/** Lets so many work at a time, in the order in which they asked: what all engines want at once would hold up everything. */
export interface Semaphore {
  acquire(): Permit;
}

export interface Permit {
  /** Resolves when it is one's turn. Never, when it was left before. */
  ready: Promise<void>;
  /** Gives the turn back, or the place in the line. Twice does nothing. */
  release(): void;
}

export function createSemaphore(max: number): Semaphore {
  let taken = 0;
  const waiting = new Set<() => void>();

  return {
    acquire() {
      let isReleased = false;
      let isTaken = false;
      let call = () => {};
      const ready = new Promise<void>((resolve) => {
        call = () => {
          isTaken = true;
          taken += 1;
          resolve();
        };
      });
      if (taken < max) call();
      else waiting.add(call);
      return {
        ready,
        release() {
          if (isReleased) return;
          isReleased = true;
          waiting.delete(call);
          if (!isTaken) return;
          taken -= 1;
          const [next] = waiting;
          if (!next) return;
          waiting.delete(next);
          next();
        },
      };
    },
  };
}
