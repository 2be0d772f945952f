import type { Clock, Timer } from '#lib/watch/clock.ts';

/** One read that is done again when it is wanted, while a pace is kept; the earliest plan counts. */
export interface PacedRead {
  /** Reads within so long, unless it is planned for earlier already; nothing while no pace is kept. */
  plan(inMs: number): void;
  /** How long ago the last one was begun; infinite before the first. */
  sinceMs(): number;
  keepPace(): void;
  /** Nothing is planned any more, and what is under way is another time's. */
  pause(): void;
}

/** @param read told whether what it reads still counts: it does not once there was a pause */
export function createPacedRead(clock: Clock, read: (isCurrent: () => boolean) => Promise<void>): PacedRead {
  let isPaced = false;
  let timer: Timer | null = null;
  let dueMs = Number.POSITIVE_INFINITY;
  let begunAtMs = Number.NEGATIVE_INFINITY;
  let epoch = 0;

  function begin(): void {
    const mine = epoch;
    timer = null;
    begunAtMs = clock.steadyMs();
    void read(() => mine === epoch);
  }

  return {
    plan(inMs) {
      if (!isPaced) return;
      const atMs = clock.steadyMs() + inMs;
      if (timer !== null && dueMs <= atMs) return;
      timer?.cancel();
      dueMs = atMs;
      timer = clock.setTimer(inMs, begin);
    },
    sinceMs: () => clock.steadyMs() - begunAtMs,
    keepPace() {
      isPaced = true;
    },
    pause() {
      isPaced = false;
      epoch += 1;
      timer?.cancel();
      timer = null;
    },
  };
}
