import { createStoreIn, type Store } from '#lib/history/store/create-store.ts';
import type { Database } from '#lib/history/store/database.ts';
import type { Batch } from '#lib/history/thread-message.ts';
import { createPostgresDatabase, type PostgresOptions } from './create-postgres-database.ts';
import type { Spool } from './create-spool.ts';

/** What waits is put into the database so much at a time, and for so long until somebody's question has its turn. */
const PIECE_CHARS = 1_000_000;
const CATCH_UP_MS = 300;

/** Other servers' clocks are off, and what they saw last they had no time to write. */
const SEEN_AGAIN_MS = 10_000;
/** So long what lasts is recorded again, by us who only looked on until now. */
const MERGES_MS = 5_000;

export interface OpenOptions extends Omit<PostgresOptions, 'nowMs' | 'role'> {
  spool: Spool;
  /** What waits until there is of a process before us, or of before some was lost. */
  leftUntilN: number;
  isContinued: boolean;
  /** Our clock: until when the leader before us was seen to write, by us who looked at the swarm, too. `null`: nobody was. */
  followedAtMs: number | null;
  nowMs(): number;
}

export interface OpenedStore {
  db: Database;
  store: Store;
}

/** To read what another server writes. @throws PostgresError */
export function openPostgresReader(
  options: Omit<OpenOptions, 'spool' | 'leftUntilN' | 'isContinued'>,
): OpenedStore {
  return openIn(createPostgresDatabase({ ...options, role: 'reader' }), (db) =>
    createStoreIn(db, [], { ...toKept(options), isReader: true }),
  );
}

/**
 * Connects as the leader of this number, and puts into the database what a process before us had no time for, and what we saw
 * while the leader before us wrote no more.
 *
 * @returns `isMerged`: another server wrote before, so that what lasts must be recorded again
 * @throws PostgresError, or the error of node:sqlite
 */
export function openPostgresStore(
  options: OpenOptions & { fence: number },
): OpenedStore & { isMerged: boolean } {
  const { spool, leftUntilN, followedAtMs, fence } = options;
  let isMerged = false;
  const opened = openIn(createPostgresDatabase({ ...options, role: fence }), (db) => {
    noteLate(db);
    const keeper = db.prepare("SELECT value FROM meta WHERE key = 'keeper'").get()?.value ?? null;
    if (keeper === null || keeper === spool.keeperId) {
      if (keeper === null) noteKeeper(db, spool.keeperId);
      // We led before, nobody else wrote since, and what we saw meanwhile waits: as if we had led all the time.
      const isContinued = options.isContinued || (keeper !== null && followedAtMs !== null);
      return createStoreIn(db, readLeft(spool, leftUntilN), toKept({ ...options, isContinued }));
    }
    isMerged = followedAtMs !== null;
    // Who is lost before the end begins again with that.
    noteKeeper(db, `${spool.keeperId}?`);
    const kept = toKept(options);
    const more = isMerged ? { isContinued: true, mergesUntilMs: kept.nowMs + MERGES_MS } : {};
    const store = createStoreIn(db, [], { ...kept, ...more });
    merge(store, spool, leftUntilN, () => false);
    if (followedAtMs !== null)
      merge(store, spool, spool.lastN(), ({ atMs }) => atMs > followedAtMs - SEEN_AGAIN_MS);
    noteKeeper(db, spool.keeperId);
    return store;
  });
  return { ...opened, isMerged };
}

function toKept({
  nowMs,
  maxAgeDays,
  isContinued = false,
}: {
  nowMs(): number;
  maxAgeDays: number;
  isContinued?: boolean;
}) {
  // Its size is for whoever looks after the database.
  return { maxAgeDays, isContinued, maxBytes: Number.POSITIVE_INFINITY, nowMs: nowMs() };
}

function openIn(db: Database, open: (db: Database) => Store): OpenedStore {
  try {
    return { db, store: open(db) };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** For those who follow: something that happened before waits here, and is not in the database yet. */
function noteLate(db: Database): void {
  db.prepare("INSERT INTO meta(key, value) VALUES ('late', '1') ON CONFLICT DO NOTHING").run();
}

/** All that waited is there. */
export function endLate(db: Database): void {
  db.prepare("DELETE FROM meta WHERE key = 'late'").run();
}

/** Whose spool goes on from what is there. */
function noteKeeper(db: Database, keeper: string): void {
  db.prepare(
    "INSERT INTO meta(key, value) VALUES ('keeper', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
  ).run(keeper);
}

/** Both saw the same: what is there already is left out. */
function merge(store: Store, spool: Spool, untilN: number, isAll: (batch: Batch) => boolean): void {
  for (const batches of readLeft(spool, untilN)) store.mergeBatches(batches, isAll);
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
