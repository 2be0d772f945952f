/** Lets so many work at a time, in the order in which they asked; the others wait. */
export interface Semaphore {
  acquire(): Permit;
  /** @returns how to release it, once it is acquired; rejects with the signal's reason if that comes first */
  acquireUnless(signal: AbortSignal): Promise<() => void>;
}

export interface Permit {
  /** Resolves when it is acquired. Never, when it was released before. */
  ready: Promise<void>;
  /** Gives it back, or the place in the line. Twice does nothing. */
  release(): void;
}

/** @param max how many; a function where that changes: more are let in when the next one is done */
export function createSemaphore(max: number | (() => number)): Semaphore {
  const most = typeof max === 'number' ? () => max : max;
  let taken = 0;
  const waiting = new Set<() => void>();

  function acquire(): Permit {
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
    if (taken < most()) call();
    else waiting.add(call);
    return {
      ready,
      release() {
        if (isReleased) return;
        isReleased = true;
        waiting.delete(call);
        if (!isTaken) return;
        taken -= 1;
        for (const next of waiting) {
          if (taken >= most()) return;
          waiting.delete(next);
          next();
        }
      },
    };
  }

  return {
    acquire,
    acquireUnless(signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      const { ready, release } = acquire();
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          release();
          reject(signal.reason);
        };
        signal.addEventListener('abort', onAbort, { once: true });
        void ready.then(() => {
          signal.removeEventListener('abort', onAbort);
          resolve(release);
        });
      });
    },
  };
}
