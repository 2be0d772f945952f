import { readWaitedMs } from '#lib/flow/read-waited-ms.ts';
import { readHeldMs } from '#lib/flow/set-fair-timer.ts';
import type { Timer, Timers } from '#lib/flow/timers.ts';

export type { Timer };

/** Time and chance, injected: everything in this folder runs on a clock that a test can turn by hand. */
export interface Clock extends Timers {
  /** Milliseconds since some moment; nobody sets it. For paces and durations. */
  steadyMs(): number;
  /**
   * What this thread has computed so far, and how long it stood in line for the processor, ms: it stands still while we are
   * suspended, or wait.
   */
  busyMs(): number;
  /** The same as the event loop counts it, which costs less to ask; a suspension in the middle of work counts in it. */
  heldMs(): number;
  /** From 0 up to 1, for jitter. */
  random(): number;
}

/** A timer of Node's that is longer fires at once. */
const MAX_MS = 2 ** 31 - 1;

/** The real clock. Its timers do not keep the process alive, and may be of any length. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  steadyMs: () => performance.now(),
  busyMs() {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000 + readWaitedMs();
  },
  heldMs: readHeldMs,
  setTimer: setLongTimer,
  random: () => Math.random(),
};

/** What is no number is "at once"; what is longer than Node's timers can be is waited for in pieces. */
function setLongTimer(delayMs: number, run: () => void): Timer {
  let handle: NodeJS.Timeout;
  const wait = (leftMs: number) => {
    const pieceMs = Math.min(leftMs, MAX_MS);
    handle = setTimeout(() => (leftMs > pieceMs ? wait(leftMs - pieceMs) : run()), pieceMs);
    handle.unref();
  };
  wait(Number.isNaN(delayMs) ? 0 : delayMs);
  return { cancel: () => clearTimeout(handle) };
}
