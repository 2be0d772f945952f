import type { Clock, Timer } from './clock.ts';
import { LIMITS } from './limits.ts';

/** Notices silence. Events and answers are its beats; `onQuiet` asks for a ping when there are none. */
export interface Heartbeat {
  start(): void;
  /** Something was received from the other side. @returns now */
  touch(): number;
  stop(): void;
}

/**
 * `onGap` is called when our own timer fires so late that we must have been suspended, or the clock was set. What we computed
 * ourselves meanwhile explains as much, and so does a busy machine that left us no processor: the other side's words wait for
 * us then, and to read all anew would take longer, and make the next timer late as well.
 */
export function createHeartbeat(options: { clock: Clock; onQuiet(): void; onGap(): void }): Heartbeat {
  const { clock, onQuiet, onGap } = options;
  let timer: Timer | null = null;
  let touchedMs = 0;

  function watch(delayMs: number) {
    const dueMs = clock.nowMs() + delayMs;
    const busyFromMs = readBusyFrom(clock);
    timer = clock.setTimer(delayMs, () => {
      timer = null;
      const nowMs = clock.nowMs();
      // The wall clock may also have been set back: then silence cannot be measured, so it is assumed.
      const silentMs = nowMs < touchedMs ? LIMITS.quietMs : nowMs - touchedMs;
      watch(silentMs >= LIMITS.quietMs ? LIMITS.quietMs : LIMITS.quietMs - silentMs);
      // Set back as far, it is a gap too: what was planned by the clock would wait for as long.
      const lateMs = Math.abs(nowMs - dueMs);
      const explainedMs = nowMs > dueMs && lateMs > LIMITS.gapMs ? clock.busyMs() - busyFromMs : 0;
      if (lateMs - explainedMs > LIMITS.gapMs) onGap();
      else if (silentMs >= LIMITS.quietMs) onQuiet();
    });
  }

  return {
    start() {
      timer?.cancel();
      touchedMs = clock.nowMs();
      watch(LIMITS.quietMs);
    },
    touch() {
      touchedMs = clock.nowMs();
      return touchedMs;
    },
    stop() {
      timer?.cancel();
      timer = null;
    },
  };
}

/** To ask the kernel takes longer than all else that a beat does, and of a thousand engines hundreds beat each second. */
const SAMPLE_MS = 250;
const samples = new WeakMap<Clock, { atMs: number; busyMs: number }>();

/** What we have computed until now, or a little more: what may have been computed since it was last asked is counted as if it was. */
function readBusyFrom(clock: Clock): number {
  const atMs = clock.steadyMs();
  const known = samples.get(clock);
  const ageMs = known === undefined ? Number.POSITIVE_INFINITY : atMs - known.atMs;
  if (known !== undefined && ageMs >= 0 && ageMs < SAMPLE_MS) return known.busyMs + ageMs;
  const busyMs = clock.busyMs();
  samples.set(clock, { atMs, busyMs });
  return busyMs;
}
