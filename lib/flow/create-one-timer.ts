import type { Timer, Timers } from './timers.ts';

/** One timer: set again, it replaces what it was set to. */
export interface OneTimer {
  in(delayMs: number): void;
  cancel(): void;
}

export function createOneTimer({ setTimer }: Pick<Timers, 'setTimer'>, run: () => void): OneTimer {
  let timer: Timer | null = null;

  function cancel() {
    timer?.cancel();
    timer = null;
  }

  return {
    cancel,
    in(delayMs) {
      cancel();
      timer = setTimer(delayMs, () => {
        timer = null;
        run();
      });
    },
  };
}
