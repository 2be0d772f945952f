import type { Timer } from './timers.ts';

const SECOND_MS = 1_000;
const EARLY_MS = 50;
const works = new Set<() => void>();
let timer: NodeJS.Timeout | null = null;

/**
 * Calls `work` once a second, together with all others that want that, when the clock's second begins: each time that a process
 * wakes up costs as much as what it does then. It does not keep the process alive.
 */
export function eachSecond(work: () => void): Timer {
  const own = () => work();
  works.add(own);
  if (timer === null) plan();
  return {
    cancel() {
      works.delete(own);
      if (works.size > 0 || timer === null) return;
      clearTimeout(timer);
      timer = null;
    },
  };
}

function plan(): void {
  const leftMs = SECOND_MS - (Date.now() % SECOND_MS);
  // A timer may come a moment early: then the second that begins now was this one.
  timer = setTimeout(run, leftMs < EARLY_MS ? leftMs + SECOND_MS : leftMs).unref();
}

function run(): void {
  plan();
  for (const work of works) work();
}
