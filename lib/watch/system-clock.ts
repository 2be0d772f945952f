import type { Clock, Timer } from './clock.ts';

/** A timer of Node's that is longer fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** The real clock. Its timers do not keep the process alive, and may be of any length. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  steadyMs: () => performance.now(),
  setTimer: setLongTimer,
  random: () => Math.random(),
};

/** What is no number is "at once"; what is longer than Node's timers can be is waited for in pieces. */
function setLongTimer(delayMs: number, run: () => void): Timer {
  let handle: NodeJS.Timeout;
  const wait = (leftMs: number) => {
    const pieceMs = Math.min(leftMs, LONGEST_MS);
    handle = setTimeout(() => (leftMs > pieceMs ? wait(leftMs - pieceMs) : run()), pieceMs);
    handle.unref();
  };
  wait(Number.isNaN(delayMs) ? 0 : delayMs);
  return { cancel: () => clearTimeout(handle) };
}
