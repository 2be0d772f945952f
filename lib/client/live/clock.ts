/** Time and chance, injected: what follows the stream runs on a clock that a test turns by hand. */
export interface Clock {
  /** This machine's clock, epoch ms. */
  nowMs(): number;
  setTimer(delayMs: number, run: () => void): Timer;
  /** From 0 up to 1, for jitter. */
  random(): number;
}

export interface Timer {
  cancel(): void;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  setTimer(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
  random: () => Math.random(),
};

/** Calls `run` every `everyMs` until cancelled. */
export function repeat(clock: Clock, everyMs: number, run: () => void): Timer {
  let timer = clock.setTimer(everyMs, function again() {
    timer = clock.setTimer(everyMs, again);
    run();
  });
  return { cancel: () => timer.cancel() };
}
