import { createStoreIn, type Store } from '#lib/history/store/create-store.ts';
import type { Database } from '#lib/history/store/database.ts';
import type { Batch } from '#lib/history/thread-message.ts';
import { createPostgresDatabase, type PostgresOptions } from './create-postgres-database.ts';
import type { Spool } from './create-spool.ts';

/** What waits is put into the database so much at a time, and for so long until somebody's question has its turn. */
const PIECE_CHARS = 1_000_000;
const CATCH_UP_MS = 300;

export interface OpenOptions extends Omit<PostgresOptions, 'nowMs'> {
  spool: Spool;
  /** What waits until there is of a process before us, or of before some was lost. */
  leftUntilN: number;
  isContinued: boolean;
  nowMs(): number;
}

/**
 * Connects, and puts into the database what a process before us had no time for.
 *
 * @returns `isOthers`: another server wrote since, so that what waited here, of a time that it has too, is left out
 * @throws PostgresError, or the error of node:sqlite
 */
export function openPostgresStore(options: OpenOptions): { store: Store; isOthers: boolean } {
  const { spool, isContinued, leftUntilN, nowMs } = options;
  const db = createPostgresDatabase(options);
  try {
    const isOthers = takeOver(db, spool.keeperId);
    if (isOthers) spool.remove(spool.lastN());
    const store = createStoreIn(db, readLeft(spool, leftUntilN), {
      ...options,
      // Its size is for whoever looks after the database.
      maxBytes: Number.POSITIVE_INFINITY,
      nowMs: nowMs(),
      isContinued: isContinued && !isOthers,
    });
    return { store, isOthers };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** @returns whether another one wrote last */
function takeOver(db: Database, keeperId: string): boolean {
  const last = db.prepare("SELECT value FROM meta WHERE key = 'keeper'").get()?.value ?? null;
  db.prepare(
    "INSERT INTO meta(key, value) VALUES ('keeper', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
  ).run(keeperId);
  return last !== null && last !== keeperId;
}

/** Each piece goes when the next one is asked for: then it is in the database. */
function* readLeft(spool: Spool, untilN: number): Iterable<Batch[]> {
  for (;;) {
    const piece = spool.read(PIECE_CHARS, untilN);
    if (piece === null) return;
    yield piece.batches.filter((batch): batch is Batch => batch.source !== null);
    spool.remove(piece.lastN);
  }
}

/**
 * Puts what waits into the database, as it came.
 *
 * @returns whether nothing waits any more
 */
export function catchUp(store: Store, spool: Spool): boolean {
  const endMs = performance.now() + CATCH_UP_MS;
  for (;;) {
    const piece = spool.read(PIECE_CHARS);
    if (piece === null) return true;
    if (performance.now() > endMs) return false;
    for (const batch of piece.batches)
      if (batch.source === null) store.write([], batch.atMs);
      else store.writeBatches([batch], batch.atMs);
    spool.remove(piece.lastN);
  }
}
