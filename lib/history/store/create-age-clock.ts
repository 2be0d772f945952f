import type { Database } from './database.ts';
import { findOldest } from './prune.ts';

/** So many days of the clock on the wall make the history older in one day of running: thirty days off are caught up in 75 minutes. */
const MAX_PACE = 24;

/**
 * By which time the history grows old. A machine's clock that is set a year ahead, by mistake and for a minute, must not
 * be taken as a year that has passed: nothing would be left. So this one follows the clock no faster than `MAX_PACE`,
 * over restarts, too; back it follows at once.
 */
export interface AgeClock {
  /** @param nowMs what the machine's clock says */
  read(nowMs: number): number;
}

/** @param steadyMs a clock that nobody sets */
export function createAgeClock(db: Database, openedAtMs: number, steadyMs: () => number): AgeClock {
  const get = db.prepare("SELECT value FROM meta WHERE key IN ('aged', 'alive') ORDER BY key LIMIT 1");
  const put = db.prepare(
    "INSERT INTO meta(key, value) VALUES ('aged', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
  );
  const known = Number(get.get()?.value ?? Number.NaN);
  let agedMs = Number.isFinite(known) ? known : openedAtMs;
  let readAtMs = steadyMs();

  return {
    read(nowMs) {
      const atMs = steadyMs();
      const paced = agedMs + MAX_PACE * Math.max(0, atMs - readAtMs);
      readAtMs = atMs;
      // Where nothing is that old, nothing can be lost.
      agedMs = Math.min(nowMs, Math.max(paced, findOldest(db) ?? nowMs));
      put.run(agedMs);
      return agedMs;
    },
  };
}
