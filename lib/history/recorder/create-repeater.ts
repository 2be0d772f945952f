import type { Timer, Timers } from '#lib/flow/timers.ts';

/** So many at once: some ms of work, and few beside what may wait for a slow disk. */
const PIECE = 2_000;
const PAUSE_MS = 50;

/** Records again what lasts, a piece at a time: of a large swarm all of it is more than may wait at once, and would be lost again. */
export interface Repeater {
  /** From the beginning, also when it has not come to the end of what it repeated before. */
  start(): void;
  close(): void;
}

/**
 * @param repeat records one thing for each step
 * @param hasRoom whether what waits to be written leaves room for more
 */
export function createRepeater(
  { setTimer }: Pick<Timers, 'setTimer'>,
  { repeat, hasRoom }: { repeat(): Iterable<void>; hasRoom(): boolean },
): Repeater {
  let timer: Timer | null = null;
  let steps: Iterator<void> | null = null;

  function take(): void {
    timer = null;
    for (let left = PIECE; left > 0 && hasRoom(); left -= 1) if (steps?.next().done !== false) return;
    timer = setTimer(PAUSE_MS, take);
  }

  function close(): void {
    timer?.cancel();
    timer = null;
  }

  return {
    start() {
      close();
      steps = repeat()[Symbol.iterator]();
      take();
    },
    close,
  };
}
