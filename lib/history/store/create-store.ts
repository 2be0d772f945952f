import { parseRecords, readPendingFile, toPendingPath } from '#lib/history/pending-file.ts';
import type { Answer, Ask, QuestionKind } from '#lib/history/question.ts';
import type { HistoryRecord, ProbeRecord } from '#lib/history/record.ts';
import type { Batch } from '#lib/history/thread-message.ts';
import { parseJson } from './codec/parse-json.ts';
import { copyPast } from './copy-past.ts';
import { createAgeClock } from './create-age-clock.ts';
import { createAnswers } from './create-answers.ts';
import { createMerger } from './create-merger.ts';
import { createSqliteDatabase } from './create-sqlite-database.ts';

import { createWriter } from './create-writer.ts';
import type { Database } from './database.ts';
import { holdDatabase, letGo } from './hold.ts';
import { openDatabase } from './open-database.ts';
import { createPruner } from './prune.ts';
import { readBaseline } from './read/read-baseline.ts';

/** Probes go from the journal into blocks after this time, or when there are so many. */
const PACK_MS = 600_000;
const PACK_PROBES = 100_000;
const PRUNE_MS = 60_000;
/** Of each write; the next one goes on. */
const PRUNE_WITHIN_MS = 40;

/** The history in one database. Synchronous: it belongs on a thread where nobody waits. */
export interface Store {
  /** All of them, or on an error of the database none. */
  write(records: readonly HistoryRecord[], nowMs: number): void;
  /** The same, without those that it has already. */
  writeBatches(batches: readonly Batch[], nowMs: number): void;
  /**
   * Puts in what is not there of what another server saw at the same time.
   *
   * @param isAll of each: is it of a time when nobody wrote? Of another its probes and tasks are looked at alone
   * @param also in the same transaction
   */
  mergeBatches(batches: readonly Batch[], isAll: (batch: Batch) => boolean, also?: () => void): void;
  hasProbe(probe: Pick<ProbeRecord, 'taskId' | 'startMs' | 'skewMs'>): boolean;
  /** Takes in what another process wrote since. */
  refresh(): void;
  ask<K extends QuestionKind>(question: Ask<K>): Answer<K>;
  close(): void;
}

export interface FileStore extends Store {
  /** See `openDatabase`. */
  setAside: string | null;
  /** Writes all of it to a new file. @throws the error of node:sqlite */
  copyTo(file: string): void;
}

export interface StoreOptions extends KeptOptions {
  /** The database's file; `null`: in memory. */
  path: string | null;
  /** The file was found to be damaged while it was used. */
  isDamaged?: boolean;
  /** Nothing is written to one that is new before its past is in it (`pastFile`), or it is known that it has none. */
  holds?: boolean;
  /** A database that holds what was before this one was begun: it begins with that. */
  pastFile?: string;
}

/** How it is kept, whatever database has it. */
export interface KeptOptions {
  maxAgeDays: number;
  maxBytes: number;
  nowMs: number;
  /** It was open before in this process, and nothing was lost since: what lasts goes on. */
  isContinued?: boolean;
  /** Another process wrote until now: what comes until then is put in as {@link Store.mergeBatches} does. */
  mergesUntilMs?: number;
  /** Another process writes: nothing is changed. */
  isReader?: boolean;
  /** A clock that nobody sets, ms; for tests. */
  steadyMs?: () => number;
}

/** The history in one file. @throws RefusedFileError, or the error of node:sqlite or node:fs */
export function createStore(options: StoreOptions): FileStore {
  const { path, nowMs, isDamaged, holds = false, pastFile } = options;
  const { db, setAside } = openDatabase(path, nowMs, isDamaged);
  try {
    const isAnew = holdDatabase(db, holds);
    if (pastFile !== undefined) copyPast(db, pastFile);
    const left = path === null || isAnew ? [] : [readPendingFile(toPendingPath(path))];
    const store = createStoreIn(createSqliteDatabase(db), left, options);
    return {
      ...store,
      writeBatches(batches, atMs) {
        if (batches.length > 0) letGo(db);
        store.writeBatches(batches, atMs);
      },
      setAside,
      copyTo: (file) => void db.prepare('VACUUM INTO ?').run(file),
    };
  } catch (error) {
    // Else it would stay locked.
    db.close();
    throw error;
  }
}

/**
 * The history in any database, which has its tables.
 *
 * @param left what the process before us had no time to write, in pieces
 * @throws the error of the database
 */
export function createStoreIn(db: Database, left: Iterable<readonly Batch[]>, options: KeptOptions): Store {
  const writer = createWriter(db);
  const putAlive = db.prepare(
    "INSERT INTO meta(key, value) VALUES ('alive', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
  );
  const putApplied = db.prepare(
    "INSERT INTO meta(key, value) VALUES ('applied', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
  );
  let applied = readApplied(db);
  const merger = createMerger(db, writer);
  if (!options.isReader) writer.runs.resume();
  for (const batches of left) {
    const fresh = takeNew(batches);
    if (fresh.length > 0) db.transact(() => fresh.forEach(writeBatch));
  }
  const baseline = readBaseline(db);
  if (!options.isContinued && !options.isReader) db.transact(endLasting);
  let packedAtMs = options.nowMs;
  let prunedAtMs = 0;
  const steadyMs = options.steadyMs ?? (() => performance.now());
  const pruner = createPruner(db, options, steadyMs);
  const age = createAgeClock(db, options.nowMs, steadyMs);

  /** What lasted when the process before us ended: from then on nothing is known of it. */
  function endLasting(): void {
    writer.runs.pause();
    for (const table of ['spans', 'ports'])
      db.prepare(`UPDATE ${table} SET until_ms = max(from_ms, ?) WHERE until_ms IS NULL`).run(
        baseline.aliveMs ?? 0,
      );
    writer.tallies.close(baseline.aliveMs ?? 0);
  }

  /** A record that is not as it should be is left out: it must not take all others with it, again and again. */
  function writeOne(record: HistoryRecord, nowMs: number): void {
    if (!db.attempt(() => put(record, nowMs))) writer.undo();
  }

  function put(record: HistoryRecord, nowMs: number): void {
    const { mergesUntilMs } = options;
    if (mergesUntilMs === undefined) writer.write(record, nowMs);
    else if (nowMs < mergesUntilMs) merger.merge(record, nowMs, true);
    else writer.write(merger.rename(record), nowMs);
  }

  function writeBatch(batch: Batch): void {
    for (const record of parseRecords(batch)) writeOne(record, batch.atMs);
    noteAlive(batch.atMs);
    putApplied.run(JSON.stringify([batch.source, batch.seq]));
  }

  function noteAlive(atMs: number): void {
    putAlive.run(atMs);
    writer.runs.extend(atMs);
  }

  /** Those of them, in their order, that are not in the database, which are taken to be from now on. */
  function takeNew(batches: readonly Batch[]): Batch[] {
    // Before the one that was written last are those of earlier processes, too.
    const writtenAt = batches.findLastIndex(({ source, seq }) => source === applied[0] && seq <= applied[1]);
    const fresh = batches.slice(writtenAt + 1);
    const last = fresh.at(-1);
    if (last !== undefined) applied = [last.source, last.seq];
    return fresh;
  }

  function write(nowMs: number, act: () => void): void {
    // A clock that was set back must not put it off.
    const isPackDue = Math.abs(nowMs - packedAtMs) >= PACK_MS || writer.probes.journalled() >= PACK_PROBES;
    db.transact(() => {
      act();
      writer.tallies.observeAlive(nowMs);
      noteAlive(nowMs);
      if (isPackDue) {
        writer.tallies.pack(nowMs);
        writer.probes.pack();
        writer.usage.pack();
      }
    });
    if (isPackDue) packedAtMs = nowMs;
    if (Math.abs(nowMs - prunedAtMs) < PRUNE_MS) return;
    if (!pruner.run(nowMs, age.read(nowMs), PRUNE_WITHIN_MS)) return;
    prunedAtMs = nowMs;
    db.checkpoint();
  }

  const answers = createAnswers(db, writer, () => (options.isReader ? readBaseline(db) : baseline));

  return {
    write: (records, nowMs) =>
      write(nowMs, () => {
        for (const record of records) writeOne(record, nowMs);
      }),
    writeBatches: (batches, nowMs) => write(nowMs, () => takeNew(batches).forEach(writeBatch)),
    mergeBatches: (batches, isAll, also) =>
      db.transact(() => {
        for (const batch of batches) {
          const isWhole = isAll(batch);
          for (const record of parseRecords(batch))
            if (!db.attempt(() => merger.merge(record, batch.atMs, isWhole))) writer.undo();
          if (isWhole) noteAlive(batch.atMs);
        }
        also?.();
      }),
    hasProbe: writer.hasProbe,
    refresh() {
      writer.probes.refresh();
      writer.usage.refresh();
    },
    ask: (question) => answers[question.kind](question as never) as never,
    close: () => db.close(),
  };
}

/** The batch that was written last. */
function readApplied(db: Database): [source: string, seq: number] {
  const row = db.prepare("SELECT value FROM meta WHERE key = 'applied'").get();
  const [source, seq] = parseJson<unknown[]>(row?.value) ?? [];
  return [String(source ?? ''), Number(seq ?? 0)];
}
