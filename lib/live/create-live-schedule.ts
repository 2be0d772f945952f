import { createCostPace } from './create-cost-pace.ts';
import type { LiveTimers } from './live-timers.ts';

/** When the picture is decided anew. */
export interface LiveSchedule {
  /** At the end of this turn of the event loop, or when deciding has not taken too much of the time any more. */
  plan(): void;
  /** At the end of this turn, whatever it took. */
  goOn(): void;
  /** Calls `work` in a while, once however often this is asked for until then. */
  defer(delayMs: number, work: () => void): void;
  /** When our clock reaches this, in the place of what was asked for before; infinite: not by time alone. */
  planAt(atMs: number, nowMs: number): void;
  /** - `planned`: at the end of this turn - `waiting`: when there is time again - `idle`: not asked for */
  state(): 'idle' | 'planned' | 'waiting';
  /** It is decided now, whoever asked for it. */
  begin(): void;
  /** What is shown now took so long to decide. */
  spend(tookMs: number): void;
  close(): void;
}

/** A timer may fire a moment early; one that fires at once for ever would spin. */
const MIN_RECHECK_MS = 20;
const EARLY_MS = 5;

/** @param decide never called after `close`, and only where `state` is not `idle`, which it becomes with `begin` */
export function createLiveSchedule(timers: LiveTimers, decide: () => void): LiveSchedule {
  const pace = createCostPace(timers.steadyMs);
  let state: ReturnType<LiveSchedule['state']> = 'idle';
  let recheckTimer: { cancel(): void } | null = null;
  let deferredTimer: { cancel(): void } | null = null;
  let waitTimer: { cancel(): void } | null = null;
  let closed = false;

  function plan(): void {
    if (state !== 'idle') return;
    const waitMs = pace.waitMs();
    if (waitMs === 0) {
      goOn();
      return;
    }
    state = 'waiting';
    waitTimer = timers.setTimer(waitMs, () => {
      if (state === 'waiting' && !closed) decide();
    });
  }

  function goOn(): void {
    state = 'planned';
    setImmediate(() => {
      if (state === 'planned' && !closed) decide();
    });
  }

  return {
    plan,
    goOn,
    defer(delayMs, work) {
      deferredTimer ??= timers.setTimer(delayMs, () => {
        deferredTimer = null;
        work();
      });
    },
    planAt(atMs, nowMs) {
      recheckTimer?.cancel();
      recheckTimer = null;
      if (atMs === Number.POSITIVE_INFINITY) return;
      recheckTimer = timers.setTimer(Math.max(MIN_RECHECK_MS, atMs - nowMs + EARLY_MS), plan);
    },
    state: () => state,
    begin() {
      state = 'idle';
    },
    spend: pace.spend,
    close() {
      closed = true;
      for (const timer of [recheckTimer, deferredTimer, waitTimer]) timer?.cancel();
    },
  };
}
