import { toDateMs } from './decode/times.ts';

/** Notices that an engine's clock, or ours, was set while nobody asked who the engine is. */
export interface ClockCheck {
  /** An answer came. @param date its `Date` header: Go's and Node's servers put their clock's second there */
  onAnswer(date: unknown, askedAtMs: number): void;
  /** The engine's skew was measured: what its answers show now is right. */
  settle(skewMs: number): void;
  /** Do its answers show another time than when that was? Not again within a minute. */
  hasStepped(): boolean;
}

/** Beyond the second that the header leaves open, and what measuring does. */
const TOLERANCE_MS = 1_500;
const SECOND_MS = 1_000;
const AGAIN_MS = 60_000;
/** A proxy that puts the time of several hosts there says nothing of the engine. */
const MISLED_MS = 3_600_000;

/** Their clock minus ours is between these. */
interface Range {
  low: number;
  high: number;
}

const OWN = { nowMs: () => Date.now(), steadyMs: () => performance.now() };

/** @param clock `nowMs` may be set by somebody, `steadyMs` is not */
export function createClockCheck(clock = OWN): ClockCheck {
  let last: Range | null = null;
  let settled: Range | null = null;
  let skewMs: number | null = null;
  let isAsked = false;
  /** Asked with each event: it changes with answers alone. */
  let isApart = false;
  let notBeforeMs = Number.NEGATIVE_INFINITY;

  return {
    onAnswer(date, askedAtMs) {
      const dateMs = toDateMs(date);
      last = dateMs === null ? null : { low: dateMs - clock.nowMs(), high: dateMs + SECOND_MS - askedAtMs };
      isApart = areApart(settled, last);
    },
    settle(foundMs) {
      const wasMisled = skewMs !== null && Math.abs(foundMs - skewMs) <= TOLERANCE_MS;
      if (isAsked) notBeforeMs = clock.steadyMs() + (wasMisled ? MISLED_MS : AGAIN_MS);
      isAsked = false;
      settled = last;
      isApart = false;
      skewMs = foundMs;
    },
    hasStepped() {
      if (!isApart || isAsked || clock.steadyMs() < notBeforeMs) return false;
      isAsked = true;
      return true;
    },
  };
}

function areApart(settled: Range | null, last: Range | null): boolean {
  if (settled === null || last === null) return false;
  return Math.max(last.low - settled.high, settled.low - last.high) > TOLERANCE_MS;
}
