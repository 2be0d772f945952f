import type { Batch } from '#lib/history/thread-message.ts';
import type { Spool } from './create-spool.ts';
import { takeHanded } from './handed.ts';
import { catchUp, endLate, type OpenedStore } from './open-postgres-store.ts';

const TAKE_HANDED_MS = 5_000;

/** What the one that leads puts into the database: what waits, what happens, and what the others hand in. */
export interface Writing {
  /** It was opened, and noted there that not all that waits is in it. */
  begin(): void;
  /** @returns false: more waits, so that these have to wait, too @throws PostgresError, or the error of node:sqlite */
  write(opened: OpenedStore, spool: Spool, batches: readonly Batch[], atMs: number): boolean;
  /**
   * Now and then.
   *
   * @param isOneByOne so that one that is refused is passed over, and the others are taken: at once
   * @throws PostgresError
   */
  takeHanded(opened: OpenedStore, isOneByOne: boolean): void;
  /** Our clock: until then all of ours is there; `null`: nothing was written yet. */
  wroteAtMs(): number | null;
}

export function createWriting(nowMs: () => number): Writing {
  let isLate = false;
  let wroteAtMs: number | null = null;
  let tookHandedAtMs = 0;
  return {
    begin() {
      isLate = true;
    },
    write({ db, store }, spool, batches, atMs) {
      if (!catchUp(store, spool)) return false;
      store.writeBatches(batches, atMs);
      if (isLate) endLate(db);
      isLate = false;
      wroteAtMs = nowMs();
      return true;
    },
    takeHanded({ db, store }, isOneByOne) {
      if (!isOneByOne && Math.abs(nowMs() - tookHandedAtMs) < TAKE_HANDED_MS) return;
      tookHandedAtMs = nowMs();
      takeHanded(db, store);
    },
    wroteAtMs: () => wroteAtMs,
  };
}
