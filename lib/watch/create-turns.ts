/** Lets so many work at a time, in the order in which they asked: what all engines want at once would hold up everything. */
export interface Turns {
  take(): Turn;
}

export interface Turn {
  /** Resolves when it is one's turn. Never, when it was left before. */
  ready: Promise<void>;
  /** Gives the turn back, or the place in the line. Twice does nothing. */
  leave(): void;
}

export function createTurns(max: number): Turns {
  let taken = 0;
  const waiting = new Set<() => void>();

  return {
    take() {
      let isLeft = false;
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
        leave() {
          if (isLeft) return;
          isLeft = true;
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
