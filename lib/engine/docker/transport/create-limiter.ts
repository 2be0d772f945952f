/** Lets at most `max` jobs run at a time; the others wait in line. */
export interface Limiter {
  /** Resolves with the function that gives the place back; rejects with the signal's reason if that comes first. */
  enter(signal: AbortSignal): Promise<() => void>;
}

export function createLimiter(max: number): Limiter {
  let running = 0;
  const waiting = new Set<() => void>();

  const leave = () => {
    running -= 1;
    const [next] = waiting;
    next?.();
  };

  const take = () => {
    running += 1;
    let taken = true;
    return () => {
      if (taken) leave();
      taken = false;
    };
  };

  return {
    enter(signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (running < max) return Promise.resolve(take());
      return new Promise((resolve, reject) => {
        const onPermit = () => {
          waiting.delete(onPermit);
          signal.removeEventListener('abort', onAbort);
          resolve(take());
        };
        const onAbort = () => {
          waiting.delete(onPermit);
          reject(signal.reason);
        };
        waiting.add(onPermit);
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
  };
}
