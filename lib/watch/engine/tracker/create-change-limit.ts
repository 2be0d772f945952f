import type { Clock, Timer } from '#lib/watch/clock.ts';

/** Lets changes of one container pass one by one while they are few, and of more only the last, now and then. */
export interface ChangeLimit {
  /** `false`: it is passed over. `onDue` is called soon, once for all of these. */
  admit(id: string): boolean;
  forget(id: string): void;
  reset(): void;
}

/** A container that starts, fails and is replaced has some six changes; one that Docker restarts for ever two a second. */
const CHANGES = { burst: 30, perSecond: 4 };
const DUE_MS = 500;
/** How often it is said how many were passed over. */
const REPORT_MS = 60_000;

interface Left {
  changes: number;
  atMs: number;
  timer: Timer | null;
}

export function createChangeLimit(options: {
  clock: Clock;
  /** Changes of this container were passed over: how it is now is to be emitted. */
  onDue(id: string): void;
  /** So many were passed over since the last time; at most once a minute. */
  onPassed(changes: number): void;
}): ChangeLimit {
  const { clock, onDue, onPassed } = options;
  const lefts = new Map<string, Left>();
  let passed = 0;
  let report: Timer | null = null;

  function count(): void {
    passed += 1;
    report ??= clock.setTimer(DUE_MS, reportPassed);
  }

  function reportPassed(): void {
    report = null;
    if (passed === 0) return;
    onPassed(passed);
    passed = 0;
    report = clock.setTimer(REPORT_MS, reportPassed);
  }

  return {
    admit(id) {
      const nowMs = clock.steadyMs();
      const left = lefts.get(id) ?? { changes: CHANGES.burst, atMs: nowMs, timer: null };
      lefts.set(id, left);
      const grown = left.changes + ((nowMs - left.atMs) / 1_000) * CHANGES.perSecond;
      left.changes = Math.min(CHANGES.burst, grown);
      left.atMs = nowMs;
      // While the last one waits, one before it does not come after it.
      if (left.timer === null && left.changes >= 1) {
        left.changes -= 1;
        return true;
      }
      count();
      left.timer ??= clock.setTimer(DUE_MS, () => {
        left.timer = null;
        onDue(id);
      });
      return false;
    },
    forget(id) {
      lefts.get(id)?.timer?.cancel();
      lefts.delete(id);
    },
    reset() {
      for (const { timer } of lefts.values()) timer?.cancel();
      lefts.clear();
      report?.cancel();
      report = null;
    },
  };
}
