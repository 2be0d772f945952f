/** Calls whose outcome counts only while nothing was dropped since they began. */
export interface Attempts {
  attempt<T>(call: Promise<T>, then: (value: T) => void, otherwise: (error: unknown) => void): void;
  /** @returns whether nothing was dropped since this call */
  toIsCurrent(): () => boolean;
  /** What is under way is worth nothing from now on. */
  drop(): void;
}

export function createAttempts(): Attempts {
  let epoch = 0;

  function toIsCurrent(): () => boolean {
    const mine = epoch;
    return () => mine === epoch;
  }

  return {
    attempt(call, then, otherwise) {
      const isCurrent = toIsCurrent();
      call.then(
        (value) => {
          if (isCurrent()) then(value);
        },
        (error: unknown) => {
          if (isCurrent()) otherwise(error);
        },
      );
    },
    toIsCurrent,
    drop() {
      epoch += 1;
    },
  };
}
